import { didYouMean } from "../nearest.ts";
import { EXPORTERS, findExporter, unknownExporter } from "./exporters.ts";
import { type Path, RecipeMistake, RecipeMistakes, toldMistake } from "./mistake.ts";
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
  /** Number that the first line of the text has where its reader sees it, for messages; 1 unless told otherwise. */
  readonly firstLine?: number | undefined;
  /** Whether the result is to be exported: then an unknown exporter is a mistake, else a warning. */
  readonly exports?: boolean | undefined;
}

/**
 * A recipe as an object, in the short form or in that of 2019, as its canonical form. Throws a RecipeMistake, or several at once as
 * RecipeMistakes. `order` is that of the columns' labels, where an object may not have kept it.
 */
export function readRecipe(
  value: unknown,
  { onWarning = ignore, models, exports = false }: ParseOptions,
  order: readonly string[] = [],
): Recipe {
  if (value === null || value === undefined) {
    throw new RecipeMistake([], "The recipe is empty", "It needs subjects and fields.");
  }
  if (!isRecord(value))
    throw new RecipeMistake([], "A recipe has subjects and fields", "Such as subjects: borough");
  const canonical =
    Object.hasOwn(value, "dataset") || (Object.hasOwn(value, "exporter") && Object.keys(value).length === 1);
  const names = canonical
    ? ["dataset", "exporter", "timeStamp"]
    : ["subjects", "datasources", "fields", "exporter", "timeStamp"];
  const gathered = new Gathered();
  gathered.add(unknownNames(value, names, []));
  const dataset = canonical ? value.dataset : value;
  const path = canonical ? ["dataset"] : [];
  if (!isRecord(dataset)) throw new RecipeMistake(path, "a dataset has subjects, datasources and fields");
  if (canonical) gathered.add(missingParts(value, dataset));
  // Without its parts there is nothing more to read.
  gathered.throwAny();
  const recipe: Recipe = {
    dataset: {
      subjects: gathered.from(() => readRows(dataset, path, { onWarning, original: canonical })) ?? [],
      datasources:
        gathered.from(() => readDatasources(dataset.datasources, [...path, "datasources"], canonical)) ?? [],
      fields: readColumns(
        dataset.fields,
        [...path, "fields"],
        { onWarning, original: canonical },
        gathered,
        order,
      ),
    },
    exporter: gathered.from(() => readExporter(value.exporter, exports, onWarning)) ?? "",
    timeStamp: gathered.from(() => readTimeStamp(value.timeStamp)) ?? true,
  };
  gathered.throwAny();
  checkTree(recipe, dataset.fields, path, { onWarning, models });
  return recipe;
}

/** Mistakes in several parts of a recipe, to be told at once; the same one is told once. */
class Gathered {
  readonly #mistakes = new Map<string, RecipeMistake>();

