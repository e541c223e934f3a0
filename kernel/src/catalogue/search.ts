import type { default as MiniSearch, SearchResult } from "minisearch";
import type { ImporterAttribute } from "../importers/importer.ts";
import type { Known } from "./listing.ts";
import { parseQuestion } from "./question.ts";
import { aboutness, bestAttributes, fit } from "./rank.ts";
import { SMALL_WORDS, stem } from "./stems.ts";
import { wordIndex } from "./word-index.ts";

/** A datasource that a search has found, with the measurements that fit best. */
export interface Hit {
  readonly listed: Known;
  readonly score: number;
  readonly attributes: readonly ImporterAttribute[];
}

/** What a search has found. */
export interface Found {
  /** The datasources that answer the question, best first. */
  readonly hits: readonly Hit[];
  /** Whether they have only words that are spelt alike. */
  readonly isGuessed: boolean;
}

/** Searches the catalogue. */
export async function searchCatalogue(text: string): Promise<Found> {
  const question = parseQuestion(text);
  const { search, all } = await wordIndex();
  const terms = question.words
    .filter((word) => !SMALL_WORDS.has(word.toLowerCase()))
    .map(stem)
    .filter((word) => word !== "");
  const scores = new Map<number, number>();
  const { results, isGuessed } = searchTerms(search, terms.join(" "));
  for (const { id, score } of results) scores.set(Number(id), score);
  const found = terms.length > 0 ? [...scores.keys()] : all.map((_, number) => number);
  const hits = found.flatMap((number) => {
    const listed = all[number];
    if (!listed) return [];
    const score = (scores.get(number) ?? 1) * fit(listed, question) * aboutness(listed, terms);
    return [{ listed, score }];
  });
  const best = Math.max(0, ...hits.map(({ score }) => score));
  const good = hits
    .filter(({ score }) => score > best / 25)
    .map((hit) => ({ ...hit, attributes: bestAttributes(hit.listed, terms) }));
  return { hits: mixed(good), isGuessed };
}

/** Each further datasource of an importer counts two fifths less, lest seven tables that are alike hide all others. */
function mixed(hits: readonly Hit[]): Hit[] {
  const seen = new Map<string, number>();
  const byScore = (first: Hit, second: Hit) =>
    second.score - first.score || (first.listed.word < second.listed.word ? -1 : 1);
  return [...hits]
    .sort(byScore)
    .map((hit) => {
      const before = seen.get(hit.listed.importer.id) ?? 0;
      seen.set(hit.listed.importer.id, before + 1);
      return { ...hit, score: hit.score * 0.6 ** before };
    })
    .sort(byScore);
}

/** What is found; when nothing is, words may have been mistyped badly. */
function searchTerms(
  search: MiniSearch,
  text: string,
): { readonly results: readonly SearchResult[]; readonly isGuessed: boolean } {
  const results = text === "" ? [] : search.search(text);
  if (text === "" || results.length > 0) return { results, isGuessed: false };
  return { results: search.search(text, { fuzzy: 0.4 }), isGuessed: true };
}
