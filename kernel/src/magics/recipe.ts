import type { MimeBundle } from "@tombolo/bundle";
import type { Table } from "apache-arrow";
import { isTable } from "../engine/is-table.ts";
import { madeBy, noteMadeBy } from "../engine/made-by.ts";
import { isWrittenWhole } from "../engine/written.ts";
import { UserError } from "../errors.ts";
import { recipeDigest } from "../lineage/recipe-digest.ts";
import { didYouMean } from "../nearest.ts";
import { drawTree } from "../picture/tree-picture.ts";
import { parseRecipe, placeInRecipe } from "../recipe/parse.ts";
import { isRecipe, type Recipe } from "../recipe/recipe.ts";
import { runRecipe } from "../recipe/run.ts";
import { showRecipe } from "../recipe/show.ts";
import { recipeTree, treeText } from "../recipe/tree.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { modelsOf } from "./own-models.ts";
import type { Session } from "./session.ts";

const recipes = new WeakMap<Table, Recipe>();

/** Runs a recipe on the notebook's store and remembers it, so that `%recipe --show` can tell what made a table. */
export async function cook(session: Session, recipe: Recipe, force?: string): Promise<Table> {
  const options = { ...session.work(), models: modelsOf(session), force };
  const table = await runRecipe(await session.store(), recipe, options);
  recipes.set(table, recipe);
  return table;
}

/** Remembers the recipe that made a table. */
export function rememberRecipe(table: Table, recipe: Recipe): void {
  recipes.set(table, recipe);
}

/** The recipe that made a table, where one did. */
export const recipeBehind = (table: Table): Recipe | undefined => recipes.get(table);

const DIGEST_CHARACTERS = 12;

/**
 * Gives a table's recipe the name that it has in the notebook, unless it has one. With its digest only where its text is known to
 * those who read the notebook: that of a recipe that was computed from values would tell which they were.
 */
export function nameRecipe(table: Table, name: string, isKnown = false): void {
  const recipe = recipes.get(table);
  if (!recipe || madeBy(table).recipe !== undefined) return;
  const digest = recipeDigest(recipe).slice(0, DIGEST_CHARACTERS);
  noteMadeBy(table, { recipe: name, ...(isKnown && { digest }) });
}

/** `%%recipe`: computes the table that a recipe describes; `%recipe --show` tells it in another spelling. */
export const recipeMagic = defineMagic({
  name: "recipe",
  kinds: ["cell", "line"],
  summary:
    "Computes the table that the recipe below it describes and puts it into a variable, or shows it; %help fields and %help subjects say what may stand in it.",
  arguments: [
    { name: "variable", doc: "the variable that takes the table", required: false, completes: "table" },
  ],
  options: {
    show: {
      type: "text",
      values: ["yaml", "json", "typescript", "plan", "sql", "tree"],
      doc: "show the recipe in this spelling instead of computing it",
    },
    force: {
      type: "text",
      doc: "importer classes, or class:datasourceId, to fetch and import again, separated by commas",
    },
  },
  body: "yaml",
  examples: ["%%recipe tubes", "subjects: borough", "fields:", "  area_km2: { area: km² }"],
  async run(session, { kind, words, options, body, row }) {
    const [name] = words;
    const { show } = options;
    if (show) {
      const recipe = kind === "cell" ? readCell(session, body, row) : recipeOf(session, name ?? "");
      if (show === "tree") return showTree(recipe);
      const text = showRecipe(recipe, show, (await session.store()).catalogue(), modelsOf(session));
      return markdown(`\`\`\`${show === "plan" ? "text" : show}\n${text.trimEnd()}\n\`\`\``);
    }
    if (kind === "line")
      throw new UserError("%recipe shows a recipe", { hint: `Write %recipe ${name ?? "name"} --show yaml` });
    const recipe = readCell(session, body, row);
    const table = await cook(session, recipe, options.force).catch((error) => {
      throw placedIn(body, error);
    });
    if (name === undefined) return table;
    session.variables.set(name, table);
    nameRecipe(table, name, isWrittenWhole(body));
    return table;
  },
});

function readCell(session: Session, body: string, row: number): Recipe {
  const { onWarning } = session.work();
  return parseRecipe(body, { models: modelsOf(session), onWarning, firstLine: row + 1 });
}

/** What only the store could tell is wrong, with the line of the cell in which it is written. */
function placedIn(body: string, error: unknown): unknown {
  if (!(error instanceof UserError) || error.where === undefined || error.place) return error;
  const { message, where, code, cause } = error;
  const line = body.split(/\r?\n/).findIndex((text) => text.includes(where)) + 1;
  const place = placeInRecipe(body, where) ?? (line > 0 ? { line } : undefined);
  return new UserError(message, { where, place, code, cause });
}

/** The parts of a recipe as a picture, and as text for who cannot see it. */
async function showTree(recipe: Recipe): Promise<MimeBundle> {
  const tree = recipeTree(recipe);
  const { picture, width, height } = await drawTree(tree);
  return {
    data: { "image/png": picture, "text/plain": treeText(tree) },
    metadata: { "image/png": { width: Math.round(width), height: Math.round(height) } },
  };
}

/** The recipe in a variable, or the one that made the table in it. Throws a UserError with the nearest names. */
export function recipeOf(session: Session, name: string): Recipe {
  const value = session.variables.get(name);
  if (isRecipe(value)) return value;
  const recipe = isTable(value) ? recipes.get(value) : undefined;
  if (recipe) return recipe;
  const names = session.variables.names().filter((known) => {
    const candidate = session.variables.get(known);
    return isRecipe(candidate) || (isTable(candidate) && recipes.has(candidate));
  });
  throw new UserError(`"${name}" was not made by a recipe`, { where: name, hint: didYouMean(name, names) });
}
