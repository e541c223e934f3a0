import type { FoundArea } from "../importers/areas/find-area.ts";
import { LOCAL_AUTHORITIES } from "../importers/areas/local-authorities.ts";
import type { ImporterAttribute } from "../importers/importer.ts";
import { plainDescription } from "../importers/plain-description.ts";
import type { Known } from "./listing.ts";
import type { Question } from "./question.ts";
import { alikeTo, spaced, stem, stemsOf } from "./stems.ts";

/** How well the areas of a datasource fit those asked for: what is not about the place, or not of the kind, falls back. */
export function fit(listed: Known, question: Question): number {
  const { kinds, covers } = listed;
  const wanted = question.kinds;
  const place = question.areas.every(
    (area) => covers === undefined || chainOf(area).some((code) => covers.includes(code)),
  )
    ? 1
    : 0.05;
  if (wanted.length === 0) return place;
  if (!wanted.some((each) => kinds.includes(each))) return place * (kinds.length === 0 ? 0.5 : 0.1);
  return place * (question.words.length > 0 ? 1.5 : areasThemselves(listed, question.kindWords));
}

/** Who names nothing but a kind of areas looks for the areas, best those that are called by the same word. */
function areasThemselves({ word, importer, datasource }: Known, kindWords: readonly string[]): number {
  const names = spaced(`${word} ${importer.title} ${datasource.name}`).split(" ").map(stem);
  const isCalled = kindWords.some((each) => names.some((name) => name.startsWith(stem(each))));
  return (datasource.attributes.length === 0 ? 3 : 1) * (isCalled ? 2 : 1);
}

/** An area, the region and the country it lies in. */
function chainOf({ code }: FoundArea): string[] {
  const region = LOCAL_AUTHORITIES.find((authority) => authority.code === code)?.region;
  const isEnglish = code.startsWith("E");
  return [code, ...(region ? [region] : []), ...(isEnglish ? ["E92000001"] : [])];
}

/** What counts of a datasource in which the words asked for are found, but neither its name nor any measurement is about them. */
const LEAST_ABOUT = 0.1;

/** How far a datasource is about the words asked for: wholly when it is named so, else as far as its best measurement is. */
export function aboutness(listed: Known, terms: readonly string[]): number {
  if (terms.length === 0) return 1;
  const { names, measured } = wordsOf(listed);
  const each = terms.map((term) => {
    const same = new Set([term, ...alikeTo(term).map(stem)]);
    const among = (words: readonly string[]) => words.filter((stemmed) => same.has(stemmed)).length;
    if (among(names) > 0) return 1;
    return Math.max(0, ...measured.map((words) => among(words) / Math.max(1, words.length)));
  });
  const mean = each.reduce((sum, share) => sum + share, 0) / terms.length;
  return LEAST_ABOUT + (1 - LEAST_ABOUT) * mean;
}

interface Words {
  readonly names: readonly string[];
  /** Of each label and each description. */
  readonly measured: readonly (readonly string[])[];
}

const words = new WeakMap<Known, Words>();

function wordsOf(listed: Known): Words {
  const known = words.get(listed);
  if (known) return known;
  const { word, importer, datasource } = listed;
  const found = {
    names: stemsOf(`${word} ${importer.title} ${datasource.name} ${datasource.id}`),
    measured: datasource.attributes.flatMap(({ label, description }) => [label, description].map(ownWords)),
  };
  words.set(listed, found);
  return found;
}

/** The words that tell a measurement from the others of its table: `Bicycle` of `Method of travel to workplace: Bicycle`. */
const ownWords = (text: string) => stemsOf(plainDescription(text).split(/: /).at(-1) ?? "");

/** The attributes whose words are asked for, at most three. */
export function bestAttributes(
  { datasource: { attributes } }: Known,
  terms: readonly string[],
): ImporterAttribute[] {
  const wanted = new Set(terms.flatMap((term) => [term, ...alikeTo(term).map(stem)]));
  const scored = attributes
    .map((attribute, order) => {
      const words = stemsOf(`${attribute.label} ${attribute.description}`);
      return { attribute, order, score: words.filter((word) => wanted.has(word)).length };
    })
    .filter(({ score }) => score > 0);
  const best = scored.sort((first, second) => second.score - first.score || first.order - second.order);
  return best.slice(0, 3).map(({ attribute }) => attribute);
}
