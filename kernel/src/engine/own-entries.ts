import type { Table } from "apache-arrow";
import { withColumnMetadata } from "./columns.ts";
import { ownLabel } from "./own-label.ts";
import { isPlainObject } from "./record-rows.ts";
import { tableFromRecords } from "./records.ts";

/** Most elements that are listed. */
const MOST = 100_000;

/**
 * What a user has made by hand and what is no list of objects, as a table of its elements: a list of values, a map, a set, a
 * plain object. Undefined for everything else, and for what is public, which needs no table to stay out of the file.
 */
export function tableOfEntries(made: object, textOf: (value: unknown) => string): Table | undefined {
  const entries = entriesOf(made).slice(0, MOST);
  if (entries.length === 0) return undefined;
  const own = ownLabel(made);
  if (own.access === "public") return undefined;
  const shown = (value: unknown) => (typeof value === "object" && value !== null ? textOf(value) : value);
  const rows = entries.map(({ key, value }) => ({
    ...(key !== undefined && { key: shown(key) }),
    value: shown(value),
  }));
  return withColumnMetadata(tableFromRecords(rows), () => own);
}

interface Entry {
  readonly key?: unknown;
  readonly value: unknown;
}

function entriesOf(made: object): Entry[] {
  if (Array.isArray(made) || made instanceof Set || isNumbers(made))
    return Array.from(made, (value: unknown) => ({ value }));
  const pairs = made instanceof Map ? [...made] : isPlainObject(made) ? Object.entries(made) : [];
  return pairs.map(([key, value]) => ({ key, value }));
}

function isNumbers(made: object): made is Float64Array {
  return ArrayBuffer.isView(made) && !(made instanceof DataView);
}
