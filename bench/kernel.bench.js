// @ts-check
// The kernel beside tslab, Deno and ipykernel, each started anew in every round, in turn, so that all have the same noise.
// What a person waits for, and what a kernel needs. Prints a table, each figure beside its bar and the best of the others,
// and writes it to bench/output/.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { join } from "node:path";
import { containedVariables, kernelNode, python, root } from "../scripts/lib/paths.js";
import { npmPackages } from "../scripts/lib/setup.js";

const { kernelspec } = await import("../kernel/dist/jupyter/kernelspec.js");

const STARTS = Number(process.env.BENCH_STARTS ?? 7);
const SESSIONS = Number(process.env.BENCH_SESSIONS ?? 3);

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} unit
 * @property {number} [bar]
 * @property {"loop"} [against] - a bar that is a multiple of what plain Node takes
 */

/** @type {readonly Row[]} */
const ROWS = [
  { name: "start to kernel_info", unit: "ms", bar: 180 },
  { name: "start to first cell done", unit: "ms", bar: 220 },
  { name: "1+1", unit: "ms", bar: 3 },
  { name: "a new line", unit: "ms" },
  { name: "30-line cell", unit: "ms", bar: 8 },
  { name: "diagnostics of a 30-line cell", unit: "ms", bar: 40 },
  { name: "first completion", unit: "ms", bar: 400 },
  { name: "completion", unit: "ms", bar: 40 },
  { name: "hover", unit: "ms", bar: 20 },
  { name: "memory after start", unit: "MB", bar: 90 },
  { name: "memory after 200 cells", unit: "MB", bar: 130 },
  { name: "with its other processes", unit: "MB" },
  { name: "a million lines", unit: "ms", bar: 3000 },
  { name: "messages for them", unit: "", bar: 300 },
  { name: "lines lost or late", unit: "", bar: 0 },
  { name: "interrupt of a loop", unit: "ms", bar: 100 },
  { name: "control while a cell loops", unit: "ms", bar: 20 },
  { name: "heartbeat while a cell loops", unit: "ms", bar: 20 },
  { name: "loop of 3e8 at the top level", unit: "ms", bar: 1.5, against: "loop" },
];

const TYPESCRIPT = {
  language: "typescript",
  member: "stations3[0].na",
  name: "distance3",
  wrong: "\nconst wrongNUMBER: number = stationsNUMBER[0].name;",
  loop: "let sum = 0;\nfor (let i = 0; i < COUNT; i++) sum += i;\nsum",
  endless: "while (true) {}",
  print: "for (let i = 0; i < COUNT; i++) console.log(i)",
  lines: 1_000_000,
  turns: 3e8,
};

const PYTHON = {
  language: "python",
  member: "stations_3[0].na",
  name: "distance_3",
  loop: "total = 0\nfor i in range(COUNT):\n    total += i\ntotal",
  endless: "while True: pass",
  print: "for i in range(COUNT): print(i)",
  lines: 1_000_000,
  turns: 1e6,
};

const node = kernelNode() ?? process.execPath;
const tslab = join(root, "test", "tslab", "node_modules", "tslab", "bin", "tslab");
await npmPackages(join(root, "test", "tslab"));
await npmPackages(join(root, "bench", "peers"));

