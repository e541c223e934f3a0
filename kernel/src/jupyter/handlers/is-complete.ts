import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `is_complete_request`: whether a console should run the text or wait for more. */
export async function isComplete(kernel: Kernel, { content }: Message): Promise<Json> {
  return { ...(await kernel.main.ask("isComplete", { code: String(content.code ?? "") })) };
}
