// @ts-check
// Sharing without the data: a release of 35,000 areas, `tombolo check` on 100 notebooks, and what labels cost a recipe. The bars
// are of the clock; on a machine with other work the processor's time, which stands beside it, says more.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { kernelNode, root } from "../scripts/lib/paths.js";

const ROUNDS = Number(process.env.TOMBOLO_BENCH_ROUNDS ?? 5);

/** @param {string} what */
function measure(what) {
  return Array.from({ length: ROUNDS }, () => {
    const { stdout, stderr, status } = spawnSync(
      kernelNode() ?? process.execPath,
      [join(root, "bench", "lib", "share-once.js"), what],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`${what} failed: ${stderr}`);
    return JSON.parse(stdout);
  });
}

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

for (const [name, what, bar] of /** @type {const} */ ([
  ["release of 35,000 areas, written with map", "release", 2000],
  ["  of which disclosure control", "protect", 2000],
  ["the third of a source, beside two earlier", "third", 2000],
  ["tombolo check on 100 notebooks", "check", 5000],
])) {
  const rounds = measure(what);
  const cpu = rounds.map((round) => round.cpu);
  const [least, most] = [Math.min(...cpu), Math.max(...cpu)];
  const wall = median(rounds.map((round) => round.wall));
  console.log(
    `${name.padEnd(44)} ${wall.toFixed(0).padStart(6)} ms  bar ${bar} ms: ${wall <= bar ? "met" : "MISSED"}; ${median(cpu).toFixed(0)} ms of processor (${least.toFixed(0)}–${most.toFixed(0)})`,
  );
}
const shares = measure("labels").map(({ own, whole }) => (100 * own) / whole);
console.log(
  `${"labels, of the time of a recipe".padEnd(44)} ${median(shares).toFixed(2).padStart(6)} % (${Math.min(...shares).toFixed(2)}–${Math.max(...shares).toFixed(2)})  bar 2 %: ${median(shares) <= 2 ? "met" : "MISSED"}`,
);
