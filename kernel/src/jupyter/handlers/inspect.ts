import type { Kernel } from "../kernel.ts";
import { fromCodePoints } from "../positions.ts";
import type { Json, Message } from "../wire.ts";

/** `inspect_request`: explains what stands at the cursor. */
export async function inspect(kernel: Kernel, { content }: Message): Promise<Json> {
  const code = String(content.code ?? "");
  const cursor = fromCodePoints(code, Number(content.cursor_pos ?? code.length));
  const data = await kernel.main.ask("inspect", { code, cursor });
  return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
}
