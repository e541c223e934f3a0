// @ts-check
// The city's recipes through the whole path: from the store to the exported files. node recipe_ours.js FOLDER [BEFORE]: with the folder
// of a city before, its recipes are run first, on its own store, as a kernel in use has run some.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "", before] = process.argv.slice(2);
const started = performance.now();
const { openStore } = await import("../../kernel/dist/store/store.js");
const { parseRecipe } = await import("../../kernel/dist/recipe/parse.js");
const { computeRecipe } = await import("../../kernel/dist/recipe/run.js");
const { exportTable } = await import("../../kernel/dist/export/export.js");
const loaded = performance.now();
/** Times that the recipes are run before. */
const TIMES = 3;
for (let time = 0; before !== undefined && time < TIMES; time++)
  (await compute(before, () => undefined)).store.close();
const used = before === undefined ? undefined : process.cpuUsage();
// As with the others, the clock starts when the program's own modules are loaded; that time is shown beside.
const begun = performance.now();
/** @type {Record<string, number>} */
const stages = {};
let [stage, since] = ["start", begun];
const { tables } = await compute(folder, next);
next("end");
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const processor = (user + system) / 1e6;
/** @type {Record<string, number>} */
const check = {};
for (const table of tables) {
  for (const column of ["points", "value", "green", "road_m", "index", "near_m"]) {
    const values = table.getChild(column);
    if (values)
      check[column] = [...values].reduce((/** @type {number} */ sum, value) => sum + Number(value ?? 0), 0);
  }
}
console.log(
  JSON.stringify({
    name: before === undefined ? "tombolo" : "tombolo, not for the first time",
    seconds,
    processor,
    loading: before === undefined ? (loaded - started) / 1000 : 0,
    stages,
    check,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
process.exit();

/** @param {string} name */
function next(name) {
  if (name === stage) return;
  const now = performance.now();
  stages[stage] = (stages[stage] ?? 0) + (now - since) / 1000;
  [stage, since] = [name, now];
}

/**
 * Runs the recipes of a city.
 * @param {string} city
 * @param {(stage: string) => void} onStage
 */
async function compute(city, onStage) {
  const output = join(city, "ours");
  mkdirSync(output, { recursive: true });
  const store = await openStore(join(city, "store"));
  /** @type {import("apache-arrow").Table[]} */
  const tables = [];
  for (const name of ["index", "near"]) {
    const recipe = parseRecipe(readFileSync(join(city, `${name}.yaml`), "utf8"));
    const result = await computeRecipe(store, recipe, {
      times: false,
      onProgress: (report) => onStage(report.stage),
    });
    onStage("Exporting");
    // CSV without shapes, as the others write it.
    for (const format of ["csv", "parquet"])
      await exportTable(store.engine, result.table, join(output, `${name}.${format}`));
    tables.push(result.table);
  }
  return { store, tables };
}
