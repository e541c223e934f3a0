import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { type TextPlace, UserError } from "../errors.ts";
import { isNumber } from "./document.ts";
import type { Path } from "./mistake.ts";
import { isRecord } from "./recipe.ts";

/** A recipe's text as a value, with what the value itself does not tell. */
export interface Written {
  readonly value: unknown;
  /** Labels of the columns as they stand: an object of JavaScript puts years and other whole numbers first. */
  readonly columns: readonly string[];
  /** The line of a place, or of the innermost part of it that the text has. */
  line(path: Path): number | undefined;
}

/** The value of a text of JSON; undefined when it is none, or when more is asked for than a plain value can tell. */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(numbersAsWritten(text));
    if (countKeys(value) < (text.match(KEY)?.length ?? 0) || hasNumberedColumns(value)) return undefined;
    return text.includes('"is"') ? numbersOfConditions(value, JSON.parse(text)) : value;
  } catch {
    return undefined;
  }
}

/** A text with the places of what is in it. Throws a UserError when it is neither YAML nor JSON. */
export function readWritten(text: string, json: boolean, firstLine = 1): Written {
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, stringKeys: true, logLevel: "error" } as const;
  const document = parseDocument(text, options);
  const [error] = document.errors;
  if (error) {
    const { reason = IN_WORDS[error.code] ?? error.message, at = error.pos[0] } = json
      ? whyNotJson(text)
      : {};
    const { line, col } = lines.linePos(at);
    const sentence = `the recipe is not ${json ? "JSON" : "YAML"}: ${reason}`;
    throw notWritten(sentence, { line, column: col }, firstLine);
  }
  if (json) refuseTrailingCommas(text, lines, firstLine);
  return {
    value: plainObject(document),
    columns: columnsOf(document),
    line: (path) => lineOf(document, lines, path),
  };
}

/** What some errors mean for a recipe. */
const IN_WORDS: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "one recipe is expected, and another begins here",
  NON_STRING_KEY: "a name is a text, not a list or an object",
  DUPLICATE_KEY: "this name stands here twice",
  MULTILINE_IMPLICIT_KEY: "a name is followed by a colon and a blank, as in fields: or unit: km",
};

/** The names of properties in a text of JSON. */
const KEY = /"(?:\\.|[^"\\])*"(?=\s*:)/g;

/** How many properties a value has, inside as well. */
function countKeys(value: unknown): number {
  let count = 0;
  const pending = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isRecord(next)) count += Object.keys(next).length;
    if (typeof next === "object" && next !== null) for (const item of Object.values(next)) pending.push(item);
  }
  return count;
}

function hasNumberedColumns(value: unknown): boolean {
  return (
    isRecord(value) && isRecord(value.fields) && Object.keys(value.fields).some((key) => /^\d+$/.test(key))
  );
}

/**
 * A number that JavaScript would write otherwise, such as 3.0, as a text: where a text is expected it stands as it was written, and where
 * a number is, a text with one is taken.
 */
function numbersAsWritten(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (part) =>
    part.startsWith('"') || String(Number(part)) === part ? part : `"${part}"`,
  );
}

/** What a condition compares with is a number where one is written: a text would be compared as such. */
function numbersOfConditions(written: unknown, plain: unknown): unknown {
  if (Array.isArray(written) && Array.isArray(plain))
    return written.map((item, index) => numbersOfConditions(item, plain[index]));
  if (!isRecord(written) || !isRecord(plain)) return written;
  const isTest = Object.hasOwn(plain, "is") && typeof plain.value === "number";
  return Object.fromEntries(
    Object.entries(written).map(([key, item]) => [
      key,
      isTest && key === "value" ? plain.value : numbersOfConditions(item, plain[key]),
    ]),
  );
}

/** What the reader of JSON says of a text and where, as far as it tells: that of YAML speaks of what JSON does not have. */
function whyNotJson(text: string): { reason?: string; at?: number } {
  try {
    JSON.parse(text);
    return {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Behind the reason stands where it is, or a piece of the text.
    const [, reason, at] =
      /^(.+?)(?: in JSON at position (\d+).*|, (?:\.{3})?".*)?$/s.exec(error.message) ?? [];
    return { ...(reason !== undefined && { reason }), ...(at !== undefined && { at: Number(at) }) };
  }
}

/** JSON ends no list and no object with a comma; YAML lets it pass. */
function refuseTrailingCommas(text: string, lines: LineCounter, firstLine: number): void {
  const found = [...text.matchAll(/"(?:\\.|[^"\\])*"|,\s*[}\]]/g)].find(([part]) => part.startsWith(","));
  if (!found) return;
  const { line, col } = lines.linePos(found.index);
  const sentence = "the recipe is not JSON: a comma stands before the closing bracket";
  throw notWritten(sentence, { line, column: col }, firstLine);
}

function notWritten(sentence: string, place: Required<TextPlace>, firstLine: number): UserError {
  const line = place.line + firstLine - 1;
  return new UserError(`Line ${line}, column ${place.column}: ${sentence}`, {
    where: `line ${line}`,
    place,
    code: "invalid-recipe",
  });
}

/** The value of a document. Numbers that JavaScript would write otherwise are texts, as in JSON. */
function plainObject(document: Document): unknown {
  visit(document, {
    Scalar(key, node, [...parents]) {
      const { value, source } = node;
      if (key === "key" || typeof value !== "number" || source === undefined) return;
      const test = parents.at(-2);
      const isCompared = isMap(test) && test.has("is") && test.get("value", true) === node;
      if (!isCompared && isNumber(source) && String(value) !== source) node.value = source;
    },
  });
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`The recipe is not YAML: ${reason}`, { code: "invalid-recipe" });
  }
}

function columnsOf(document: Document): string[] {
  const fields: unknown = document.getIn(["fields"]);
  return isMap(fields) ? fields.items.map(({ key }) => String(isScalar(key) ? key.value : key)) : [];
}

/** The line of the innermost part of the path that the text has. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isRecord(node) && Array.isArray(node.range) && typeof node.range[0] === "number")
      return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
