import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Magic, MagicInput, OptionDeclaration, OptionDeclarations } from "./magic.ts";
import type { MagicCall } from "./session.ts";

type Values = Record<string, string | number | boolean>;

/** Options that every magic has. */
export const COMMON_OPTIONS: OptionDeclarations = {
  help: { type: "flag", doc: "explain the magic instead of running it" },
  show: { type: "flag", doc: "show the TypeScript that the magic stands for instead of running it" },
};

const WORD = /(?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'])+/g;

/** Words of a line as a shell splits them: blanks separate, single or double quotes keep together. */
export function splitWords(line: string): string[] {
  return (line.match(WORD) ?? []).map(unquoted);
}

/** Reads a call by the magic's declaration: words in order, options by name, everything checked. */
export function parseArguments(magic: Magic, call: MagicCall): MagicInput<OptionDeclarations> {
  if (!magic.kinds.includes(call.kind)) throw wrongKind(magic);
  const isText = magic.line !== undefined && call.kind === "line";
  const { words, options, text } = read(magic, call.line, isText);
  if (!options.help && !isShown(magic, options)) checkWords(magic, isText ? splitWords(text) : words);
  const { kind, body = "", row = 1, assigned = false } = call;
  return { kind, words, options, text, body, row, assigned };
}

/** Whether the options ask for the TypeScript rather than for the magic. */
export function isShown(magic: Magic, options: Values | MagicInput<OptionDeclarations>["options"]): boolean {
  return options.show === true && !Object.hasOwn(magic.options, "show");
}

/** How a magic is written, such as `%map <table> [--column text]`. */
export function usageOf(magic: Magic): string {
  const positional = magic.arguments.map(({ name, required, rest }) => {
    const word = rest ? `${name}…` : name;
    return required ? `<${word}>` : `[${word}]`;
  });
  const options = Object.entries(magic.options).map(([name, option]) =>
    option.type === "flag" ? `[--${name}]` : `[--${name} ${option.values?.join("|") ?? option.type}]`,
  );
  const sign = magic.kinds.includes("line") ? "%" : "%%";
  const parts = magic.line ? [...options, ...positional] : [...positional, ...options];
  return [sign + magic.name, ...parts].join(" ");
}

/** What a word such as `--rows` or `-n` names, or undefined for a word that is no option. */
export function optionNameOf(magic: Magic, word: string): string | undefined {
  if (word.startsWith("--")) return word.slice(2).split("=")[0];
  const letter = /^-([A-Za-z])$/.exec(word)?.[1];
  return Object.entries(magic.options).find(([, option]) => letter && option.letter === letter)?.[0];
}

interface Arguments {
  readonly words: string[];
  readonly options: Values;
  /** The line without the options in front of it. */
  text: string;
}

/** Options anywhere among words; where the line is a text that is taken as it stands, only in front of it. */
function read(magic: Magic, line: string, isText: boolean): Arguments {
  const found: Arguments = { words: [], options: {}, text: line.trim() };
  const pending = [...line.matchAll(WORD)];
  for (let token = pending.shift(); token; token = pending.shift()) {
    const name = optionNameOf(magic, token[0]);
    if (name !== undefined && !(isText && isForeign(magic, name))) {
      readOption(magic, name, token[0], pending, found.options);
      if (isText) found.text = pending[0] ? line.slice(pending[0].index).trim() : "";
    } else if (isText) return found;
    else found.words.push(unquoted(token[0]));
  }
  return found;
}

/** Options of a command, such as those of npm, are the command's business, and in SQL two dashes begin a comment. */
function isForeign(magic: Magic, name: string): boolean {
  const isOwn = Object.hasOwn(magic.options, name) || Object.hasOwn(COMMON_OPTIONS, name);
  return magic.line !== "typescript" && !isOwn;
}

function readOption(
  magic: Magic,
  name: string,
  word: string,
  pending: { readonly 0: string }[],
  options: Values,
): void {
  const declaration = optionOf(magic, name);
  const inline = word.startsWith("--") ? word.split(/=(.*)/s)[1] : undefined;
  const next = declaration.type === "flag" ? undefined : (inline ?? pending.shift()?.[0]);
  options[name] = optionValue(magic, name, declaration, next === undefined ? undefined : unquoted(next));
}

function unquoted(word: string): string {
  return word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single ?? "");
}

function optionOf(magic: Magic, name: string): OptionDeclaration {
  for (const options of [magic.options, COMMON_OPTIONS]) {
    const declaration = Object.hasOwn(options, name) ? options[name] : undefined;
    if (declaration) return declaration;
  }
  const valid = Object.keys(magic.options);
  const hint = valid.length > 0 ? didYouMean(name, valid) : `Write ${usageOf(magic)}`;
  throw new UserError(`%${magic.name} has no option --${name}`, { where: `--${name}`, hint });
}

function optionValue(magic: Magic, name: string, declaration: OptionDeclaration, text: string | undefined) {
  const where = `--${name}`;
  if (declaration.type === "flag") return true;
  if (text === undefined)
    throw new UserError(`%${magic.name} --${name} needs a value`, { where, hint: declaration.doc });
  if (declaration.type === "integer") return integerValue(magic, name, declaration, text);
  if (declaration.values && !declaration.values.includes(text)) {
    throw new UserError(`%${magic.name} --${name} does not know "${text}"`, {
      where,
      hint: didYouMean(text, declaration.values),
    });
  }
  return text;
}

function integerValue(magic: Magic, name: string, declaration: OptionDeclaration, text: string): number {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = declaration;
  const value = Number(text);
  if (Number.isInteger(value) && text.trim() !== "" && value >= minimum && value <= maximum) return value;
  const range = Number.isFinite(minimum) && Number.isFinite(maximum) ? ` from ${minimum} to ${maximum}` : "";
  throw new UserError(`%${magic.name} --${name} takes a whole number${range}, not "${text}"`, {
    where: `--${name}`,
  });
}

function checkWords(magic: Magic, words: readonly string[]): void {
  const missing = magic.arguments.find((argument, index) => argument.required && index >= words.length);
  if (missing) {
    throw new UserError(`%${magic.name} needs ${missing.doc}`, {
      where: missing.name,
      hint: `Write ${usageOf(magic)}`,
    });
  }
  const unlimited = magic.arguments.at(-1)?.rest === true;
  const surplus = words[magic.arguments.length];
  if (!unlimited && surplus !== undefined) {
    throw new UserError(`%${magic.name} does not know what to do with "${surplus}"`, {
      hint: `Write ${usageOf(magic)}`,
    });
  }
}

function wrongKind(magic: Magic): UserError {
  const [only = "line"] = magic.kinds;
  return only === "cell"
    ? new UserError(`%${magic.name} is written with two signs, as the first line of a cell: %%${magic.name}`)
    : new UserError(`%%${magic.name} is written with one sign: %${magic.name}`, {
        hint: "It takes no lines below it.",
      });
}