/** @type {Readonly<Record<string, object>>} */
const kernels = {
  tombolo: {
    ...TYPESCRIPT,
    ...kernelspec(node, join(root, "kernel", "dist", "jupyter", "main.js")),
    interrupt: "message",
  },
  // Deno and tslab lose or keep back lines beyond some ten thousand: what is counted is scaled up.
  tslab: {
    ...TYPESCRIPT,
    argv: [node, tslab, "kernel", "--config-path={connection_file}"],
    isWrapped: true,
    lines: 10_000,
    turns: 1e6,
  },
  deno: {
    ...TYPESCRIPT,
    wrong: undefined,
    argv: [denoProgram(), "jupyter", "--kernel", "--conn", "{connection_file}"],
    interrupt: "message",
    lines: 20_000,
  },
  ipykernel: { ...PYTHON, argv: [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"] },
};

const only = process.env.BENCH_KERNELS?.split(",");
const chosen = Object.fromEntries(Object.entries(kernels).filter(([name]) => only?.includes(name) ?? true));
const figures = await measure();
const plainLoop = loopOfNode();
const text = [
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} processors, Node ${nodeVersion()}; medians of ${STARTS} starts and ${SESSIONS} sessions in turn.`,
  `Plain Node takes ${plainLoop.toFixed(0)} ms for the loop; what a kernel does not do is left out; "scaled" figures are of fewer lines or turns.`,
  "",
  ...table(),
].join("\n");
console.log(text);
const output = join(root, "bench", "output");
mkdirSync(output, { recursive: true });
writeFileSync(join(output, "kernel.txt"), `${text}\n`);
writeFileSync(join(output, "kernel.json"), `${JSON.stringify({ plainLoop, figures }, null, 1)}\n`);

/** @returns {Promise<Record<string, Record<string, number[]>>>} */
function measure() {
  const history = join(root, "bench", "output", "history.jsonl");
  // What earlier runs have typed is nothing of this one's.
  rmSync(history, { force: true });
  const child = spawn(python, [join(root, "bench", "kernel", "client.py")], {
    env: {
      ...containedVariables(),
      TOMBOLO_HISTORY: history,
      DENO_NO_UPDATE_CHECK: "1",
      NO_COLOR: "1",
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify({ kernels: chosen, starts: STARTS, sessions: SESSIONS }));
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    printed += part;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) =>
      code === 0 ? resolve(JSON.parse(printed)) : reject(new Error(`the client ended with ${code}`)),
    );
  });
}

function loopOfNode() {
  const code =
    "const began = performance.now(); let sum = 0; for (let i = 0; i < 3e8; i++) sum += i; console.log(performance.now() - began, sum > 0)";
  const times = Array.from({ length: 3 }, () =>
    Number.parseFloat(spawnSync(node, ["-e", code], { encoding: "utf8" }).stdout),
  );
  return median(times);
}

function nodeVersion() {
  return spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
}

/** The program in the package of this platform; the package's own script would fetch it. */
function denoProgram() {
  const require = createRequire(join(root, "bench", "peers", "package.json"));
  const folder = join(require.resolve("deno/package.json"), "..", "..", "@deno");
  const names = [`${process.platform}-${process.arch}-glibc`, `${process.platform}-${process.arch}`];
  const found = names.map((name) => join(folder, name, "deno")).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`There is no Deno for this platform in ${folder}`);
  return found;
}

/** @returns {string[]} */
function table() {
  const names = Object.keys(figures);
  const others = names.filter((name) => name !== "tombolo");
  const head = ["", ...names, "bar", "", "ratio to the best other"];
  const lines = ROWS.map((row) => {
    const own = figureOf("tombolo", row);
    const bar = row.against ? (row.bar ?? 1) * plainLoop : row.bar;
    const best = Math.min(
      ...others.map((name) => figureOf(name, row)).filter((value) => !Number.isNaN(value)),
    );
    const verdict = bar === undefined || Number.isNaN(own) ? "" : own <= bar ? "met" : "MISSED";
    return [
      row.unit ? `${row.name}, ${row.unit}` : row.name,
      ...names.map((name) => shown(figureOf(name, row))),
      bar === undefined ? "" : shown(bar),
      verdict,
      Number.isFinite(best) && best > 0 ? (own / best).toFixed(2) : "",
    ];
  });
  const rows = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}

/**
 * @param {string} kernel
 * @param {Row} row
 */
function figureOf(kernel, { name }) {
  return median(figures[kernel]?.[name] ?? []);
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {number} value */
function shown(value) {
  if (Number.isNaN(value)) return "–";
  return value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}
