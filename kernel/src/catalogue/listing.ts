import { type AreaKind, areaKindNamed } from "../importers/areas/area.ts";
import { type CatalogueEntry, catalogueEntry } from "../importers/catalogue-entry.ts";
import type { Datasource, Importer } from "../importers/importer.ts";
import { importers } from "../importers/index.ts";

/** What is known of a datasource without its importer: plain data, which the build writes into a file. */
export interface Known {
  /** What is written after `%import`. */
  readonly word: string;
  readonly importer: Pick<Importer, "id" | "title" | "licence" | "provider">;
  readonly datasource: Pick<Datasource, "id" | "name" | "description" | "attributes" | "typical">;
  /** Labels of the subject types that it makes or whose values it brings. */
  readonly subjects: readonly string[];
  /** Kinds of areas among them. */
  readonly kinds: readonly AreaKind[];
  /** Codes of the areas that it is about; unknown when absent. */
  readonly covers: readonly string[] | undefined;
  /** Years that it is about, such as `2011` or `2000–2024`; `latest` when it always is the newest. */
  readonly years: string;
  /** Addresses of its files, where they depend on nothing that is asked for. */
  readonly addresses: readonly string[];
}

/** One datasource with its importer, as the catalogue and the doctor need them. */
export interface Listed extends Known {
  readonly importer: Importer;
  readonly datasource: Datasource;
  readonly entry: CatalogueEntry;
}

/** Importers that are not a source of data themselves: one reads what its settings say, the other what a program sends. */
const BRIDGES = new Set(["generalcsv", "general-csv", "python"]);

/** Publishers whose data are about London alone. */
const OF_LONDON = new Set(["uk.gov.london", "uk.gov.tfl", "erg.kcl.ac.uk"]);

const isOfLondon = ({ id, provider }: Importer) => id.startsWith("london/") || OF_LONDON.has(provider.label);

let listing: Promise<readonly Listed[]> | undefined;

/** All datasources of all importers, in the order of their words. Nothing is downloaded. */
export function listDatasources(): Promise<readonly Listed[]> {
  listing ??= loadListing();
  return listing;
}

async function loadListing(): Promise<readonly Listed[]> {
  const ids = Object.keys(importers).filter((id) => !id.split("/").some((part) => BRIDGES.has(part)));
  const all: Listed[] = [];
  for (const id of ids) {
    const importer = await importers[id]?.();
    if (importer) all.push(...importer.datasources.map((datasource) => listed(importer, datasource)));
  }
  return all;
}

function listed(importer: Importer, datasource: Datasource): Listed {
  const subjects = [
    ...datasource.subjectTypes.map(({ label }) => label),
    ...(datasource.valuesOf ?? []).map(({ label }) => label),
  ];
  const kinds = subjects.map(areaKindNamed).filter((kind) => kind !== undefined);
  return {
    word: wordOf(importer, datasource),
    importer,
    datasource,
    entry: catalogueEntry(importer, datasource),
    subjects: [...new Set(subjects)],
    kinds: [...new Set(kinds)],
    covers: importer.covers ?? (isOfLondon(importer) ? ["E12000007"] : undefined),
    years: yearsOf(importer, datasource),
    addresses: addressesOf(datasource),
  };
}

/** The shortest way to write it: `london/boroughs`, `osm/cycling`, `ons/oa/lsoa`. */
function wordOf({ id, datasources }: Importer, datasource: Datasource): string {
  if (datasources.length === 1) return id;
  const [family = "", name = ""] = id.split("/");
  if (family !== name) return `${id}/${datasource.id}`;
  const short = datasource.id.toLowerCase().startsWith(family)
    ? datasource.id.slice(family.length)
    : datasource.id;
  const unlike = datasources.some(
    ({ id: other }) => other !== datasource.id && other.toLowerCase() === short.toLowerCase(),
  );
  return `${family}/${unlike ? datasource.id : short.toLowerCase() === short ? short : short.replace(/^./, (letter) => letter.toLowerCase())}`;
}

const addressesOf = ({ files }: Datasource) =>
  typeof files === "function" ? [] : files.map(({ address }) => address);

const YEAR = /(?<![\d.])(19[89]\d|20[0-4]\d)(?!\d)/g;

/** From the vintage of its subjects, else from the years that its words name, else from those in its address. */
function yearsOf(importer: Importer, datasource: Datasource): string {
  if (datasource.years !== undefined) return datasource.years;
  const vintages = datasource.subjectTypes.flatMap(({ vintage }) => vintage ?? []);
  const words = [datasource.name, importer.title, datasource.description, importer.doc];
  for (const texts of [vintages, ...words.map((word) => [word]), addressesOf(datasource)]) {
    const years = texts.flatMap((text) => text.match(YEAR) ?? []).map(Number);
    if (years.length === 0) continue;
    const [first, last] = [Math.min(...years), Math.max(...years)];
    return first === last ? `${first}` : `${first}–${last}`;
  }
  return "latest";
}
