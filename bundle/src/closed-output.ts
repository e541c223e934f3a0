import { closedAccess, placeholderText, readReference, type Written } from "./placeholder.ts";

/** Beginning of the names of our MIME types. */
const OURS = "application/vnd.tombolo.";

type Part = Readonly<Record<string, unknown>>;

/** The parts of an output that are saved. */
export interface OutputParts {
  readonly data: Part;
  readonly metadata?: Part | undefined;
}

/**
 * What may be saved of an output of which one of our parts does not say that it is public: its reference and a sentence.
 * Undefined for outputs that may be saved as they are. The save hook of Jupyter Server does the same.
 */
export function savedPartOfClosed({ data, metadata = {} }: OutputParts, written: Written): Part | undefined {
  const closed = Object.entries(data).find(([mime, value]) => mime.startsWith(OURS) && !isPublic(value));
  if (!closed) return undefined;
  const [mime, value] = closed;
  const reference = readReference(mime, value, written);
  const text = reference
    ? placeholderText(mime, reference)
    : `An output of ${closedAccess(value)} data: run the cell to see it.`;
  const saved = { ...(reference && { [mime]: reference }), "text/plain": text };
  const isNothingElse = Object.entries(data).every(([type, part]) =>
    type === mime ? isSame(part, reference) : type === "text/plain" && joined(part) === text,
  );
  return isNothingElse && Object.keys(metadata).length === 0 ? undefined : saved;
}

function isPublic(value: unknown): boolean {
  return typeof value === "object" && value !== null && "access" in value && value.access === "public";
}

/** Whether a reference holds what may be saved, in whatever order. */
function isSame(part: unknown, reference: object | undefined): boolean {
  const sorted = (object: object) =>
    JSON.stringify(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  return (
    reference !== undefined && typeof part === "object" && part !== null && sorted(part) === sorted(reference)
  );
}

/** Files have texts as lists of lines. */
function joined(part: unknown): unknown {
  return Array.isArray(part) ? part.join("") : part;
}
