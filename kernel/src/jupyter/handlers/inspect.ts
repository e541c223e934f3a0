import { explanationForms } from "../../cell/explanation.ts";
import type { Kernel } from "../kernel.ts";
import { fromCodePoints } from "../positions.ts";
import type { Json, Message } from "../wire.ts";

/** What the language service says of a name that it does not know. */
const UNKNOWN = /^```typescript\s+any\s+```$/;

/** `inspect_request`: explains what stands at the cursor, by its type and by its value. */
export async function inspect(kernel: Kernel, { content }: Message): Promise<Json> {
  const code = String(content.code ?? "");
  const cursor = fromCodePoints(code, Number(content.cursor_pos ?? code.length));
  const language = await kernel.language();
  const [values, explained] = await Promise.all([
    kernel.askBriefly("inspect", { code, cursor }),
    language.explain(code, cursor),
  ]);
  const typed = explained && UNKNOWN.test(explained.trim()) ? undefined : explained;
  if (!values && !typed) return { status: "ok", found: false, data: {}, metadata: {} };
  const data = explanationForms(values, typed, content.detail_level === 1);
  return { status: "ok", found: true, data, metadata: {} };
}
