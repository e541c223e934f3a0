// @ts-check
// The city's index in DuckDB's SQL, as one would write it by hand: node recipe_duckdb.js FOLDER
import { mkdirSync } from "node:fs";
import { openDuckDB } from "../../kernel/dist/engine/duckdb.js";
import { WEIGHTS } from "../lib/city.js";

const [folder = ""] = process.argv.slice(2);
const started = performance.now();
const engine = await openDuckDB();
/** @type {Record<string, number>} */
const stages = {};
let since = started;
/** @param {string} name @param {...string} statements */
const step = async (name, ...statements) => {
  for (const statement of statements) await engine.run(statement);
  stages[name] = (performance.now() - since) / 1000;
  since = performance.now();
};
const layer = (/** @type {string} */ name) => `CREATE TABLE ${name} AS FROM '${folder}/${name}.parquet'`;
const bucket = (/** @type {string} */ name) =>
  `least(100, 1 + len(list_filter((SELECT list(b ORDER BY i) FROM bounds WHERE name = '${name}'), lambda bound: bound < ${name}))) AS p_${name}`;
const bounds = (
  /** @type {string} */ name,
) => `SELECT '${name}' AS name, i, lo + greatest(0, spot - lower) * (hi - lo) AS b FROM (
  SELECT i, spot, greatest(1, floor(spot)) AS lower, v[least(n, greatest(1, floor(spot)))::INT] AS lo, v[least(n, floor(spot) + 1)::INT] AS hi
  FROM (SELECT list(${name}::DOUBLE ORDER BY ${name}) AS v, count(*) AS n FROM joined), (SELECT i, i * (n + 1) / 100 AS spot FROM range(1, 101) AS r(i), (SELECT count(*) AS n FROM joined)))`;
mkdirSync(`${folder}/duckdb`, { recursive: true });
await step("read", ...["areas", "points", "green", "roads", "centres"].map(layer));
await step(
  "W2",
  "CREATE TABLE w2 AS SELECT a.code, count(*) AS points, sum(value) AS value FROM points p JOIN areas a ON ST_Contains(a.geometry, p.geometry) GROUP BY ALL",
);
await step(
  "W3",
  "CREATE TABLE w3 AS SELECT a.code, sum(ST_Area(ST_Intersection(a.geometry, g.geometry))) / any_value(ST_Area(a.geometry)) AS green FROM green g JOIN areas a ON ST_Intersects(a.geometry, g.geometry) GROUP BY a.code",
);
await step(
  "W4",
  "CREATE TABLE w4 AS SELECT a.code, sum(ST_Length(ST_Intersection(a.geometry, r.geometry))) AS road_m FROM roads r JOIN areas a ON ST_Intersects(a.geometry, r.geometry) GROUP BY a.code",
);
// A distance join needs a limit, and a small one to be quick: the few centres that are farther from every point are looked at again.
const nearWithin = (/** @type {string} */ centres, /** @type {number} */ metres) =>
  `SELECT c.code, min(ST_Distance(c.geometry, p.geometry)) AS near_m FROM ${centres} c JOIN points p ON ST_DWithin(c.geometry, p.geometry, ${metres}) GROUP BY 1`;
await step(
  "W5",
  `CREATE TABLE w5 AS ${nearWithin("centres", 5000)}`,
  `INSERT INTO w5 ${nearWithin("(FROM centres WHERE code NOT IN (SELECT code FROM w5))", 100_000)}`,
);
await step(
  "W6",
  `CREATE TABLE joined AS SELECT a.code, a.geometry, k.* EXCLUDE (code), coalesce(points, 0) AS points, coalesce(value, 0) AS value, coalesce(green, 0) AS green, coalesce(road_m, 0) AS road_m
   FROM areas a LEFT JOIN '${folder}/attributes.csv' k USING (code) LEFT JOIN w2 USING (code) LEFT JOIN w3 USING (code) LEFT JOIN w4 USING (code)`,
  `CREATE TABLE bounds AS ${Object.keys(WEIGHTS).map(bounds).join(" UNION ALL ")}`,
  `CREATE TABLE result AS SELECT *, ${Object.entries(WEIGHTS)
    .map(([name, weight]) => `p_${name} * ${weight}`)
    .join(" + ")} AS index FROM (SELECT *, ${Object.keys(WEIGHTS).map(bucket).join(", ")} FROM joined)`,
  `COPY (SELECT * EXCLUDE (geometry) FROM result) TO '${folder}/duckdb/index.csv'`,
  `COPY result TO '${folder}/duckdb/index.parquet' (FORMAT parquet)`,
  `COPY w5 TO '${folder}/duckdb/near.csv'`,
);
const sums = await engine.query(
  "SELECT sum(points)::DOUBLE AS points, sum(value) AS value, sum(green) AS green, sum(road_m) AS road_m, sum(index)::DOUBLE AS index, (SELECT sum(near_m) FROM w5) AS near_m FROM result",
);
const check = Object.fromEntries(
  sums.schema.fields.map(({ name }) => [name, Number(sums.getChild(name)?.get(0))]),
);
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    name: "DuckDB SQL",
    seconds: (performance.now() - started) / 1000,
    processor: (user + system) / 1e6,
    stages,
    check,
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
process.exit();
