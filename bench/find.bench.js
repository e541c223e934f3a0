// @ts-check
// How long %find takes: the first answer in a new process and the later ones. Prints each beside
// its bar.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { kernelNode, root } from "../scripts/lib/paths.js";

const ROUNDS = 5;
const BAR = 100;
const QUESTIONS = [
  "cycling lsoa leeds",
  "deprivation",
  "air quality london",
  "tenure msoa",
  "schools bristol",
];

const program = `
const { findDatasources } = await import(${JSON.stringify(join(root, "kernel", "dist", "catalogue", "find.js"))});
const times = [];
for (const question of ${JSON.stringify(QUESTIONS)}) {
  const started = performance.now();
  await findDatasources(question);
  times.push(performance.now() - started);
}
console.log(JSON.stringify(times));
`;

/** @param {readonly number[]} times */
const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

/**
 * @param {string} name
 * @param {readonly number[]} times - milliseconds
 */
function report(name, times) {
  const [least, most] = [Math.min(...times), Math.max(...times)];
  console.log(
    `${name.padEnd(44)} ${median(times).toFixed(0).padStart(6)} ms  (${least.toFixed(0)}–${most.toFixed(0)})  bar ${BAR} ms: ${median(times) <= BAR ? "met" : "MISSED"}`,
  );
}

/** @type {number[]} */
const first = [];
/** @type {number[]} */
const later = [];
for (let round = 0; round < ROUNDS; round++) {
  const { stdout } = spawnSync(kernelNode() ?? process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  const [one = Number.NaN, ...others] = JSON.parse(stdout);
  first.push(one);
  later.push(...others);
}
report("%find, first answer of a kernel", first);
report("%find, later answers", later);
