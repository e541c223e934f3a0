import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Work } from "../../progress.ts";
import { sizeOf } from "./geometry-column.ts";
import type { OperatorCall, OperatorName, OperatorResult } from "./operator.ts";
import { type SharedCall, STATE, shareCall } from "./shared-call.ts";

/** Sources run under a test runner that workers do not have; they take what has been built. */
const FILE = import.meta.url.endsWith(".ts") ? "../../../dist/engine/operators/worker.js" : "./worker.js";

const MOST_WORKERS = 8;

/** So many points take longer than further workers to start. */
const LARGE = 250_000;

/** Milliseconds after which further workers are started for fewer points. */
const PATIENCE = 50;

/** Milliseconds between two reports of progress. */
const INTERVAL = 100;

/** Workers that wait for their next call; they do not keep the process alive. */
const idle: Worker[] = [];

const STAGES: Readonly<Record<OperatorName, string>> = {
  "overlap-length": "Measuring lines inside areas",
  "overlap-area": "Measuring areas that overlap",
  "largest-overlap": "Finding the areas that overlap most",
  containing: "Finding what lies within",
  nearest: "Finding what is nearest",
  "within-distance": "Counting what is near",
  "within-metres": "Counting what is near",
  area: "Measuring areas",
  "self-overlap": "Checking polygons",
};

let last: Promise<unknown> = Promise.resolve();

/** Computes a call in as many worker threads as there are processors, one where that is quicker; after those that were asked for before. */
export function computeInWorkers(call: OperatorCall, work: Work): Promise<OperatorResult> {
  const run = () => computeNow(call, work);
  const result = last.then(run, run);
  last = result;
  return result;
}

async function computeNow(call: OperatorCall, { signal, onProgress }: Work): Promise<OperatorResult> {
  signal?.throwIfAborted();
  const shared = shareCall(call);
  const { values, matches, reasons, state } = shared;
  const report = () =>
    onProgress?.({
      stage: STAGES[call.operator],
      done: Atomics.load(state, STATE.DONE),
      total: call.left.length,
      unit: "rows",
    });
  const stop = () => Atomics.store(state, STATE.STOP, 1);
  signal?.addEventListener("abort", stop);
  const timer = setInterval(report, INTERVAL);
  try {
    const first = runInWorker(shared);
    const size = sizeOf(call.left) + sizeOf(call.right);
    if (idle.length === 0 && size < LARGE)
      await Promise.race([first, sleep(PATIENCE, undefined, { ref: false })]);
    const others = isDone(shared) ? 0 : Math.min(MOST_WORKERS, availableParallelism()) - 1;
    await Promise.all([first, ...Array.from({ length: others }, () => runInWorker(shared))]);
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", stop);
  }
  signal?.throwIfAborted();
  report();
  return { values, matches, reasons };
}

/** Whether all rows of a call are taken, or it shall stop. */
const isDone = ({ state, left }: SharedCall) =>
  Atomics.load(state, STATE.NEXT) >= left.length || Atomics.load(state, STATE.STOP) === 1;

function runInWorker(call: SharedCall): Promise<void> {
  const worker = idle.pop() ?? new Worker(new URL(FILE, import.meta.url));
  worker.ref();
  return new Promise<void>((resolve, reject) => {
    const onMessage = () => {
      leave();
      worker.unref();
      idle.push(worker);
      resolve();
    };
    const onFailure = (failure: unknown) => {
      leave();
      Atomics.store(call.state, STATE.STOP, 1);
      reject(failure instanceof Error ? failure : new Error(`a worker of an operator ended with ${failure}`));
    };
    const leave = () => {
      worker.off("message", onMessage);
      worker.off("error", onFailure);
      worker.off("exit", onFailure);
    };
    worker.on("message", onMessage);
    worker.on("error", onFailure);
    worker.on("exit", onFailure);
    worker.postMessage(call);
  });
}
