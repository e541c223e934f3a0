// @ts-check
// A city's index, from the store to the exported files, beside geopandas, SQL by hand and SedonaDB, one after the other in each
// round. All must give the same sums. TOMBOLO_BENCH_AREAS: other numbers of areas than 35672, separated by commas.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { python, root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";
import { city } from "./lib/city.js";

const AREAS = (process.env.TOMBOLO_BENCH_AREAS ?? "35672").split(",").map(Number);
const ROUNDS = Number(process.env.TOMBOLO_BENCH_ROUNDS ?? 2);

/** @typedef {{ name: string, seconds: number, processor: number, stages: Record<string, number>, check: Record<string, number>, megabytes: number }} Answer */

const peer = (/** @type {string} */ file) => join(root, "bench", "peers", file);
const CONTESTANTS = /** @type {const} */ ([
  [process.execPath, "recipe_ours.js"],
  [python, "recipe_geopandas.py"],
  [python, "recipe_sedonadb.py"],
  [process.execPath, "recipe_duckdb.js"],
]);

await run(
  python,
  [
    "-m",
    "pip",
    "install",
    "--quiet",
    "-r",
    join(root, "requirements-test.txt"),
    "-r",
    join(root, "bench", "requirements.txt"),
  ],
  { what: "pip install" },
);
/** @type {string[]} */
const lines = [];
for (const areas of AREAS) {
  const folder = await city(areas);
  const answers = await contest(folder, areas === 35_672 ? CONTESTANTS : CONTESTANTS.slice(0, 1));
  lines.push(...table(areas, answers));
}
console.log(lines.join("\n"));
mkdirSync(join(root, "bench", "output"), { recursive: true });
writeFileSync(join(root, "bench", "output", "recipe.md"), `${lines.join("\n")}\n`);

/**
 * The quickest answer of each contestant.
 * @param {string} folder
 * @param {readonly (readonly [string, string])[]} contestants
 */
async function contest(folder, contestants) {
  /** @type {Map<string, Answer>} */
  const best = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [program, file] of contestants) {
      const printed = await run(program, [peer(file), folder], { what: file });
      /** @type {Answer} */
      const answer = JSON.parse(printed.trim().split("\n").at(-1) ?? "");
      const before = best.get(answer.name);
      if (!before || answer.seconds < before.seconds) best.set(answer.name, answer);
    }
  }
  return [...best.values()];
}

/**
 * @param {number} areas
 * @param {readonly Answer[]} answers
 */
function table(areas, answers) {
  const [ours] = answers;
  if (!ours) return [];
  const rows = answers.map(({ name, seconds, processor, megabytes, check, stages }) => {
    const worst = Math.max(
      ...Object.entries(check).map(([key, value]) => Math.abs(value / (ours.check[key] ?? Number.NaN) - 1)),
    );
    const parts = Object.entries(stages).map(([stage, time]) => `${stage} ${time.toFixed(2)}`);
    return `| ${name} | ${seconds.toFixed(2)} | ${(seconds / ours.seconds).toFixed(1)} | ${processor.toFixed(2)} | ${megabytes.toFixed(0)} | ${worst.toExponential(1)} | ${parts.join(", ")} |`;
  });
  return [
    `\n${areas.toLocaleString("en")} areas, ${((1e6 * ours.seconds) / areas).toFixed(0)} µs each by ours; best of ${ROUNDS} rounds`,
    "\n| | seconds | times ours | seconds of processor | MB | largest difference of sums | parts |\n|---|---|---|---|---|---|---|",
    ...rows,
  ];
}
