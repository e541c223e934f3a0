import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** `is_complete_request`: whether a console should run the text or wait for more. It is answered while a cell runs. */
export async function isComplete(_kernel: Kernel, { content }: Message): Promise<Json> {
  const { completenessOf } = await import("../../cell/is-complete.ts");
  return { ...completenessOf(String(content.code ?? "")) };
}
