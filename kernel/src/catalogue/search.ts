import { existsSync, readFileSync } from "node:fs";
import MiniSearch, { type Options, type SearchResult } from "minisearch";
import { type AreaKind, areaKindNamed } from "../importers/areas/area.ts";
import { type FoundArea, findKnownArea } from "../importers/areas/find-area.ts";
import { LOCAL_AUTHORITIES } from "../importers/areas/local-authorities.ts";
import type { ImporterAttribute } from "../importers/importer.ts";
import { type Known, type Listed, listDatasources } from "./listing.ts";

/** What a search takes its words to mean. */
export interface Question {
  /** Words about the matter. */
  readonly words: readonly string[];
  readonly kinds: readonly AreaKind[];
  /** The words for these kinds, such as borough for a local authority. */
  readonly kindWords: readonly string[];
  readonly areas: readonly FoundArea[];
}

/** A datasource that a search has found, with the measurements that fit best. */
export interface Hit {
  readonly listed: Known;
  readonly score: number;
  readonly attributes: readonly ImporterAttribute[];
}

/** Words about no matter. */
const SMALL_WORDS = new Set([
  "a",
  "an",
  "and",
  "at",
  "by",
  "for",
  "from",
  "in",
  "of",
  "on",
  "or",
  "per",
  "the",
  "to",
  "with",
]);

/** Words for one matter, in everyday language and in that of the publishers; the first letters of each are compared. */
const ALIKE: readonly (readonly string[])[] = [
  ["cycling", "bicycle", "bike", "cycle", "pedal"],
  ["deprivation", "poverty", "imd"],
  ["crime", "police", "offence"],
  ["pollution", "air", "no2", "pm10"],
  ["pay", "wages", "earnings", "income", "salary"],
  ["jobs", "employment", "work", "labour", "economic"],
  ["unemployment", "claimants", "jobseekers"],
  ["parks", "greenspace", "green", "open space"],
  ["doctors", "gp", "surgeries", "health", "clinic"],
  ["schools", "education", "pupils", "attainment"],
  ["population", "people", "residents"],
  ["boundaries", "borders", "areas", "polygons"],
  ["traffic", "vehicles", "cars", "roads"],
  ["trains", "stations", "tube", "underground", "transport"],
  ["obesity", "overweight", "bmi"],
  ["loneliness", "isolation", "lonely", "social"],
  ["tenure", "housing", "homes", "dwellings"],
  ["walking", "foot", "pedestrian", "active"],
  ["age", "elderly", "older", "children"],
  ["pubs", "bars", "restaurants", "cafes", "gastronomy", "food"],
];

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

