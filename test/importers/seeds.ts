import type { Store } from "../../kernel/src/store/store.ts";
import { writeDataset } from "../../kernel/src/store/write.ts";

/** Areas that the values of the recorded files hang on: label, type, name. All lie at 0, 0. */
export const SEEDS: readonly (readonly [string, string, string])[] = [
  ["E01000001", "lsoa", "City of London 001A"],
  ["E01000002", "lsoa", "City of London 001B"],
  ["E01000003", "lsoa", "City of London 001C"],
  ["E01002766", "lsoa", "Islington 015E"],
  ["E01002767", "lsoa", "Islington 011D"],
  ["E01025542", "lsoa", "Wyre 010A"],
  ["E01025613", "lsoa", "Blaby 010A"],
  ["E02000001", "msoa", "City of London 001"],
  ["E02000564", "msoa", "Islington 011"],
  ["E05000371", "ward", "Finsbury Park"],
  ["E09000001", "localAuthority", "City of London"],
  ["E09000002", "localAuthority", "Barking and Dagenham"],
  ["E09000019", "localAuthority", "Islington"],
  ["E08000035", "localAuthority", "Leeds"],
  ["E12000001", "englandBoundaries", "North East"],
];

/** Puts some of these seeds into a store. */
export async function seed(store: Store, labels: readonly string[]): Promise<void> {
  const rows = labels.map((label, position) => {
    const [, type = "", name = ""] = SEEDS.find(([each]) => each === label) ?? [];
    return `('uk.gov.ons', '${type}', '${label}', '${name}', ST_SetCRS(ST_Point(0, 0), 'OGC:CRS84'), ${position})`;
  });
  if (rows.length === 0) return;
  const types = [...new Set(SEEDS.filter(([label]) => labels.includes(label)).map(([, type]) => type))];
  const manifest = {
    version: 1,
    key: "seeds",
    importer: "test/seeds",
    importerVersion: 1,
    title: "Seeds",
    access: "public",
    licence: "",
    attribution: "",
    source: { address: "", digest: "", retrieved: "2020-01-01T00:00:00.000Z" },
    subjectTypes: types.map((label) => ({ provider: "uk.gov.ons", label, name: label, count: 1 })),
    attributes: [],
    rows: { subjects: rows.length, fixedValues: 0, timedValues: 0 },
  } as const;
  await writeDataset(store, manifest, {
    subjects: `SELECT * FROM (VALUES ${rows.join(", ")}) AS seed(provider, subject_type, label, name, shape, position)`,
  });
}
