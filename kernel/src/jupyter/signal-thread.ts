import { Script } from "node:vm";
import { parentPort } from "node:worker_threads";

/**
 * Tells of every SIGINT of the process, also while the main thread loops: a handler of its own runs only when it is free.
 * Node stops a script for a signal from a thread of its own, whatever thread the script is in; so this one waits in a script.
 */
const cell = new Int32Array(new SharedArrayBuffer(4));
const waiting = new Script("Atomics.wait(cell, 0, 0)");
// One script inside another: between two waits somebody must be there to hear, or the signal would end the process.
const listening = new Script("listen()");
Object.assign(globalThis, { cell, listen });

for (;;) untilSignal(listening);

function listen(): void {
  for (;;) {
    untilSignal(waiting);
    parentPort?.postMessage("interrupt");
  }
}

/** Runs a script without end; what ends it is the signal. */
function untilSignal(script: Script): void {
  try {
    script.runInThisContext({ breakOnSigint: true });
  } catch (error) {
    const isSignal =
      error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (!isSignal) throw error;
  }
}
