import type { Kernel } from "../kernel.ts";
import type { Json } from "../wire.ts";

/** `interrupt_request`: ends the running cell, keeps the variables. */
export async function interrupt(kernel: Kernel): Promise<Json> {
  await kernel.interrupt();
  return { status: "ok" };
}
