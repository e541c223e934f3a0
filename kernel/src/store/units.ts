import { addToList } from "../add-to-list.ts";
import { quoteLiteral } from "../engine/quote.ts";
import type { Dataset } from "./datasets.ts";

/** A folder of the store with the datasets in it that count: one, or those of a pack. */
export interface Unit {
  readonly folder: string;
  readonly datasets: readonly Dataset[];
  /** Whether its files also hold rows of datasets that no longer count. */
  readonly filtered: boolean;
}

/** The datasets by the folder that holds them. */
export function unitsOf(datasets: readonly Dataset[]): Unit[] {
  const folders = new Map<string, Dataset[]>();
  for (const dataset of datasets) addToList(folders, dataset.folder, dataset);
  return [...folders].map(([folder, members]) => ({
    folder,
    datasets: members,
    filtered: members.length < (members[0]?.members ?? 1),
  }));
}

/** A WHERE clause that leaves the rows that count; empty when all do. */
export function whereCounted(units: readonly Unit[]): string {
  if (!units.some(({ filtered }) => filtered)) return "";
  const names = units.flatMap(({ datasets }) => datasets.map(({ name }) => quoteLiteral(name)));
  return ` WHERE dataset IN (${names.join(", ")})`;
}
