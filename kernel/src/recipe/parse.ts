import { type Document, LineCounter, parseDocument } from "yaml";
import { type TextPlace, UserError } from "../errors.ts";
import { blankComments, isJson } from "./comments.ts";
import { type Path, RecipeMistake, RecipeMistakes, shown, showPath } from "./mistake.ts";
import { type ParseOptions, readRecipe } from "./read-recipe.ts";
import { isRecord, type Recipe } from "./recipe.ts";
/**
 * A recipe as text (YAML, or JSON with comments) or as an object, in the short form or in that of 2019, as its canonical
 * form. The whole tree is checked, models included, all that can be without a store. Throws a UserError with the line, the place in
 * the recipe, the nearest valid names and the way out.
 */
export function parseRecipe(source: unknown, options: ParseOptions = {}): Recipe {
  if (typeof source !== "string") return located(() => plainCopy(source), options);
  const { firstLine } = options;
  const json = isJson(source);
  const text = json ? blankComments(source) : source;
  const value = json ? plainJson(text) : undefined;
  // The text is read with its places only when something is wrong in it: that takes longer.
  if (value !== undefined)
    return located(
      () => value,
      options,
      (path) => placed(text, json).line(path),
    );
  const { document, line } = placed(text, json, firstLine);
  return located(() => plainObject(document), options, line);
}

/** The place in a recipe's text of what an error names, such as `fields.a.unit`, or of what that stands in. */
export function placeInRecipe(source: string, where: string): TextPlace | undefined {
  const { document, line } = placed(blankComments(source), isJson(source));
  const lines = new Map<string, number>();
  const walk = (value: unknown, path: Path): void => {
    const number = line(path);
    if (number !== undefined) lines.set(showPath(path), number);
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value))
      walk(item, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(plainObject(document), []);
  for (let rest = where; rest !== ""; rest = rest.replace(/(?:\.?[^.[\]]+|\[\d+\])$/, "")) {
    const number = lines.get(rest);
    if (number !== undefined) return { line: number };
  }
  return undefined;
}

/** An object as JSON has it: without holes in lists, functions and rounds. */
function plainCopy(source: unknown): unknown {
  try {
    return source === undefined ? undefined : JSON.parse(JSON.stringify(source));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw new RecipeMistake([], `The recipe cannot be written as JSON: ${reason}`);
  }
}

/** The value of a text of JSON; undefined when it is none. */
function plainJson(text: string): unknown {
  try {
    const written: unknown = JSON.parse(numbersAsWritten(text));
    return text.includes('"is"') ? numbersOfConditions(written, JSON.parse(text)) : written;
  } catch {
    return undefined;
  }
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

/** A text with the places of what is in it. Throws a UserError when it is neither YAML nor JSON. */
function placed(text: string, json: boolean, firstLine = 1) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const language = json ? "JSON" : "YAML";
    const { reason = error.message, at = error.pos[0] } = json ? whyNotJson(text) : {};
    const { line, col } = lines.linePos(at);
    throw notWritten(`the recipe is not ${language}: ${reason}`, { line, column: col }, firstLine);
  }
  if (json) refuseTrailingCommas(text, lines, firstLine);
  return { document, line: (path: Path) => lineOf(document, lines, path) };
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

function plainObject(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecipeMistake([], `The recipe is not YAML: ${reason}`);
  }
}

/** Reads a recipe; its mistakes become sentences with their places, one a line. */
function located(written: () => unknown, options: ParseOptions, lineIn: LineIn = () => undefined): Recipe {
  let value: unknown;
  try {
    value = written();
    return readRecipe(value, options);
  } catch (error) {
    const places: Places = {
      lineIn,
      firstLine: options.firstLine ?? 1,
      columnIn: (path) => columnAt(value, path),
    };
    if (error instanceof RecipeMistake) throw tell([error], places);
    throw error instanceof RecipeMistakes ? tell(error.mistakes, places) : error;
  }
}

/** The line of a place in the recipe's text. */
type LineIn = (path: Path) => number | undefined;

/** What is known of where the parts of a recipe are written. */
interface Places {
  readonly lineIn: LineIn;
  readonly firstLine: number;
  /** Label of the column that a place is in, where its path counts the columns. */
  readonly columnIn: (path: Path) => string | undefined;
}

/** Label of the column at `dataset.fields[2]` and below. */
function columnAt(recipe: unknown, path: Path): string | undefined {
  const list = path.indexOf("fields");
  let value = recipe;
  for (const step of path.slice(0, list + 2))
    value = Array.isArray(value) ? value[Number(step)] : isRecord(value) ? value[step] : undefined;
  return list >= 0 && typeof path[list + 1] === "number" && isRecord(value) && typeof value.label === "string"
    ? value.label
    : undefined;
}

function tell(
  [first, ...others]: readonly RecipeMistake[],
  { lineIn, firstLine, columnIn }: Places,
): UserError {
  if (!first) throw new Error("there is no mistake to tell");
  const { hint, code } = first;
  const line = lineIn(first.path);
  const details = { where: showPath(first.path), code, place: line === undefined ? undefined : { line } };
  const shownLine = (path: Path) => {
    const number = lineIn(path);
    return number === undefined ? undefined : number + firstLine - 1;
  };
  const told = (mistake: RecipeMistake) =>
    sentenceOf(mistake, shownLine(mistake.path), columnIn(mistake.path));
  if (others.length === 0)
    return new UserError(told(first), { ...details, ...(hint !== undefined && { hint }) });
  const sentences = [first, ...others].map((mistake) => {
    const sentence = new UserError(told(mistake), mistake.hint === undefined ? {} : { hint: mistake.hint });
    return sentence.message;
  });
  return new UserError(sentences.join("\n"), details);
}

function sentenceOf({ path, message }: RecipeMistake, line: number | undefined, column = ""): string {
  const place = [line === undefined ? "" : `Line ${line}`, showPath(path)]
    .filter((part) => part !== "")
    .join(", ");
  const label = column === "" || message.includes(`"${column}"`) ? "" : ` (${shown(column)})`;
  return place === "" ? message : `${place}${label}: ${message}`;
}

/** The line of the innermost part of the path that the text has. */
function lineOf(
  document: Document,
  lines: LineCounter,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isRecord(node) && Array.isArray(node.range) && typeof node.range[0] === "number")
      return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
