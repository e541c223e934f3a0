import { type TextPlace, UserError } from "../errors.ts";
import { blankComments, isJson } from "./comments.ts";
import { type Path, RecipeMistake, RecipeMistakes, shown, showPath, toldMistake } from "./mistake.ts";
import { type ParseOptions, readRecipe } from "./read-recipe.ts";
import { readJson, readWritten, type Written } from "./read-text.ts";
import { isRecord, type Recipe } from "./recipe.ts";

/**
 * A recipe as text (YAML, or JSON with comments) or as an object, in the short form or in that of 2019, as its canonical
 * form. The whole tree is checked, models included, all that can be without a store. Throws a UserError with the line, the place in
 * the recipe, the nearest valid names and the way out.
 */
export function parseRecipe(source: unknown, options: ParseOptions = {}): Recipe {
  if (typeof source !== "string")
    return located({ value: plainCopy(source), columns: [], line: () => undefined }, options);
  const json = isJson(source);
  const text = json ? blankComments(source) : source;
  const value = json ? readJson(text) : undefined;
  if (value === undefined) return located(readWritten(text, json, options.firstLine), options);
  // The text is read with its places only when something is wrong in it: that takes longer.
  let written: Written | undefined;
  const line = (path: Path) => {
    written ??= readWritten(text, json);
    return written.line(path);
  };
  return located({ value, columns: [], line }, options);
}

/** The place in a recipe's text of what an error names, such as `fields.a.unit`, or of what that stands in. */
export function placeInRecipe(source: string, where: string): TextPlace | undefined {
  const { value: written, line } = readWritten(blankComments(source), isJson(source));
  const lines = new Map<string, number>();
  const walk = (value: unknown, path: Path): void => {
    const number = line(path);
    if (number !== undefined) lines.set(showPath(path), number);
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value))
      walk(item, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(written, []);
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
    throw toldMistake(new RecipeMistake([], `The recipe cannot be written as JSON: ${reason}`));
  }
}

/** Reads a recipe; its mistakes become sentences with their places, one a line. */
function located(written: Written, options: ParseOptions): Recipe {
  try {
    return readRecipe(written.value, options, written.columns);
  } catch (error) {
    if (error instanceof RecipeMistake) throw tell([error], written, options.firstLine);
    throw error instanceof RecipeMistakes ? tell(error.mistakes, written, options.firstLine) : error;
  }
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
  { value, line: lineIn }: Written,
  firstLine = 1,
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
    sentenceOf(mistake, shownLine(mistake.path), columnAt(value, mistake.path));
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
