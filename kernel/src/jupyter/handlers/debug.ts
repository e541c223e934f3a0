import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `debug_request`: a request of the Debug Adapter Protocol; the reply is its response. */
export async function debug(kernel: Kernel, request: Message): Promise<Json> {
  return kernel.debug(request);
}
