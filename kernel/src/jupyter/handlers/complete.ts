import { type Completions, type Match, placeOfCompletion } from "../../cell/complete.ts";
import type { CompletionItem } from "../../language/answers.ts";
import type { Kernel } from "../kernel.ts";
import { fromCodePoints, toCodePoints } from "../positions.ts";
import type { Json, Message } from "../wire.ts";

/** More than this many names are everything that could stand there, not something particular. */
const MANY = 100;

/** `complete_request`: what can be written at the cursor, by the types and by the values at hand. */
export async function complete(kernel: Kernel, { content }: Message): Promise<Json> {
  const code = String(content.code ?? "");
  const cursor = fromCodePoints(code, Number(content.cursor_pos ?? code.length));
  const language = await kernel.language();
  const [values, typed] = await Promise.all([
    kernel.askBriefly("complete", { code, cursor }),
    language.complete(code, cursor),
  ]);
  const found = values ?? { matches: [], ...placeOfCompletion(code, cursor) };
  // Where no name can stand, as in a comment, the language service offers none.
  const isNowhere = found.place === "name" && typed.length === 0 && !code.trimStart().startsWith("%");
  const matches = isNowhere ? [] : merge(found, typed, code.slice(found.start, cursor));
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  return {
    status: "ok",
    matches: matches.map(({ text }) => text),
    cursor_start: start,
    cursor_end: end,
    metadata: { _jupyter_types_experimental: matches.map((match) => ({ ...match, start, end })) },
  };
}

/** What the notebook's own values offer comes first, then what the types say, in the order of the language service. */
function merge({ matches, place }: Completions, typed: readonly CompletionItem[], written: string): Match[] {
  if (place === "magic") return [...matches];
  const fitting = typed
    // Symbols cannot be written after a dot, and what can is one word.
    .filter(({ insertText }) => insertText.startsWith(written) && !insertText.startsWith("["))
    .sort((a, b) => (a.sortText < b.sortText ? -1 : 1))
    .map(({ insertText, type }) => ({ text: insertText, type }));
  const isParticular = place === "name" && typed.length > 0 && typed.length < MANY;
  const [first, second] = place === "name" ? [matches, fitting] : [fitting, matches];
  const byText = new Map<string, Match>();
  for (const match of isParticular ? fitting : [...first, ...second]) {
    const known = byText.get(match.text);
    // The types know more of what a name is.
    byText.set(match.text, known ? { ...known, type: typeOf(fitting, match) } : match);
  }
  return [...byText.values()];
}

function typeOf(typed: readonly Match[], { text, type }: Match): string {
  return typed.find((each) => each.text === text)?.type ?? type;
}
