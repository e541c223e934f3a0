import { type AreaKind, areaKindNamed } from "../importers/areas/area.ts";
import { type FoundArea, findKnownArea } from "../importers/areas/find-area.ts";

/** What a search takes its words to mean. */
export interface Question {
  /** Words about the matter. */
  readonly words: readonly string[];
  readonly kinds: readonly AreaKind[];
  /** The words for these kinds, such as borough for a local authority. */
  readonly kindWords: readonly string[];
  readonly areas: readonly FoundArea[];
}

/** Reads a question: kinds of areas and names of areas are taken out, the rest are words about the matter. */
export function parseQuestion(text: string): Question {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  const question = {
    words: [] as string[],
    kinds: [] as AreaKind[],
    kindWords: [] as string[],
    areas: [] as FoundArea[],
  };
  for (let start = 0; start < words.length; ) {
    const area = areaAt(words, start);
    const kind = areaKindNamed(words.slice(start, start + 2).join(" "))
      ? 2
      : areaKindNamed(words[start] ?? "")
        ? 1
        : 0;
    if (kind > 0) {
      const named = words.slice(start, start + kind);
      const found = areaKindNamed(named.join(" "));
      if (found) question.kinds.push(found);
      question.kindWords.push(...named);
      start += kind;
    } else if (area) {
      question.areas.push(area.area);
      start += area.length;
    } else question.words.push(words[start++] ?? "");
  }
  return question;
}

/** The longest name of an area that begins at a word. */
function areaAt(words: readonly string[], start: number): { area: FoundArea; length: number } | undefined {
  for (let length = Math.min(5, words.length - start); length > 0; length--) {
    const area = findKnownArea(words.slice(start, start + length).join(" "));
    if (area) return { area, length };
  }
  return undefined;
}
