import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `shutdown_request`: the process ends when the reply is out; the other clients are told as well. */
export async function shutdown(kernel: Kernel, { header, content }: Message): Promise<Json> {
  const reply = { status: "ok", restart: content.restart === true };
  kernel.publish("shutdown_reply", header, reply);
  return reply;
}
