import { basename } from "node:path";
import type { Table } from "apache-arrow";
import { withColumnMetadata } from "../engine/columns.ts";
import { tableFromRecords } from "../engine/records.ts";
import type { Store } from "./store.ts";

/** A row for each dataset of a store, oldest first: what it is, how large, who may see it, where and when it is from. */
export interface DatasetOverview {
  readonly dataset: string;
  readonly title: string;
  readonly subjects: number;
  readonly values: number;
  readonly megabytes: number;
  readonly access: string;
  /** What one record is about; empty where nobody knows. */
  readonly record: string;
  readonly licence: string;
  readonly source: string;
  readonly retrieved: string;
}

/** What a store holds, dataset by dataset. */
export function storeOverview(store: Store): DatasetOverview[] {
  const datasets = store.datasets();
  const rowsIn = new Map<string, number>();
  for (const { folder, manifest } of datasets)
    rowsIn.set(folder, (rowsIn.get(folder) ?? 0) + rowsOf(manifest.contents));
  return datasets.map(({ name, folder, manifest }) => {
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    // Datasets of one pack share its files: each has its part by rows.
    const share = rowsOf(manifest.contents) / (rowsIn.get(folder) || 1);
    return {
      dataset: name,
      title: manifest.title,
      subjects: manifest.rows.subjects,
      values: manifest.rows.fixedValues + manifest.rows.timedValues,
      megabytes: Math.round((bytes * share) / 1e4) / 100,
      access: manifest.access,
      record: manifest.unitOfRecord ?? "",
      licence: manifest.licence,
      // Where a file of one's own lies tells who has it.
      source: manifest.access === "public" ? manifest.source.address : basename(manifest.source.address),
      retrieved: manifest.source.retrieved.slice(0, 16).replace("T", " "),
    };
  });
}

/** The same as a table, which anybody may see: it tells of data, not what they are. */
export function overviewTable(store: Store): Table {
  const titles: Readonly<Record<string, string>> = { megabytes: "Megabytes", retrieved: "Retrieved" };
  return withColumnMetadata(
    tableFromRecords(storeOverview(store).map((row) => ({ ...row }))),
    ({ name }) => ({
      access: "public",
      title: titles[name] ?? name.charAt(0).toUpperCase() + name.slice(1),
    }),
  );
}

const rowsOf = (contents: readonly { readonly rows: number }[]) =>
  contents.reduce((sum, { rows }) => sum + rows, 0);