/** The datasources that answer a question, best first. */
export async function searchCatalogue(text: string): Promise<readonly Hit[]> {
  const question = parseQuestion(text);
  const { search, all } = await index();
  const terms = question.words
    .filter((word) => !SMALL_WORDS.has(word.toLowerCase()))
    .map(stem)
    .filter((word) => word !== "");
  const scores = new Map<number, number>();
  for (const { id, score } of searchTerms(search, terms.join(" "))) scores.set(Number(id), score);
  const found = terms.length > 0 ? [...scores.keys()] : all.map((_, number) => number);
  const hits = found.flatMap((number) => {
    const listed = all[number];
    if (!listed) return [];
    const score = (scores.get(number) ?? 1) * fit(listed, question) * aboutness(listed, terms);
    return [{ listed, score }];
  });
  const best = Math.max(0, ...hits.map(({ score }) => score));
  return mixed(
    hits
      .filter(({ score }) => score > best / 25)
      .map((hit) => ({ ...hit, attributes: bestAttributes(hit.listed, terms) })),
  );
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
function searchTerms(search: MiniSearch, text: string): readonly SearchResult[] {
  if (text === "") return [];
  const found = search.search(text);
  return found.length > 0 ? found : search.search(text, { fuzzy: 0.4 });
}

interface SearchIndex {
  readonly search: MiniSearch;
  readonly all: readonly Known[];
}

/** What the build has written beside this module, so that the first question does not load every importer. */
const PREPARED = new URL("./prepared.json", import.meta.url);

const OPTIONS: Options = {
  fields: ["title", "name", "measures", "tags", "doc"],
  processTerm: (term) => (SMALL_WORDS.has(term.toLowerCase()) ? null : stem(term) || null),
  searchOptions: {
    boost: { title: 4, name: 5, measures: 2, tags: 2, doc: 1 },
    prefix: (term) => term.length > 3,
    fuzzy: (term) => (term.length > 5 ? 0.2 : false),
    combineWith: "OR",
  },
};

let built: Promise<SearchIndex> | undefined;

function index(): Promise<SearchIndex> {
  built ??= load();
  return built;
}

async function load(): Promise<SearchIndex> {
  if (!existsSync(PREPARED)) return build();
  const { all, search } = JSON.parse(readFileSync(PREPARED, "utf8"));
  return { all, search: MiniSearch.loadJS(search, OPTIONS) };
}

async function build(): Promise<SearchIndex> {
  const all = await listDatasources();
  const search = new MiniSearch(OPTIONS);
  search.addAll(all.map((listed, number) => documentOf(listed, number)));
  return { search, all };
}

/** All datasources, in the order of their words, without loading an importer where the build has prepared them. */
export async function knownDatasources(): Promise<readonly Known[]> {
  return (await index()).all;
}

/** Text of the file that the build writes: all datasources and the index of their words, made from the importers. */
export async function preparedCatalogue(): Promise<string> {
  const { search, all } = await build();
  return JSON.stringify({ all: all.map(known), search });
}

function known({ word, importer, datasource, subjects, kinds, covers, years, addresses }: Known): Known {
  const { id, title, licence, provider } = importer;
  const { name, description, attributes, typical } = datasource;
  return {
    word,
    importer: { id, title, licence, provider },
    datasource: { id: datasource.id, name, description, attributes, ...(typical && { typical }) },
    subjects,
    kinds,
    covers,
    years,
    addresses,
  };
}

/** The groups of words for one matter by the stem of each of their words. */
const ALIKE_BY_STEM = new Map<string, readonly string[]>();

function alikeTo(stemmed: string): readonly string[] {
  if (ALIKE_BY_STEM.size === 0)
    for (const group of ALIKE) for (const word of group) ALIKE_BY_STEM.set(stem(word), group);
  return ALIKE_BY_STEM.get(stemmed) ?? [];
}

function documentOf({ word, importer, datasource, entry }: Listed, id: number) {
  // Each word once: a file with a hundred columns about cycling is not a hundred times about cycling.
  const measures = new Map<string, string>();
  for (const { label, description } of datasource.attributes)
    addWords(measures, `${spaced(label)} ${description}`);
  const all = new Map(measures);
  addWords(all, `${datasource.name} ${importer.title} ${datasource.description}`);
  return {
    id,
    title: importer.title,
    name: `${datasource.name} ${spaced(datasource.id)}`,
    measures: [...measures.values()].join(" "),
    tags: [spaced(word), entry.provider.name, ...new Set([...all.keys()].flatMap(alikeTo))].join(" "),
    // What is said of a whole family of datasources would find all of them.
    doc:
      importer.datasources.length > 1 ? datasource.description : `${importer.doc} ${datasource.description}`,
  };
}

/** Adds the words of a text by their stems. */
function addWords(words: Map<string, string>, text: string): void {
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
    if (word !== "") words.set(stem(word), word);
  }
}

/** How well the areas of a datasource fit those asked for: what is not about the place, or not of the kind, falls back. */
function fit(listed: Known, question: Question): number {
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
function aboutness(listed: Known, terms: readonly string[]): number {
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
const ownWords = (text: string) =>
  stemsOf(
    text
      .replace(/; measures: Value$/, "")
      .split(/: /)
      .at(-1) ?? "",
  );

const stemsOf = (text: string) =>
  spaced(text)
    .split(/[^\p{L}\p{N}]+/u)
    .map(stem)
    .filter((word) => word !== "");

/** The attributes whose words are asked for, at most three. */
function bestAttributes(
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

const ENDINGS = ["ies", "ing", "es", "ed", "e", "s", "y"];
const SHORTEST_STEM = 3;

/** The beginning that the forms of a word have in common: `cycl` of cycle, cycles and cycling. */
function stem(word: string): string {
  const plain = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const ending = ENDINGS.find(
    (each) =>
      plain.endsWith(each) && plain.length - each.length >= (/^es?$/.test(each) ? 1 : 0) + SHORTEST_STEM,
  );
  return ending === undefined ? plain : plain.slice(0, -ending.length);
}

/** A label as words: `bicycleFraction` and `fraction_bicycle`. */
function spaced(label: string): string {
  return label.replace(/(?<=[a-z\d])(?=[A-Z])/g, " ").replace(/[_/-]+/g, " ");
}
