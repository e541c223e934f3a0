/** Beginning of the names of our MIME types. */
const OURS = "application/vnd.tombolo.";
const KEPT = ["version", "access", "title", "live"] as const;

type Part = Readonly<Record<string, unknown>>;

/**
 * What may be saved of an output's parts when one of ours says that they are not public: its reference and a sentence.
 * Undefined for outputs that may be saved as they are. The save hook of Jupyter Server does the same.
 */
export function savedPartOfClosed(data: Part): Record<string, unknown> | undefined {
  for (const [mime, value] of Object.entries(data)) {
    if (!mime.startsWith(OURS) || !isPart(value) || (value.access ?? "public") === "public") continue;
    const kept = "live" in value ? KEPT.filter((key) => key in value).map((key) => [key, value[key]]) : [];
    const what = kept.length > 0 && "title" in value ? value.title : "An output";
    const text = `${String(what)} of ${String(value.access)} data: run the cell to see it.`;
    const saved = { ...(kept.length > 0 && { [mime]: Object.fromEntries(kept) }), "text/plain": text };
    return isNothingElse(data, mime, text) && isReference(value) ? undefined : saved;
  }
  return undefined;
}

/** Whether an output has no parts but ours and its sentence, as a placeholder. */
function isNothingElse(data: Part, mime: string, text: string): boolean {
  return Object.entries(data).every(
    ([type, part]) => type === mime || (type === "text/plain" && part === text),
  );
}

const isReference = (value: Part): boolean =>
  "live" in value && Object.keys(value).every((key) => KEPT.some((kept) => kept === key));

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
