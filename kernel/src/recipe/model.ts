import type { StatisticKind } from "../engine/columns.ts";
import { didYouMean } from "../nearest.ts";
import { type Path, RecipeMistake } from "./mistake.ts";
import type { DatasourceRecipe } from "./recipe.ts";

/** A named, shareable field tree: what its file says. */
export interface Model {
  /** Path such as `census/fraction-renting`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly version: number;
  readonly unit?: string;
  readonly kind?: StatisticKind;
  /** Values that the field names as `{{name}}`, with what each is unless a recipe says otherwise. */
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly datasources: readonly DatasourceRecipe[];
  /** The root field as written, short or canonical. */
  readonly field: unknown;
  /** The columns of an index that is shown with its parts, by label; none for a model of one column. */
  readonly columns: Readonly<Record<string, unknown>>;
}

/** Where models are found. */
export interface ModelLibrary {
  /** The model of that name; undefined when there is none. Throws a UserError when its file is not a model. */
  find(name: string): Model | undefined;
  names(): readonly string[];
}

/** The model of a name, or of the last part of one. Throws a mistake with near names. */
export function findModel(library: ModelLibrary, name: string, path: Path): Model {
  const found = library.find(name) ?? byLastPart(library, name, path);
  if (found) return found;
  const hint = didYouMean(name, library.names());
  throw new RecipeMistake(path, `there is no model "${name}"`, hint, "model-not-found");
}

function byLastPart(library: ModelLibrary, name: string, path: Path): Model | undefined {
  const matches = library.names().filter((known) => known.endsWith(`/${name}`));
  const [first, second] = matches;
  if (second !== undefined) {
    throw new RecipeMistake(path, `several models are called "${name}"`, `Write ${matches.join(" or ")}.`);
  }
  return first === undefined ? undefined : library.find(first);
}
