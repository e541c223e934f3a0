import { type Document, LineCounter, parseDocument } from "yaml";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { type Path, RecipeMistake, showPath } from "./mistake.ts";
import type { ModelLibrary } from "./model.ts";
import { planRecipe } from "./plan.ts";
import { readDatasources } from "./read-datasources.ts";
import { type ReadContext, readField } from "./read-field.ts";
import { readSubjects } from "./read-subjects.ts";
import { isRecord, type Recipe, type SubjectRecipe } from "./recipe.ts";

/** How a recipe is read. */
export interface ParseOptions {
  readonly onWarning?: ((sentence: string) => void) | undefined;
  /** Models that the recipe may use; the built-in ones unless told otherwise. */
  readonly models?: ModelLibrary | undefined;
}

/** The exporters by their short names. */
export const EXPORTERS: Readonly<Record<"csv" | "geojson", string>> = {
  csv: "uk.org.tombolo.exporter.CSVExporter",
  geojson: "uk.org.tombolo.exporter.GeoJsonExporter",
};

/**
 * A recipe as text (YAML, or JSON with comments) or as an object, in the short form or in that of 2019, as its canonical
 * form. The whole tree is checked, models included, all that can be without a store. Throws a UserError with the line, the place in
 * the recipe, the nearest valid names and the way out.
 */
export function parseRecipe(source: unknown, options: ParseOptions = {}): Recipe {
  if (typeof source !== "string")
    return located(
      () => readRecipe(plainCopy(source), options),
      () => undefined,
    );
  const json = isJson(source);
  const text = json ? blankComments(source) : source;
  const value = json ? plainJson(text) : undefined;
  // The text is read with its places only when something is wrong in it: that takes longer.
  if (value !== undefined)
    return located(
      () => readRecipe(value, options),
      (path) => placed(text, json).line(path),
    );
  const { document, line } = placed(text, json);
  return located(() => readRecipe(plainObject(document), options), line);
}

/** Whether a text is JSON, as far as its beginning tells: a brace after comments. */
function isJson(text: string): boolean {
  return text.replace(/^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/, "").startsWith("{");
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
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A text with the places of what is in it. Throws a UserError when it is neither YAML nor JSON. */
function placed(text: string, json: boolean) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    const language = json ? "JSON" : "YAML";
    throw new UserError(`Line ${line}, column ${col}: the recipe is not ${language}: ${error.message}`, {
      where: `line ${line}`,
      code: "invalid-recipe",
    });
  }
  if (json) refuseTrailingCommas(text, lines);
  return { document, line: (path: Path) => lineOf(document, lines, path) };
}

/** JSON ends no list and no object with a comma; YAML lets it pass. */
function refuseTrailingCommas(text: string, lines: LineCounter): void {
  const found = [...text.matchAll(/"(?:\\.|[^"\\])*"|,\s*[}\]]/g)].find(([part]) => part.startsWith(","));
  if (!found) return;
  const { line, col } = lines.linePos(found.index);
  throw new UserError(
    `Line ${line}, column ${col}: the recipe is not JSON: a comma stands before the closing bracket`,
    {
      where: `line ${line}`,
      code: "invalid-recipe",
    },
  );
}

function plainObject(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RecipeMistake([], `The recipe is not YAML: ${reason}`);
  }
}

