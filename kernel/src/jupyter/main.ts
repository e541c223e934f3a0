import { writeSync } from "node:fs";
import { MessageChannel, Worker } from "node:worker_threads";
import { forkLock } from "../engine/fork-lock.ts";
import { dropKernelEnvironment } from "./kernelspec.ts";

/**
 * The kernel's entry: `node <flags> main.js <connection file>`, with the flags and the environment of `kernelspec`. The protocol thread
 * starts at once and answers the first `kernel_info_request` while this thread is still loading what runs cells.
 */
const [, , connectionFile] = process.argv;
if (connectionFile === undefined) {
  process.stderr.write("Give the connection file, as Jupyter does: main.js <connection file>\n");
  process.exit(2);
}
dropKernelEnvironment();
// Cells cannot call `process.exit`, so it is kept before they could.
const exit = process.exit.bind(process);
const { port1, port2 } = new MessageChannel();
const input = new MessageChannel();
const wake = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(new URL("./protocol.js", import.meta.url), {
  workerData: {
    connectionFile,
    folder: process.cwd(),
    port: port2,
    input: { port: input.port2, wake },
    forkLock: forkLock(),
  },
  transferList: [port2, input.port2],
  // Messages live for a moment: room for more of them would only fill before it is swept, and cost memory.
  resourceLimits: { maxYoungGenerationSizeMb: 2 },
});
worker.on("error", (error) => {
  writeSync(2, `The protocol thread has failed: ${error instanceof Error ? error.stack : error}\n`);
  exit(1);
});
const { serveCells } = await import("./cells.ts");
serveCells(port1, { port: input.port1, wake });
