import { type Document, LineCounter, parseDocument } from "yaml";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { type ExpandContext, expandField, readSubject } from "./expand.ts";
import { RecipeMistake, showPath } from "./mistake.ts";
import { type DatasourceRecipe, isRecord, type Recipe, type SubjectRecipe } from "./recipe.ts";

/** How a recipe is read. */
export interface ParseOptions {
  readonly onWarning?: (sentence: string) => void;
}

const EXPORTERS: Readonly<Record<string, string>> = {
  csv: "uk.org.tombolo.exporter.CSVExporter",
  geojson: "uk.org.tombolo.exporter.GeoJsonExporter",
};

/**
 * A recipe as text (YAML, or JSON with comments) or as an object, in the short form or in that of 2019, as its canonical
 * form. Throws a UserError with the line, the place in the recipe, the nearest valid names and the way out.
 */
export function parseRecipe(source: unknown, options: ParseOptions = {}): Recipe {
  const { onWarning = () => undefined } = options;
  if (typeof source !== "string")
    return located(
      () => readRecipe(source, onWarning),
      () => undefined,
    );
  const lines = new LineCounter();
  const document = parseDocument(blankComments(source), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new UserError(`Line ${line}, column ${col}: the recipe is not YAML: ${error.message}`, {
      where: `line ${line}`,
    });
  }
  return located(
    () => readRecipe(document.toJS(), onWarning),
    (path) => lineOf(document, lines, path),
  );
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
function blankComments(text: string): string {
  if (!text.trimStart().startsWith("{")) return text;
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
  );
}

function readRecipe(value: unknown, onWarning: (sentence: string) => void): Recipe {
  if (value === null || value === undefined) {
    throw new RecipeMistake([], "The recipe is empty", "It needs subjects and fields.");
  }
  if (!isRecord(value))
    throw new RecipeMistake([], "A recipe has subjects and fields", "Such as subjects: borough");
  const canonical = Object.hasOwn(value, "dataset");
  checkNames(
    value,
    canonical
      ? ["dataset", "exporter", "timeStamp"]
      : ["subjects", "datasources", "fields", "exporter", "timeStamp"],
    [],
  );
  const dataset = canonical ? value.dataset : value;
  const path = canonical ? ["dataset"] : [];
  if (!isRecord(dataset)) throw new RecipeMistake(path, "a dataset has subjects and fields");
  if (canonical) checkNames(dataset, ["subjects", "datasources", "fields"], path);
  return {
    dataset: {
      subjects: readSubjects(dataset.subjects, [...path, "subjects"]),
      datasources: readDatasources(dataset.datasources, [...path, "datasources"]),
      fields: readFields(dataset.fields, [...path, "fields"], onWarning),
    },
    exporter: readExporter(value.exporter),
    timeStamp: value.timeStamp !== false,
  };
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

function readSubjects(value: unknown, path: readonly string[]): SubjectRecipe[] {
  if (value === undefined || value === null)
    throw new RecipeMistake(path, "the recipe needs subjects: its rows", "Such as subjects: borough");
  return Array.isArray(value)
    ? value.map((subject, index) => readSubject(subject, [...path, index]))
    : [readSubject(value, path)];
}

function readDatasources(value: unknown, path: readonly string[]): DatasourceRecipe[] {
  if (value === undefined || value === null) return [];
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.map((entry, index) => {
    if (typeof entry === "string") return { importerClass: entry, datasourceId: entry };
    if (isRecord(entry) && typeof entry.importerClass === "string") {
      return { importerClass: entry.importerClass, datasourceId: String(entry.datasourceId ?? "") };
    }
    throw new RecipeMistake([...path, index], "a datasource is expected", "Such as london/boroughs.");
  });
}

/** Fields as a list with labels, or as label: field. */
function readFields(
  value: unknown,
  path: readonly string[],
  onWarning: (sentence: string) => void,
): Recipe["dataset"]["fields"] {
  const example = "Such as area_km2: { area: km² }";
  if (value === undefined || value === null)
    throw new RecipeMistake(path, "the recipe needs fields: its columns", example);
  const columns: ExpandContext["columns"] = new Map(labelled(value, path));
  return [...columns].map(([label, column]) =>
    expandField(column.value, column.path, label, { columns, open: [label], onWarning }),
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
  const seen = new Set<string>();
  for (const [index, field] of value.entries()) {
    const label = isRecord(field) ? field.label : undefined;
    if (typeof label !== "string")
      throw new RecipeMistake([...path, index], "a field of a list needs a label");
    if (seen.has(label))
      throw new RecipeMistake([...path, index, "label"], `there are two columns "${label}"`);
    seen.add(label);
    yield [label, { path: [...path, index], value: field }];
  }
}

function readExporter(value: unknown): string {
  if (value === undefined || value === null) return EXPORTERS.csv ?? "";
  const known = [...Object.keys(EXPORTERS), ...Object.values(EXPORTERS)];
  const text = String(value);
  if (!known.includes(text))
    throw new RecipeMistake(["exporter"], `unknown exporter "${text}"`, didYouMean(text, known));
  return EXPORTERS[text] ?? text;
}