/** Turns a mistake into a sentence with its place. */
function located(
  read: () => Recipe,
  line: (path: readonly (string | number)[]) => number | undefined,
): Recipe {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RecipeMistake)) throw error;
    const where = showPath(error.path);
    const number = line(error.path);
    const place = [number === undefined ? "" : `Line ${number}`, where]
      .filter((part) => part !== "")
      .join(", ");
    throw new UserError(place === "" ? error.message : `${place}: ${error.message}`, {
      where,
      code: error.code,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
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

/** JSON with comments is YAML without them: each comment becomes blanks, so that places stay where they are. */
export function blankComments(text: string): string {
  if (!isJson(text)) return text;
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
  );
}

function readRecipe(value: unknown, { onWarning = ignore, models }: ParseOptions): Recipe {
  if (value === null || value === undefined) {
    throw new RecipeMistake([], "The recipe is empty", "It needs subjects and fields.");
  }
  if (!isRecord(value))
    throw new RecipeMistake([], "A recipe has subjects and fields", "Such as subjects: borough");
  const canonical =
    Object.hasOwn(value, "dataset") || (Object.hasOwn(value, "exporter") && Object.keys(value).length === 1);
  checkNames(
    value,
    canonical
      ? ["dataset", "exporter", "timeStamp"]
      : ["subjects", "datasources", "fields", "exporter", "timeStamp"],
    [],
  );
  const dataset = canonical ? value.dataset : value;
  const path = canonical ? ["dataset"] : [];
  if (!isRecord(dataset)) throw new RecipeMistake(path, "a dataset has subjects, datasources and fields");
  if (canonical) checkCanonical(value, dataset);
  const recipe: Recipe = {
    dataset: {
      subjects: readRows(dataset, path, onWarning),
      datasources: readDatasources(dataset.datasources, [...path, "datasources"]),
      fields: readColumns(dataset.fields, [...path, "fields"], onWarning),
    },
    exporter: readExporter(value.exporter, onWarning),
    timeStamp: readTimeStamp(value.timeStamp),
  };
  checkTree(recipe, dataset.fields, path, { onWarning, models });
  return recipe;
}

const ignore = () => undefined;

/** What the original form must have; the short form supplies the rest itself. */
function checkCanonical(
  value: Readonly<Record<string, unknown>>,
  dataset: Readonly<Record<string, unknown>>,
): void {
  checkNames(dataset, ["subjects", "datasources", "fields"], ["dataset"]);
  for (const name of ["subjects", "datasources", "fields"]) {
    if (!Array.isArray(dataset[name]))
      throw new RecipeMistake(["dataset", name], `a dataset needs a list of ${name}`, "It may be empty: [].");
  }
  if (typeof value.exporter !== "string")
    throw new RecipeMistake(["exporter"], "a recipe needs an exporter", `Such as ${EXPORTERS.geojson}.`);
}

/** Models, nested fields and what must be a single value, checked without a store. */
function checkTree(
  recipe: Recipe,
  written: unknown,
  root: readonly string[],
  { models, onWarning = ignore }: ParseOptions,
): void {
  const placeOf = (part: "subjects" | "fields", index: number): Path => {
    if (part === "subjects") return [...root, "subjects"];
    return [
      ...root,
      "fields",
      Array.isArray(written) ? index : (recipe.dataset.fields[index]?.label ?? index),
    ];
  };
  const { warnings } = planRecipe(recipe, undefined, { models, placeOf, draft: true });
  for (const sentence of warnings) onWarning(sentence);
}

function checkNames(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: readonly string[],
): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new RecipeMistake(
    [...path, unknown],
    `a recipe has no property "${unknown}"`,
    didYouMean(unknown, known),
  );
}

function readRows(
  { subjects, fields }: Readonly<Record<string, unknown>>,
  root: readonly string[],
  onWarning: (sentence: string) => void,
): SubjectRecipe[] {
  const path = [...root, "subjects"];
  if (subjects === undefined || subjects === null)
    throw new RecipeMistake(path, "the recipe needs subjects: its rows", "Such as subjects: borough");
  // A condition on the rows may name a column, as in `where density > 100`.
  const columns = isRecord(fields) ? new Map(labelled(fields, [...root, "fields"])) : new Map();
  return readSubjects(subjects, path, { columns, open: [], onWarning });
}

/** Fields as a list with labels, or as label: field. */
function readColumns(
  value: unknown,
  path: readonly string[],
  onWarning: (sentence: string) => void,
): Recipe["dataset"]["fields"] {
  const example = "Such as area_km2: { area: km² }";
  if (value === undefined || value === null)
    throw new RecipeMistake(path, "the recipe needs fields: its columns", example);
  const all = [...labelled(value, path)];
  const columns: ReadContext["columns"] = new Map(all);
  return all.map(([label, column]) =>
    readField(column.value, column.path, label, { columns, open: [label], onWarning }),
  );
}

function* labelled(
  value: unknown,
  path: readonly string[],
): Generator<[string, { path: (string | number)[]; value: unknown }]> {
  if (isRecord(value)) {
    for (const [label, field] of Object.entries(value))
      yield [label, { path: [...path, label], value: field }];
    return;
  }
  if (!Array.isArray(value)) throw new RecipeMistake(path, "fields are written as label: { field: value }");
  for (const [index, field] of value.entries()) {
    const label = isRecord(field) ? field.label : undefined;
    if (typeof label !== "string")
      throw new RecipeMistake([...path, index, "label"], "a field of a list needs a label, which is a text");
    yield [label, { path: [...path, index], value: field }];
  }
}

function readTimeStamp(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === "boolean") return value;
  if (value === "true" || value === "false") return value === "true";
  throw new RecipeMistake(["timeStamp"], "true or false is expected");
}

/** An unknown exporter stops a run that needs one; a recipe can be read and computed without it. */
function readExporter(value: unknown, onWarning: (sentence: string) => void): string {
  if (value === undefined || value === null) return EXPORTERS.csv;
  if (typeof value !== "string") throw new RecipeMistake(["exporter"], "an exporter is a text");
  const found = findExporter(value);
  if (found) return EXPORTERS[found];
  onWarning(unknownExporter(value));
  return value;
}

/** The short name of an exporter given by any of its names. */
export function findExporter(name: string): "csv" | "geojson" | undefined {
  const last = (text: string) => text.slice(text.lastIndexOf(".") + 1);
  return (["csv", "geojson"] as const).find(
    (short) => short === name || EXPORTERS[short] === name || last(EXPORTERS[short]) === name,
  );
}

/** The sentence about an exporter that is not known. */
export function unknownExporter(name: string): string {
  const known = [...Object.keys(EXPORTERS), ...Object.values(EXPORTERS)];
  return `exporter: unknown exporter "${name}". ${didYouMean(name, known)}`.trimEnd();
}
