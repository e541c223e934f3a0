import { quoteLiteral } from "../../kernel/src/engine/quote.ts";
import { clearStore } from "../../kernel/src/store/clear.ts";
import type { Attribute, ManifestDraft, Provider, SubjectType } from "../../kernel/src/store/manifest.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { type DatasetRows, writeDataset } from "../../kernel/src/store/write.ts";
import { rowsOf } from "../support/store.ts";

/** One thing done to a store: `op` and its arguments. */
export type Operation = Readonly<Record<string, string>>;

/** Does an operation of a case; what is saved is a dataset of its own, as an import would be. */
export async function applyOperation(store: Store, operation: Operation, index: number): Promise<void> {
  const {
    op,
    provider = "",
    label = "",
    name = "",
    description = "",
    subjectType = "",
    geometry,
    subject = "",
  } = operation;
  switch (op) {
    case "saveProvider":
      return save(store, index, { providers: [{ label, name }] });
    case "saveSubjectType":
      return save(store, index, { subjectTypes: [{ provider, label, name, count: 0 }] });
    case "saveAttribute":
      return save(store, index, { attributes: [{ provider, label, description, values: "fixed" }] });
    case "saveSubject": {
      const shape = geometry === undefined ? "NULL::GEOMETRY" : `ST_GeomFromText(${quoteLiteral(geometry)})`;
      const texts = [provider, subjectType, label, name].map(quoteLiteral);
      const columns = ["provider", "subject_type", "label", "name"].map(
        (column, at) => `${texts[at]} AS ${column}`,
      );
      return save(
        store,
        index,
        {},
        { subjects: `SELECT ${columns.join(", ")}, ${shape} AS shape, 0::BIGINT AS position` },
      );
    }
    case "saveFixedValue": {
      const owner = `SELECT provider AS subject_provider, subject_type, label AS subject_label FROM subjects WHERE label = ${quoteLiteral(subject)}`;
      const values = `(SELECT ${quoteLiteral(await providerOf(store, operation.attribute ?? ""))} AS provider, ${quoteLiteral(operation.attribute ?? "")} AS attribute, ${quoteLiteral(operation.value ?? "")} AS value)`;
      // Both parts must be made before the store changes under them.
      return save(store, index, {}, { fixed_values: `SELECT * FROM (${owner}) CROSS JOIN ${values}` });
    }
    case "addJournalEntry":
      return save(store, index, { importer: operation.className ?? "", journal: operation.key ?? "" });
    case "clear":
      await clearStore(store);
      return;
    default:
      throw new Error(`no operation ${op}`);
  }
}

async function providerOf(store: Store, attribute: string): Promise<string> {
  return store.catalogue().attributes.find(({ label }) => label === attribute)?.provider ?? "";
}

type Saved = Partial<ManifestDraft> & {
  readonly providers?: readonly Provider[];
  readonly subjectTypes?: readonly SubjectType[];
  readonly attributes?: readonly Attribute[];
};

async function save(store: Store, index: number, saved: Saved, rows: DatasetRows = {}): Promise<void> {
  const manifest: ManifestDraft = {
    version: 1,
    key: `operation ${index}`,
    importer: "conformance",
    importerVersion: 1,
    title: "An operation",
    access: "public",
    licence: "",
    attribution: "",
    source: { address: "", digest: "", retrieved: new Date().toISOString() },
    subjectTypes: [],
    attributes: [],
    rows: { subjects: 0, fixedValues: 0, timedValues: 0 },
    ...saved,
  };
  await writeDataset(store, manifest, rows);
}

/** What the store holds, as a case names it. */
export async function listTables(store: Store): Promise<Record<string, unknown[]>> {
  const { subjectTypes, attributes } = store.catalogue();
  const query = async (sql: string) => rowsOf(await store.engine.query(sql));
  return {
    providers: await query("SELECT * FROM providers"),
    subjectTypes: subjectTypes.map(({ provider, label, name }) => ({ provider, label, name })),
    attributes: attributes.map(({ provider, label, description }) => ({ provider, label, description })),
    subjects: await query("SELECT label FROM subjects"),
    fixedValues: await query("SELECT subject_label AS subject, attribute, value FROM fixed_values"),
    timedValues: await query("SELECT subject_label FROM timed_values"),
    journal: await query("SELECT * FROM journal"),
  };
}
