// @ts-check
// How long a pack takes from %use to the last cell of its notebook, on dummy data, in a kernel that has just started and with
// a store of its own: each pack that comes with the project beside the bar, the processor's time first, as on a machine with
// other work the clock says less.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { python, root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";

const ROUNDS = Number(process.env.TOMBOLO_BENCH_ROUNDS ?? 5);
const BAR = 30_000;
const packs = join(root, "kernel", "packs");

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/**
 * The code cells of a pack's notebook.
 * @param {string} name
 * @returns {string[]}
 */
function cellsOf(name) {
  const notebook = JSON.parse(readFileSync(join(packs, name, `${name}.ipynb`), "utf8"));
  return notebook.cells
    .filter((/** @type {{ cell_type: string }} */ cell) => cell.cell_type === "code")
    .map((/** @type {{ source: string | string[] }} */ { source }) => [source].flat().join(""));
}

/**
 * @param {string} name
 * @returns {Promise<{ use: number, wall: number, cpu: number }>}
 */
async function measure(name) {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-pack-"));
  try {
    const printed = await run(python, [
      join(root, "bench", "lib", "run_pack.py"),
      folder,
      JSON.stringify(cellsOf(name)),
    ]);
    return JSON.parse(printed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const name of readdirSync(packs)) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(name));
  const cpu = rounds.map((round) => round.cpu);
  const wall = rounds.map((round) => round.wall);
  const use = median(rounds.map((round) => round.use));
  console.log(
    `${`${name}, all cells`.padEnd(44)} ${median(cpu).toFixed(0).padStart(6)} ms of processor (${Math.min(...cpu).toFixed(0)}–${Math.max(...cpu).toFixed(0)}), ${median(wall).toFixed(0)} ms, of which %use ${use.toFixed(0)}  bar ${BAR} ms: ${median(wall) <= BAR ? "met" : "MISSED"}`,
  );
}