  from<Result>(read: () => Result): Result | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RecipeMistake)) throw error;
      this.add([error]);
      return undefined;
    }
  }

  add(mistakes: readonly RecipeMistake[]): void {
    for (const mistake of mistakes)
      this.#mistakes.set(JSON.stringify([mistake.path, mistake.message]), mistake);
  }

  throwAny(): void {
    const [first, second] = this.#mistakes.values();
    if (second) throw new RecipeMistakes([...this.#mistakes.values()]);
    if (first) throw first;
  }
}

type Reading = Pick<ReadContext, "onWarning" | "original">;

const ignore = () => undefined;

/** What the original form must have and has not; the short form supplies the rest itself. */
function missingParts(
  value: Readonly<Record<string, unknown>>,
  dataset: Readonly<Record<string, unknown>>,
): RecipeMistake[] {
  const parts = ["subjects", "datasources", "fields"];
  const missing = parts.filter((name) => !Array.isArray(dataset[name]));
  const lists = missing.map(
    (name) =>
      new RecipeMistake(["dataset", name], `a dataset needs a list of ${name}`, "It may be empty: []."),
  );
  const exporter = new RecipeMistake(
    ["exporter"],
    "a recipe needs an exporter",
    `Such as ${EXPORTERS.geojson}.`,
  );
  return [
    ...unknownNames(dataset, parts, ["dataset"]),
    ...lists,
    ...(typeof value.exporter === "string" ? [] : [exporter]),
  ];
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
  const options = { models, draft: true };
  const gathered = new Gathered();
  const plan = gathered.from(() => planRecipe(recipe, undefined, { ...options, placeOf }));
  for (const sentence of plan?.warnings ?? []) onWarning(sentence);
  if (plan) return;
  // One stops at its first mistake; column by column each tells its own.
  for (const [index, field] of recipe.dataset.fields.entries()) {
    const alone: Recipe = { ...recipe, dataset: { ...recipe.dataset, fields: [field] } };
    const place = (part: "subjects" | "fields") => placeOf(part, index);
    gathered.from(() => planRecipe(alone, undefined, { ...options, placeOf: place }));
  }
  gathered.throwAny();
}

function unknownNames(
  value: Readonly<Record<string, unknown>>,
  known: readonly string[],
  path: readonly string[],
): RecipeMistake[] {
  const unknown = Object.keys(value).filter((name) => !known.includes(name));
  const isFlat = value.fields === null;
  return unknown.map((name) => {
    const hint =
      isFlat && isRecord(value[name])
        ? "Columns stand below fields, each moved in by two blanks."
        : didYouMean(name, known);
    return new RecipeMistake([...path, name], `a recipe has no property "${name}"`, hint);
  });
}

function readRows(
  { subjects, fields }: Readonly<Record<string, unknown>>,
  root: readonly string[],
  reading: Reading,
): SubjectRecipe[] {
  const path = [...root, "subjects"];
  if (subjects === undefined || subjects === null)
    throw new RecipeMistake(path, "the recipe needs subjects: its rows", "Such as subjects: borough");
  // A condition on the rows may name a column, as in `where density > 100`.
  const columns = isRecord(fields) ? new Map(labelled(fields, [...root, "fields"])) : new Map();
  return readSubjects(subjects, path, { ...reading, columns, open: [] });
}

/** Fields as a list with labels, or as label: field. */
function readColumns(
  value: unknown,
  path: readonly string[],
  reading: Reading,
  gathered: Gathered,
  order: readonly string[],
): Recipe["dataset"]["fields"] {
  const example = "Such as area_km2: { area: km² }";
  const all =
    gathered.from(() => {
      if (value === undefined || value === null)
        throw new RecipeMistake(path, "the recipe needs fields: its columns", example);
      return [...labelled(value, path, order)];
    }) ?? [];
  const columns: ReadContext["columns"] = new Map(all);
  return all.flatMap(([label, column]) => {
    const read = () => readField(column.value, column.path, label, { ...reading, columns, open: [label] });
    return gathered.from(read) ?? [];
  });
}

function* labelled(
  value: unknown,
  path: readonly string[],
  order: readonly string[] = [],
): Generator<[string, { path: (string | number)[]; value: unknown }]> {
  if (isRecord(value)) {
    const places = new Map(order.map((label, place) => [label, place]));
    const placeOf = ([label]: [string, unknown]) => places.get(label) ?? order.length;
    for (const [label, field] of Object.entries(value).sort((a, b) => placeOf(a) - placeOf(b)))
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
function readExporter(value: unknown, exports: boolean, onWarning: (sentence: string) => void): string {
  if (value === undefined || value === null) return EXPORTERS.csv;
  if (typeof value !== "string") throw new RecipeMistake(["exporter"], "an exporter is a text");
  const found = findExporter(value);
  if (found) return EXPORTERS[found];
  const mistake = unknownExporter(value);
  if (exports) throw mistake;
  onWarning(toldMistake(mistake).message);
  return value;
}
