// @ts-check
// A city's index, from the store to the exported files, beside geopandas, SQL by hand and SedonaDB, one after the other in each
// round. All must give the same sums. TOMBOLO_BENCH_AREAS: numbers of areas, separated by commas; the others come in at
// 35672, where the goals are.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { kernelNode, python, root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";
import { city } from "./lib/city.js";

const AREAS = (process.env.TOMBOLO_BENCH_AREAS ?? "1000,35672,100000").split(",").map(Number);
const ROUNDS = Number(process.env.TOMBOLO_BENCH_ROUNDS ?? 2);

/** @typedef {{ name: string, seconds: number, loading: number, pairs?: Record<string, number>, processor: number, stages: Record<string, number>, check: Record<string, number>, megabytes: number }} Answer */

const peer = (/** @type {string} */ file) => join(root, "bench", "peers", file);
// The one in which notebooks run.
const node = kernelNode() ?? process.execPath;
const CONTESTANTS = /** @type {const} */ ([
  [node, "recipe_ours.js"],
  [python, "recipe_geopandas.py"],
  [python, "recipe_sedonadb.py"],
  [node, "recipe_duckdb.js"],
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
const GOALS_AT = 35_672;
/** @type {string[]} */
const lines = [];
/** @type {Map<number, readonly Answer[]>} */
const found = new Map();
const again = /** @type {const} */ ([node, "recipe_ours.js", await city(Math.min(...AREAS))]);
for (const areas of AREAS) {
  const folder = await city(areas);
  const peers = areas === GOALS_AT ? CONTESTANTS.slice(1) : [];
  const answers = await contest(folder, [...CONTESTANTS.slice(0, 1), again, ...peers]);
  found.set(areas, answers);
  lines.push(...table(areas, answers));
}
lines.push(...goals(), ...growth());
console.log(lines.join("\n"));
mkdirSync(join(root, "bench", "output"), { recursive: true });
writeFileSync(join(root, "bench", "output", "recipe.md"), `${lines.join("\n")}\n`);

/**
 * The quickest answer of each contestant.
 * @param {string} folder
 * @param {readonly (readonly [program: string, file: string, before?: string])[]} contestants
 */
async function contest(folder, contestants) {
  /** @type {Map<string, Answer>} */
  const best = new Map();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [program, file, ...others] of contestants) {
      const printed = await run(program, [peer(file), folder, ...others], { what: file });
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
  const rows = answers.map(({ name, seconds, loading, processor, megabytes, check, stages }) => {
    const worst = Math.max(
      ...Object.entries(check).map(([key, value]) => Math.abs(value / (ours.check[key] ?? Number.NaN) - 1)),
    );
    const parts = Object.entries(stages).map(([stage, time]) => `${stage} ${time.toFixed(2)}`);
    return `| ${name} | ${seconds.toFixed(2)} | ${(seconds / ours.seconds).toFixed(1)} | ${(loading ?? 0).toFixed(2)} | ${processor.toFixed(2)} | ${megabytes.toFixed(0)} | ${worst.toExponential(1)} | ${parts.join(", ")} |`;
  });
  return [
    `\n${areas.toLocaleString("en")} areas, ${((1e6 * ours.seconds) / areas).toFixed(0)} µs each by ours; best of ${ROUNDS} rounds`,
    "\n| | seconds | times ours | seconds to load modules before | seconds of processor in all | MB | largest difference of sums | parts |\n|---|---|---|---|---|---|---|---|",
    ...rows,
  ];
}

/** Each bar with what was found. */
function goals() {
  const answers = found.get(GOALS_AT) ?? [];
  const [ours] = answers;
  if (!ours) return [];
  /** @type {(readonly [string, string, boolean])[]} */
  const bars = [["W2 to W6, the whole path, at most 4 s", `${ours.seconds.toFixed(2)} s`, ours.seconds <= 4]];
  bars.push(["at most 1 GB", `${ours.megabytes.toFixed(0)} MB`, ours.megabytes <= 1024]);
  for (const [peerName, times] of /** @type {const} */ ([
    ["geopandas", 7],
    ["SedonaDB", 2.5],
  ])) {
    const other = answers.find(({ name }) => name.startsWith(peerName));
    if (!other) continue;
    const ratio = other.seconds / ours.seconds;
    bars.push([
      `at least ${times} times faster than ${peerName}`,
      `${ratio.toFixed(1)} times`,
      ratio >= times,
    ]);
  }
  const pairs = answers.find((answer) => answer.pairs)?.pairs ?? {};
  const counted = Object.entries(pairs).map(
    ([name, count]) => `${count.toLocaleString("en")} of ${name} and area`,
  );
  return [
    "\n| bar | found | |\n|---|---|---|",
    ...bars.map(([bar, value, met]) => `| ${bar} | ${value} | ${met ? "met" : "missed"} |`),
    `\nPairs that meet: ${counted.join(", ")}.`,
  ];
}

/** Cost of an area by number of areas: of a program that has just begun, and of one that has run the recipes before. */
function growth() {
  if (found.size < 2) return [];
  return ["tombolo", "tombolo, not for the first time"].flatMap((name) => {
    const costs = [...found].flatMap(([areas, answers]) => {
      const answer = answers.find((each) => each.name === name);
      return answer ? [{ areas, cost: (1e6 * (answer.processor - answer.loading)) / areas }] : [];
    });
    const each = costs.map(({ areas, cost }) => `${areas.toLocaleString("en")}: ${cost.toFixed(0)} µs`);
    const all = costs.map(({ cost }) => cost);
    const factor = Math.max(...all) / Math.min(...all);
    // A few areas mostly cost what a program and its plan cost whatever there is to compute.
    const further = costs.slice(1).map(({ areas, cost }, index) => {
      const { areas: fewer = 0, cost: before = 0 } = costs[index] ?? {};
      const slope = (cost * areas - before * fewer) / (areas - fewer);
      return `from ${fewer.toLocaleString("en")} to ${areas.toLocaleString("en")}: ${slope.toFixed(0)} µs`;
    });
    return [
      `\n${name}, processor for each area, by number of areas: ${each.join(", ")}; largest / smallest ${factor.toFixed(1)} (bar: 1.5, ${factor <= 1.5 ? "met" : "missed"}).`,
      `Processor for each further area: ${further.join(", ")}.`,
    ];
  });
}
