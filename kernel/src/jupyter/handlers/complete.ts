import type { Kernel } from "../kernel.ts";
import { fromCodePoints, toCodePoints } from "../positions.ts";
import type { Json, Message } from "../wire.ts";

/** `complete_request`: what can be written at the cursor. */
export async function complete(kernel: Kernel, { content }: Message): Promise<Json> {
  const code = String(content.code ?? "");
  const cursor = fromCodePoints(code, Number(content.cursor_pos ?? code.length));
  const found = await kernel.main.ask("complete", { code, cursor });
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  return {
    status: "ok",
    matches: found.matches.map(({ text }) => text),
    cursor_start: start,
    cursor_end: end,
    metadata: { _jupyter_types_experimental: found.matches.map((match) => ({ ...match, start, end })) },
  };
}
