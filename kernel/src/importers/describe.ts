import { join } from "node:path";
import { STATISTIC_KINDS } from "../engine/columns.ts";
import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { readFiles } from "../engine/read-files.ts";
import { rowsOf } from "../engine/rows.ts";
import type { Attribute, Manifest, ManifestDraft } from "../store/manifest.ts";
import type { Store } from "../store/store.ts";
import { TABLES } from "../store/tables.ts";
import type { Datasource, Importer } from "./importer.ts";
import { journalKey } from "./journal.ts";
import type { Job } from "./settle.ts";
import type { Staged } from "./stage/stage.ts";
import { valuesOf } from "./stage/subjects.ts";

/** Makes the view `subjects`: those of the store, without their shapes. Of a label in two datasets the newer counts. */
export async function viewSubjects({ engine, datasets }: Store): Promise<void> {
  const parts = datasets()
    .filter(({ manifest }) => manifest.files.some(({ name }) => name === TABLES.subjects.file))
    .map(({ folder }, age) => {
      const file = readFiles("read_parquet", [join(folder, TABLES.subjects.file)]);
      return `SELECT provider, subject_type, label, name, ${age} AS age FROM ${file}`;
    });
  const none = "SELECT '' AS provider, '' AS subject_type, '' AS label, '' AS name, 0 AS age WHERE false";
  const all = parts.length > 0 ? parts.join(" UNION ALL ") : none;
  await engine.run(`CREATE OR REPLACE TEMP VIEW subjects AS SELECT provider, subject_type, label, arg_max(name, age) AS name
    FROM (${all}) GROUP BY ALL`);
}

/**
 * Changes when the store gets other subjects of the types that a datasource's values hang on: then more values may find
 * theirs. Empty for a datasource that brings its subjects along.
 */
export async function fingerprint(store: Store, importer: Importer, datasource: Datasource): Promise<string> {
  if (!datasource.valuesOf) return "";
  const types = valuesOf(importer, datasource).map(
    ({ provider, label }) =>
      `(provider = ${quoteLiteral(provider)} AND subject_type = ${quoteLiteral(label)})`,
  );
  const found = await store.engine.query(
    `SELECT count(*) AS subjects, coalesce(bit_xor(hash(provider, subject_type, label)), 0)::VARCHAR AS digest
      FROM subjects WHERE ${types.join(" OR ")}`,
  );
  const [row = {}] = rowsOf(found);
  return `${String(row["subjects"])}-${String(row["digest"])}`;
}

/** The manifest of what has been staged. */
export async function describeDataset(
  engine: Engine,
  { importer, datasource, context, key, title }: Job,
  { rows, handedOver }: Staged,
  source: Manifest["source"],
): Promise<ManifestDraft> {
  const vintage = datasource.subjectTypes.find((type) => type.vintage !== undefined)?.vintage;
  return {
    version: 1,
    key,
    importer: importer.id,
    importerVersion: importer.version,
    title: importer.datasources.length > 1 ? `${importer.title}: ${title}` : importer.title,
    access: importer.access,
    ...(importer.overruled && { overruled: importer.overruled }),
    ...(importer.unitOfRecord && { unitOfRecord: importer.unitOfRecord }),
    licence: importer.licence,
    attribution: importer.attribution,
    source,
    subjectTypes: await describeTypes(engine, importer, datasource),
    attributes: await describeAttributes(engine, importer),
    rows,
    handedOver,
    providers: [importer.provider, ...datasource.subjectTypes.flatMap(({ provider }) => provider ?? [])],
    journal: journalKey(context),
    request: {
      importerClass: importer.className ?? importer.id,
      datasourceId: datasource.id,
      ...(context.geographyScope.length > 0 && { geographyScope: context.geographyScope }),
      ...(context.temporalScope.length > 0 && { temporalScope: context.temporalScope }),
      ...(context.localData.length > 0 && { localData: context.localData }),
    },
    ...(vintage !== undefined && { vintage }),
  };
}

async function describeTypes(
  engine: Engine,
  importer: Importer,
  { subjectTypes }: Datasource,
): Promise<Manifest["subjectTypes"]> {
  const counts = rowsOf(
    await engine.query(
      "SELECT provider, subject_type, count(*) AS subjects FROM staged_subjects GROUP BY ALL",
    ),
  );
  const described = subjectTypes.map(({ label, name, provider }) => {
    const owner = (provider ?? importer.provider).label;
    const found = counts.find((row) => row["provider"] === owner && row["subject_type"] === label);
    return { provider: owner, label, name, count: Number(found?.["subjects"] ?? 0) };
  });
  // A type of which the file has only values is another dataset's.
  return described.filter(({ count }) => count > 0);
}

/** An attribute that has values of both sorts is listed with each. */
async function describeAttributes(engine: Engine, importer: Importer): Promise<Attribute[]> {
  const used = ["fixed", "timed"].map((kind) => `SELECT attribute, '${kind}' AS sort FROM used_${kind}`);
  const rows = rowsOf(
    await engine.query(`SELECT label, description, unit, kind, sort FROM staged_attributes
      LEFT JOIN (${used.join(" UNION ALL ")}) ON attribute = label ORDER BY number, sort`),
  );
  return rows.map((row) => {
    const label = String(row["label"]);
    const kind = STATISTIC_KINDS.find((known) => known === row["kind"]);
    const declared = importer.datasources
      .flatMap(({ attributes }) => attributes)
      .find((each) => each.label === label);
    return {
      provider: importer.provider.label,
      label,
      description: String(row["description"] ?? label),
      ...(typeof row["unit"] === "string" && { unit: row["unit"] }),
      ...(kind && { kind }),
      values: (row["sort"] ?? declared?.values) === "timed" ? "timed" : "fixed",
    };
  });
}
