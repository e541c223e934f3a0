import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { quoteLiteral } from "../../kernel/src/engine/quote.ts";
import type { Attribute, ManifestDraft } from "../../kernel/src/store/manifest.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { writeDataset } from "../../kernel/src/store/write.ts";
import type { Given } from "./cases.ts";

/** Puts what a case is given into the store, in place of what the case before was given. */
export async function loadGiven(
  store: Store,
  given: Given,
  key = "given",
  more: Partial<ManifestDraft> = {},
): Promise<void> {
  const { subjects = [], timedValues = [], fixedValues = [] } = given;
  const types = distinct([
    ...subjects.map(({ provider, subjectType }) => ({ provider, label: subjectType })),
    ...(given.subjectTypes ?? []),
  ]);
  const attributes: Attribute[] = [
    ...distinct(timedValues.map(([, provider, label]) => ({ provider, label }))).map((each) =>
      describe(each, "timed"),
    ),
    ...distinct(fixedValues.map(([, provider, label]) => ({ provider, label }))).map((each) =>
      describe(each, "fixed"),
    ),
    ...(given.attributes ?? []).map((each) => describe(each, "timed")),
  ];
  const manifest: ManifestDraft = {
    version: 1,
    key,
    importer: "conformance",
    importerVersion: 1,
    title: "What the case is given",
    access: "public",
    licence: "",
    attribution: "",
    source: { address: "", digest: "", retrieved: new Date().toISOString() },
    subjectTypes: types.map(({ provider, label }) => ({ provider, label, name: label, count: 0 })),
    attributes,
    rows: { subjects: subjects.length, fixedValues: fixedValues.length, timedValues: timedValues.length },
    ...more,
  };
  const owners = new Map(subjects.map((subject) => [subject.label, subject]));
  const owner = (label: string) => {
    const { provider = "", subjectType = "" } = owners.get(label) ?? {};
    return [quoteLiteral(provider), quoteLiteral(subjectType), quoteLiteral(label)];
  };
  await writeDataset(store, manifest, {
    subjects: select(
      "provider, subject_type, label, name, shape, position",
      subjects.map(({ provider, subjectType, label, name, geometry }, position) => [
        quoteLiteral(provider),
        quoteLiteral(subjectType),
        quoteLiteral(label),
        name === null ? "NULL::VARCHAR" : quoteLiteral(name),
        geometry === null ? "NULL::GEOMETRY" : `ST_GeomFromText(${quoteLiteral(geometry)})`,
        String(position),
      ]),
      "VARCHAR, VARCHAR, VARCHAR, VARCHAR, GEOMETRY, BIGINT",
    ),
    fixed_values: select(
      "subject_provider, subject_type, subject_label, provider, attribute, value",
      fixedValues.map(([label, provider, attribute, value]) => [
        ...owner(label),
        quoteLiteral(provider),
        quoteLiteral(attribute),
        quoteLiteral(value),
      ]),
      "VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR",
    ),
    timed_values: select(
      "subject_provider, subject_type, subject_label, provider, attribute, timestamp, value",
      timedValues.map(([label, provider, attribute, timestamp, value]) => [
        ...owner(label),
        quoteLiteral(provider),
        quoteLiteral(attribute),
        `TIMESTAMP ${quoteLiteral(timestamp)}`,
        `${value}::DOUBLE`,
      ]),
      "VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, TIMESTAMP, DOUBLE",
    ),
  });
}

/** Writes the models of a case into a folder as the system of 2019 laid them out. */
export function writeModelFiles(folder: string, files: Given["modelFiles"] = {}): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  }
}

function select(columns: string, rows: readonly (readonly string[])[], types: string): string {
  const list = columns.split(", ");
  const casts = types.split(", ").map((type, index) => `${list[index]}::${type} AS ${list[index]}`);
  if (rows.length === 0)
    return `SELECT ${types
      .split(", ")
      .map((type, index) => `NULL::${type} AS ${list[index]}`)
      .join(", ")} WHERE false`;
  return `SELECT ${casts.join(", ")} FROM (VALUES ${rows.map((row) => `(${row.join(", ")})`).join(", ")}) given(${columns})`;
}

function describe(
  { provider, label }: { provider: string; label: string },
  values: Attribute["values"],
): Attribute {
  return { provider, label, description: label, values };
}

function distinct<Item>(items: readonly Item[]): Item[] {
  const seen = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...seen.values()];
}
