import type { Table } from "apache-arrow";
import { withColumnMetadata } from "../engine/columns.ts";
import { tableFromRecords } from "../engine/records.ts";
import { UserError } from "../errors.ts";
import { AREA_KINDS } from "../importers/areas/area.ts";
import type { ImporterAttribute } from "../importers/importer.ts";
import { plainDescription } from "../importers/plain-description.ts";
import type { Store } from "../store/store.ts";
import { lastChecked } from "./checked.ts";
import { type Hit, searchCatalogue } from "./search.ts";
import { unitOrReason } from "./unit.ts";
import { knownDatasources } from "./word-index.ts";

/** Most rows of an answer. */
export const MOST_FOUND = 20;

/** What `%find` takes besides the words. */
export interface FindOptions {
  readonly rows?: number | undefined;
  /** Tells what has been imported already, and when. */
  readonly store?: Pick<Store, "datasets" | "folder"> | undefined;
  /** Takes a sentence where what was found is only spelt alike. */
  readonly onWarning?: ((sentence: string) => void) | undefined;
}

/**
 * The datasources that answer words such as `cycling lsoa leeds`, best first: a table with what to write after `%import`, name, what is
 * measured, unit, kind, areas, years, licence and when it was last checked. Throws a UserError with near words when there is none.
 */
export async function findDatasources(
  words: string,
  { rows = MOST_FOUND, store, onWarning }: FindOptions = {},
): Promise<Table> {
  const { hits, isGuessed } = await searchCatalogue(words);
  if (hits.length === 0) {
    throw new UserError(`Nothing is known about "${words}"`, {
      where: words,
      hint: "Try other words; %catalogue lists everything that can be imported.",
    });
  }
  if (isGuessed) onWarning?.(`No datasource has "${words}" in it; these have words that are spelt alike.`);
  const records = hits.slice(0, rows).map((hit) => recordOf(hit, store));
  return withColumnMetadata(tableFromRecords(records), () => ({ access: "public" }));
}

/** All datasources as such a table. */
export async function listTable({ store }: FindOptions = {}): Promise<Table> {
  const records = (await knownDatasources()).map((listed) =>
    recordOf({ listed, attributes: [], score: 0 }, store),
  );
  return withColumnMetadata(tableFromRecords(records), () => ({ access: "public" }));
}

function recordOf({ listed, attributes }: Hit, store: FindOptions["store"]): Record<string, unknown> {
  const { word, importer, datasource, subjects, years } = listed;
  const shown = attributes.length > 0 ? attributes : datasource.attributes;
  const described = [...shown, ...(datasource.typical ? [datasource.typical] : [])];
  return {
    import: word,
    name: datasource.name === "" || datasource.name === datasource.id ? importer.title : datasource.name,
    measures: attributes.length > 0 ? attributes.map(measured).join("; ") : datasource.description,
    unit: unitsOf(described),
    kind: distinct(described.map(({ kind }) => kind))
      .slice(0, 3)
      .join(", "),
    areas: subjects.map(areaName).join(", "),
    years,
    licence: importer.licence,
    checked: lastChecked(listed, store),
  };
}

/** What an attribute measures; its label where that says more, as when only the label names the gas. */
function measured({ label, description }: ImporterAttribute): string {
  return label.includes(description) ? label : plainDescription(description);
}

/** The first units; that something has none is told only when nothing has one. */
function unitsOf(described: readonly Pick<ImporterAttribute, "unit" | "kind">[]): string {
  const units = distinct(described.map(unitOrReason));
  const real = units.filter((unit) => unit !== "none");
  return (real.length > 0 ? real : units).slice(0, 3).join(", ");
}

const distinct = (texts: readonly (string | undefined)[]) => [
  ...new Set(texts.filter((text) => text !== undefined)),
];

/** A subject type in the words of people: `lsoa` stays what it is, `englandBoundaries` becomes `region`. */
function areaName(label: string): string {
  const known = AREA_KINDS.find(({ kind }) => kind === label);
  return known ? known.names[0] : label;
}
