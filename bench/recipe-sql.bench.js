// @ts-check
// Recipes that SQL alone computes beside the same in SQL by hand, how long 200 fields take to compile, and the showcase of 2019
// on recorded downloads. TOMBOLO_BENCH_DOWNLOADS: their folder, with a manifest.json; without it the showcase is left out.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importDatasource, openStore, parseRecipe } from "../kernel/dist/index.js";
import { compilePlan } from "../kernel/dist/recipe/compile/compile.js";
import { duckdbDialect } from "../kernel/dist/recipe/dialects/duckdb.js";
import { planRecipe } from "../kernel/dist/recipe/plan.js";
import { computeRecipe } from "../kernel/dist/recipe/run.js";
import { root } from "../scripts/lib/paths.js";
import { city } from "./lib/city.js";

const ROUNDS = 9;
const NAMES = Array.from({ length: 10 }, (_, index) => `c${index}`);
const COLUMNS = NAMES.map((name) => `  ${name}: { latest-value: city/${name} }`).join("\n");

/** Columns of a recipe, and the same by hand over `v`, the ten values of each area by its label. */
const CASES = {
  values: { fields: "", columns: NAMES.join(", ") },
  statistics: {
    fields: `  mean: { descriptive-statistics: [${NAMES.join(", ")}], statistic: mean }\n  most: { descriptive-statistics: [${NAMES.join(", ")}], statistic: max }\n`,
    columns: `${NAMES.join(", ")}, (${NAMES.join(" + ")}) / 10 AS mean, greatest(${NAMES.join(", ")}) AS most`,
  },
  percentiles: {
    fields: NAMES.slice(0, 5)
      .map((name) => `  p_${name}: { percentiles: ${name}, subjects: city/area, percentileCount: 100 }\n`)
      .join(""),
    columns: `${NAMES.join(", ")}, ${NAMES.slice(0, 5)
      .map(
        (name) =>
          `least(100, 1 + len(list_filter((SELECT list(b ORDER BY i) FROM bounds WHERE name = '${name}'), lambda bound: bound < ${name}))) AS p_${name}`,
      )
      .join(", ")}`,
  },
};

const bounds = (/** @type {string} */ name) =>
  `SELECT '${name}' AS name, i, lo + greatest(0, spot - lower) * (hi - lo) AS b FROM (
  SELECT i, spot, greatest(1, floor(spot)) AS lower, v[least(n, greatest(1, floor(spot)))::INT] AS lo, v[least(n, floor(spot) + 1)::INT] AS hi
  FROM (SELECT list(${name}::DOUBLE ORDER BY ${name}) AS v, count(*) AS n FROM v), (SELECT i, i * (n + 1) / 100 AS spot FROM range(1, 101) AS r(i), (SELECT count(*) AS n FROM v)))`;
const VALUES = `v AS (SELECT subject_label AS label, ${NAMES.map(
  (name) => `max_by(value, timestamp) FILTER (WHERE attribute = '${name}') AS ${name}`,
).join(
  ", ",
)} FROM timed_values WHERE subject_provider = 'city' AND subject_type = 'area' GROUP BY subject_label)`;

/** Milliseconds of processor that something takes: the least of some rounds. @param {readonly (() => Promise<unknown>)[]} works */
async function leastProcessor(works) {
  const least = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      least[index] = Math.min(least[index] ?? 0, (user + system) / 1000);
    }
  }
  return least;
}

const areas = await openStore(join(await city(35_672), "store"));
console.log(
  "\n| SQL alone, 35,672 areas | recipe, ms of processor | by hand | ratio | bar |\n|---|---|---|---|---|",
);
for (const [name, { fields, columns }] of Object.entries(CASES)) {
  const recipe = parseRecipe(`subjects: city/area\nfields:\n${COLUMNS}\n${fields}`);
  const byHand = `WITH ${VALUES}, bounds AS (${NAMES.slice(0, 5).map(bounds).join(" UNION ALL ")})
    SELECT s.label, s.name, ${columns}, s.shape AS geometry FROM subjects s LEFT JOIN v USING (label)
    WHERE s.provider = 'city' AND s.subject_type = 'area' ORDER BY s.position`;
  const [ours = 0, hand = 1] = await leastProcessor([
    () => computeRecipe(areas, recipe, { times: false }),
    () => areas.engine.query(byHand),
  ]);
  const ratio = ours / hand;
  console.log(
    `| ${name} | ${ours.toFixed(0)} | ${hand.toFixed(0)} | ${ratio.toFixed(2)} | ${ratio <= 1.2 ? "met" : "missed"} (1.2) |`,
  );
}

const many = Array.from(
  { length: 200 },
  (_, index) =>
    `  f${index}: { percentiles: { latest-value: city/c${index % 10} }, subjects: city/area, percentileCount: ${10 + index} }`,
);
const text = `subjects: city/area\nfields:\n${many.join("\n")}\n`;
const compile = async () =>
  compilePlan(planRecipe(parseRecipe(text), areas.catalogue()), duckdbDialect, "many");
const [first = 0] = await (async () => {
  const before = performance.now();
  await compile();
  return [performance.now() - before];
})();
const [again = 0] = await leastProcessor([compile]);
console.log(
  `\n200 fields compile in ${first.toFixed(0)} ms at first, ${again.toFixed(0)} ms again: ${first <= 200 ? "met" : "missed"} (200 ms)`,
);
areas.close();

const cache = process.env.TOMBOLO_BENCH_DOWNLOADS;
if (cache && existsSync(join(cache, "manifest.json"))) await showcase(cache);
else console.log("The showcase is left out: TOMBOLO_BENCH_DOWNLOADS names no folder of recorded downloads.");
process.exit();

/** @param {string} downloads */
async function showcase(downloads) {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
  const store = await openStore(folder);
  const file = join(root, "test/data/recipes/london-cycle-traffic-air-quality-lsoa-backoff.json");
  // Air quality was recorded for one year.
  const id = '"datasourceId": "airQualityControl"';
  const recipe = parseRecipe(readFileSync(file, "utf8").replace(id, `${id}, "temporalScope": [2010]`));
  const run = async () => {
    const before = performance.now();
    await computeRecipe(store, recipe, {
      importing: async (datasource) => {
        await importDatasource(store, datasource, { cache: downloads, offline: true });
      },
    });
    return (performance.now() - before) / 1000;
  };
  const cold = await run();
  const warm = Math.min(await run(), await run());
  console.log(
    `\nShowcase: ${cold.toFixed(2)} s with its imports, ${warm.toFixed(2)} s warm: ${warm <= 2 ? "met" : "missed"} (2 s)`,
  );
  store.close();
  rmSync(folder, { recursive: true });
}
