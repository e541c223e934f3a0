import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `shutdown_request`: the process ends when the reply is out. */
export async function shutdown(_kernel: Kernel, { content }: Message): Promise<Json> {
  return { status: "ok", restart: content.restart === true };
}
