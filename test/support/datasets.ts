import type { Work } from "../../kernel/src/progress.ts";
import type { ManifestDraft } from "../../kernel/src/store/manifest.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { type DatasetRows, writeDataset } from "../../kernel/src/store/write.ts";

/** What a made-up dataset says of itself. */
export function draft(key: string, given: Partial<ManifestDraft> = {}): ManifestDraft {
  return {
    version: 1,
    key,
    importer: "test",
    importerVersion: 1,
    title: `Made up: ${key}`,
    access: "public",
    licence: "none",
    attribution: "Made by hand.",
    source: { address: `test:${key}`, digest: "0", retrieved: "2018-03-16T00:00:00.000Z" },
    subjectTypes: [],
    attributes: [],
    rows: { subjects: 0, fixedValues: 0, timedValues: 0 },
    ...given,
  };
}

/** Writes a made-up dataset. */
export function write(
  store: Store,
  key: string,
  rows: DatasetRows,
  given: Partial<ManifestDraft> = {},
  work: Work = {},
): Promise<void> {
  return writeDataset(store, draft(key, given), rows, work);
}

/** A SELECT of subjects of type `town/place`: label, name and place of each. */
export function subjects(rows: readonly (readonly [string, string, number, number])[]): string {
  const values = rows.map(
    ([label, name, x, y], position) => `('${label}', '${name}', ST_Point(${x}, ${y}), ${position})`,
  );
  return `SELECT 'town' AS provider, 'place' AS subject_type, * FROM (VALUES ${values.join(", ")}) AS row(label, name, shape, position)`;
}

/** A SELECT of timed values of subjects of type `town/place`: label, attribute, timestamp and value of each. */
export function timedValues(rows: readonly (readonly [string, string, string, number])[]): string {
  const values = rows.map(
    ([label, attribute, timestamp, value]) =>
      `('${label}', 'town', '${attribute}', TIMESTAMP '${timestamp}', ${value})`,
  );
  return `SELECT 'town' AS subject_provider, 'place' AS subject_type, *
    FROM (VALUES ${values.join(", ")}) AS row(subject_label, provider, attribute, timestamp, value)`;
}

/** A SELECT of fixed values of subjects of type `town/place`: label, attribute and value of each. */
export function fixedValues(rows: readonly (readonly [string, string, string])[]): string {
  const values = rows.map(([label, attribute, value]) => `('${label}', 'town', '${attribute}', '${value}')`);
  return `SELECT 'town' AS subject_provider, 'place' AS subject_type, *
    FROM (VALUES ${values.join(", ")}) AS row(subject_label, provider, attribute, value)`;
}
