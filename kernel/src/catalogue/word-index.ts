import { existsSync, readFileSync } from "node:fs";
import MiniSearch, { type Options } from "minisearch";
import { type Known, type Listed, listDatasources } from "./listing.ts";
import { alikeTo, SMALL_WORDS, spaced, stem } from "./stems.ts";

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

/** The index, loaded once. */
export function wordIndex(): Promise<SearchIndex> {
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
  return (await wordIndex()).all;
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
