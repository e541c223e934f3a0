import type { Work } from "../../progress.ts";
import { computer } from "./compute.ts";
import type { OperatorCall, OperatorResult } from "./operator.ts";
import { shareCall } from "./shared-call.ts";

/** Computes a call in this thread, and hands back to the event loop now and then, so that it can be stopped. */
export async function computeHere(call: OperatorCall, { signal }: Work): Promise<OperatorResult> {
  const shared = shareCall(call);
  const compute = computer(shared);
  while (compute()) {
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
  const { values, matches, reasons } = shared;
  return { values, matches, reasons };
}
