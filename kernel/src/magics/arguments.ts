import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Magic, MagicInput, OptionDeclaration } from "./magic.ts";
import type { MagicCall } from "./session.ts";

/** Words of a line as a shell splits them: blanks separate, single or double quotes keep together. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  for (const match of line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)) {
    words.push(match[0].replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single ?? ""));
  }
  return words;
}

/** Reads a call by the magic's declaration: words in order, options by name, everything checked. */
export function parseArguments(magic: Magic, call: MagicCall): MagicInput<Magic["options"]> {
  if (!magic.kinds.includes(call.kind)) throw wrongKind(magic);
  const words: string[] = [];
  const options: Record<string, string | number | boolean> = {};
  const pending = splitWords(call.line);
  for (let word = pending.shift(); word !== undefined; word = pending.shift()) {
    if (!word.startsWith("--")) words.push(word);
    else {
      const [name = "", inline] = word.slice(2).split(/=(.*)/s);
      const declaration = optionOf(magic, name);
      const text = declaration.type === "flag" ? "true" : (inline ?? pending.shift());
      options[name] = optionValue(magic, name, declaration, text);
    }
  }
  checkWords(magic, words);
  return { kind: call.kind, words, options, body: call.body ?? "" };
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
  return [sign + magic.name, ...positional, ...options].join(" ");
}

function optionOf(magic: Magic, name: string): OptionDeclaration {
  const declaration = Object.hasOwn(magic.options, name) ? magic.options[name] : undefined;
  if (declaration) return declaration;
  const valid = Object.keys(magic.options);
  const hint = valid.length > 0 ? didYouMean(name, valid) : `It takes no options: ${usageOf(magic)}`;
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
