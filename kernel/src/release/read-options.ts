import { UserError } from "../errors.ts";
import { wordList } from "../word-list.ts";
import { presets } from "./presets/index.ts";
import { findPreset, type ReleaseOptions } from "./release.ts";

/** How a release is asked for, in a notebook and on the command line: option → what it says. */
export const RELEASE_TEXTS = {
  preset: "the rules; standard unless told otherwise",
  reason: "why it is released, for the record",
  behind: "for a rate or mean the column that counts its people, as rate=people,mean=people",
  largest: "for an amount the column with its two largest parts, as turnover=top2",
  parent: "the column that names the row which is the total of the row",
  without: "columns left out, as name,born",
  folder: "folder of the releases; releases unless told otherwise",
} as const;

/** What the flag `accept` says. */
export const ACCEPT_DOC = "take the responsibility for what the checks leave to a person";

/** Names that `--preset` takes. */
export const PRESET_NAMES: readonly string[] = presets.map(({ name }) => name);

/** The options as they were written. */
export type WrittenOptions = {
  readonly [Name in keyof typeof RELEASE_TEXTS]?: string | undefined;
} & { readonly accept?: boolean | undefined };

/** Reads the options of a release. Throws a UserError that says how one is written. */
export function readReleaseOptions(options: WrittenOptions): ReleaseOptions {
  return {
    preset: findPreset(options.preset ?? "standard"),
    behind: pairs(options.behind, "--behind"),
    largest: pairs(options.largest, "--largest"),
    without: wordList(options.without),
    parent: options.parent,
    accept: options.accept,
  };
}

function pairs(text: string | undefined, option: string): Record<string, string> {
  return Object.fromEntries(
    wordList(text).map((pair) => {
      const [first = "", second = "", surplus] = pair.split("=");
      if (first === "" || second === "" || surplus !== undefined)
        throw new UserError(`${option} does not understand "${pair}"`, {
          where: option,
          hint: "Write column=column.",
        });
      return [first, second];
    }),
  );
}
