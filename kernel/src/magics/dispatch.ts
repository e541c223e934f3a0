import { quoteIdentifier } from "../engine/quote.ts";
import { UserError } from "../errors.ts";
import { fenced } from "../markdown.ts";
import { didYouMean } from "../nearest.ts";
import { isShown, parseArguments } from "./arguments.ts";
import { documentMagic, markdown } from "./documentation.ts";
import type { Magic, MagicInput, Magics, OptionDeclarations } from "./magic.ts";
import { isStored } from "./named-table.ts";
import type { MagicCall, Session } from "./session.ts";
import { typescriptOf } from "./typescript.ts";

type Input = MagicInput<OptionDeclarations>;

const EXPRESSION = /\{([^{}]+)\}/g;

/**
 * Runs a magic of a cell and returns its value. `--help` shows its page instead, `--show` the TypeScript that it stands
 * for. `{expression}` in a word becomes the expression's value, and stays one word whatever the value is.
 */
export async function runMagic(session: Session, call: MagicCall): Promise<unknown> {
  const magic = await findMagic(session.magics, call.name, call.kind === "cell" ? "%%" : "%");
  const input = parseArguments(magic, call);
  if (input.options.help) return markdown(documentMagic(magic));
  if (isShown(magic, input.options)) {
    const queried = await withQueries(session, magic, input);
    const isTable = (word: string) => session.variables.has(word) || !input.words.includes(word);
    const shown = typescriptOf(magic, queried, isTable);
    return markdown(fenced("typescript", shown));
  }
  const words: string[] = [];
  for (const word of input.words) words.push(await interpolated(session, word));
  const options: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(input.options)) {
    if (value !== undefined)
      options[name] = typeof value === "string" ? await interpolated(session, value) : value;
  }
  return magic.run(session, { ...input, words, options });
}

/** Where TypeScript needs a value, the name of a table of the store becomes the query that gives it. */
async function withQueries(session: Session, magic: Magic, input: Input): Promise<Input> {
  if (!magic.typescript) return input;
  const words: string[] = [];
  for (const [index, word] of input.words.entries()) {
    const argument = magic.arguments[Math.min(index, magic.arguments.length - 1)];
    const isQuery = argument?.completes === "table" && (await isStored(session, word));
    words.push(isQuery ? `await sql\`SELECT * FROM ${quoteIdentifier(word)}\`` : word);
  }
  return { ...input, words };
}

/** A value of the type that a magic would give, without running it; undefined when nothing can be told. */
export async function foreseeMagic(session: Session, call: MagicCall): Promise<unknown> {
  const magic = await session.magics.load(call.name);
  if (!magic?.foresee) return undefined;
  const input = parseArguments(magic, call);
  return input.options.help || isShown(magic, input.options) ? undefined : magic.foresee(session, input);
}

/** The magic of that name, or a UserError with the nearest ones. */
export async function findMagic(magics: Magics, name: string, sign: "%" | "%%" = "%"): Promise<Magic> {
  const magic = await magics.load(name);
  if (magic) return magic;
  throw new UserError(`There is no magic ${sign}${name}`, {
    where: name,
    hint: `${didYouMean(name, magics.names())} %lsmagic lists all.`,
  });
}

/** The help page of the magic that a text such as `%map tubes` begins with; undefined when there is none. */
export async function inspectMagic(magics: Magics, text: string): Promise<string | undefined> {
  const name = /^\s*%{1,2}([\w-]+)/.exec(text)?.[1];
  const magic = name === undefined ? undefined : await magics.load(name);
  return magic && documentMagic(magic);
}

async function interpolated(session: Session, word: string): Promise<string> {
  let text = "";
  let copied = 0;
  for (const { 0: whole, 1: code = "", index } of word.matchAll(EXPRESSION)) {
    text += word.slice(copied, index) + String(await session.evaluate({ code: `(${code})` }));
    copied = index + whole.length;
  }
  return text + word.slice(copied);
}

export { completeMagic } from "./complete.ts";
export { completeRecipe } from "./complete-recipe.ts";
export { columnNamesOf, completeSql } from "./complete-sql.ts";
export { storedNames } from "./named-table.ts";
