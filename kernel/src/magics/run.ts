import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { parseArguments, splitWords } from "./arguments.ts";
import { documentMagic, markdown } from "./documentation.ts";
import { magics } from "./index.ts";
import type { Magic } from "./magic.ts";
import type { MagicCall, Session } from "./session.ts";

/** Runs a magic of a cell and returns its value. `--help` in any of them shows its page instead. */
export async function runMagic(session: Session, call: MagicCall): Promise<unknown> {
  const magic = findMagic(call.name, call.kind === "cell" ? "%%" : "%");
  if (splitWords(call.line).includes("--help")) return markdown(documentMagic(magic));
  return magic.run(session, parseArguments(magic, call));
}

/** The magic of that name, or a UserError with the nearest ones. */
export function findMagic(name: string, sign: "%" | "%%" = "%"): Magic {
  const magic = magics.find((candidate) => candidate.name === name);
  if (magic) return magic;
  const names = magics.map((candidate) => candidate.name);
  throw new UserError(`There is no magic ${sign}${name}`, {
    hint: `${didYouMean(name, names)} %lsmagic lists all.`,
  });
}

/** The help page of the magic that a text such as `%map tubes` begins with; undefined when there is none. */
export function inspectMagic(text: string): string | undefined {
  const name = /^\s*%{1,2}([\w-]+)/.exec(text)?.[1];
  const magic = magics.find((candidate) => candidate.name === name);
  return magic && documentMagic(magic);
}

export { completeMagic } from "./complete.ts";
