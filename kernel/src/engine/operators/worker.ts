import { parentPort } from "node:worker_threads";
import { computer } from "./compute.ts";
import type { SharedCall } from "./shared-call.ts";

parentPort?.on("message", (call: SharedCall) => {
  const compute = computer(call);
  while (compute());
  parentPort?.postMessage("done");
});
