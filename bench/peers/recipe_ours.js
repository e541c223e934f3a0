// @ts-check
// The city's recipes through the whole path: from the store to the exported files. node recipe_ours.js FOLDER
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [folder = ""] = process.argv.slice(2);
const started = performance.now();
const { openStore } = await import("../../kernel/dist/store/store.js");
const { parseRecipe } = await import("../../kernel/dist/recipe/parse.js");
const { computeRecipe } = await import("../../kernel/dist/recipe/run.js");
const { exportTable } = await import("../../kernel/dist/export/export.js");
// As with the others, the clock starts when the program's own modules are loaded; that time is shown beside.
const loaded = performance.now();
const output = join(folder, "ours");
mkdirSync(output, { recursive: true });
/** @type {Record<string, number>} */
const stages = {};
let [stage, since] = ["start", loaded];
const next = (/** @type {string} */ name) => {
  if (name === stage) return;
  const now = performance.now();
  stages[stage] = (stages[stage] ?? 0) + (now - since) / 1000;
  [stage, since] = [name, now];
};
const store = await openStore(join(folder, "store"));
/** @type {Record<string, number>} */
const check = {};
/** @type {import("apache-arrow").Table[]} */
const tables = [];
for (const name of ["index", "near"]) {
  const recipe = parseRecipe(readFileSync(join(folder, `${name}.yaml`), "utf8"));
  const result = await computeRecipe(store, recipe, {
    times: false,
    onProgress: (report) => next(report.stage),
  });
  next("Exporting");
  // CSV without shapes, as the others write it.
  for (const format of ["csv", "parquet"])
    await exportTable(store.engine, result.table, join(output, `${name}.${format}`));
  tables.push(result.table);
}
next("end");
const seconds = (performance.now() - loaded) / 1000;
const { user, system } = process.cpuUsage();
const processor = (user + system) / 1e6;
for (const table of tables) {
  for (const column of ["points", "value", "green", "road_m", "index", "near_m"]) {
    const values = table.getChild(column);
    if (values)
      check[column] = [...values].reduce((/** @type {number} */ sum, value) => sum + Number(value ?? 0), 0);
  }
}
console.log(
  JSON.stringify({
    name: "tombolo",
    seconds,
    processor,
    loading: (loaded - started) / 1000,
    stages,
    check,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
process.exit();
