import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { rowsOf } from "../engine/rows.ts";
import { UserError } from "../errors.ts";
import type { DatasetRows } from "../store/write.ts";
import type { Datasource, Importer, Rows, SubjectTypeReference } from "./importer.ts";
import { parseTimestamp } from "./timestamp.ts";

/** How many objects an import gave, repeats included, as the importers of 2019 counted them. */
export interface Counts {
  readonly subjects: number;
  readonly fixedValues: number;
  readonly timedValues: number;
}

/** What staging found. */
export interface Staged {
  readonly handedOver: Counts;
  /** Rows that the dataset will have. */
  readonly rows: Counts;
  readonly dataset: DatasetRows;
}

/** What is staged. */
export interface StageInput {
  readonly engine: Engine;
  readonly importer: Importer;
  readonly datasource: Datasource;
  readonly rows: Rows;
  readonly warn: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts an importer's rows into the form of the store: subjects with valid shapes, values of subjects that are known, each
 * once, times read. Throws a UserError when what the importer says must hold does not.
 */
export async function stage(input: StageInput): Promise<Staged> {
  const subjects = await stageSubjects(input);
  await stageKnown(input);
  const attributes = await stageAttributes(input);
  const fixed = await stageValues(input, "fixed");
  const timed = await stageValues(input, "timed");
  const dataset: { -readonly [Table in keyof DatasetRows]: DatasetRows[Table] } = {};
  if (subjects > 0) dataset.subjects = SUBJECTS;
  if (attributes > 0)
    dataset.attributes =
      "SELECT provider, label, description, unit, kind FROM staged_attributes ORDER BY number";
  if (fixed.rows > 0) dataset.fixed_values = values(input.importer, "fixed");
  if (timed.rows > 0) dataset.timed_values = values(input.importer, "timed");
  return {
    handedOver: { subjects, fixedValues: fixed.handedOver, timedValues: timed.handedOver },
    rows: { subjects, fixedValues: fixed.rows, timedValues: timed.rows },
    dataset,
  };
}

/** Along a Hilbert curve, so that a query for a place reads few row groups. */
const SUBJECTS = `SELECT provider, subject_type, label, name, shape, position FROM staged_subjects
  ORDER BY ST_Hilbert(ST_Centroid(shape), (SELECT ST_Extent(ST_Extent_Agg(shape)) FROM staged_subjects)) NULLS LAST, position`;

function values(importer: Importer, kind: "fixed" | "timed"): string {
  const subject = "provider AS subject_provider, subject_type, label AS subject_label";
  const measured = kind === "fixed" ? "value" : "timestamp, value";
  const order = kind === "fixed" ? "attribute, position" : "attribute, timestamp, position";
  return `SELECT ${subject}, ${quoteLiteral(importer.provider.label)} AS provider, attribute, ${measured}
    FROM staged_${kind} ORDER BY ${order}`;
}

/** The subject types that a datasource's values hang on. */
export function valuesOf(importer: Importer, datasource: Datasource): readonly SubjectTypeReference[] {
  return (
    datasource.valuesOf ??
    datasource.subjectTypes.map(({ label, provider }) => ({
      provider: (provider ?? importer.provider).label,
      label,
    }))
  );
}

async function stageSubjects({
  engine,
  importer,
  datasource,
  rows,
  warn,
  signal,
}: StageInput): Promise<number> {
  const select = rows.subjects ?? "SELECT '' AS label, '' AS name, NULL::GEOMETRY AS shape WHERE false";
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE given_subjects AS SELECT row_number() OVER () - 1 AS position, * FROM (${select})`,
    { signal },
  );
  const columns = await columnsOf(engine, "given_subjects");
  const types = datasource.subjectTypes.map(({ label, provider }) => ({
    label,
    provider: (provider ?? importer.provider).label,
  }));
  const type = columns.has("subject_type") ? "subject_type" : quoteLiteral(types[0]?.label ?? "");
  const provider = `CASE ${type} ${types.map((each) => `WHEN ${quoteLiteral(each.label)} THEN ${quoteLiteral(each.provider)}`).join(" ")} END`;
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE staged_subjects AS SELECT ${types.length > 0 ? provider : "''"} AS provider, ${type} AS subject_type,
      label::VARCHAR AS label, name::VARCHAR AS name, ST_SetCRS(shape, 'OGC:CRS84') AS shape, position FROM given_subjects`,
    { signal },
  );
  const [counts = {}] = rowsOf(
    await engine.query(`SELECT count(*) AS subjects, count(DISTINCT (provider, subject_type, label)) FILTER (WHERE label IS NOT NULL) AS labels,
      count(*) FILTER (WHERE NOT ST_IsValid(shape)) AS invalid, count(*) FILTER (WHERE shape IS NULL) AS shapeless FROM staged_subjects`),
  );
  const [subjects, labels, invalid, shapeless] = ["subjects", "labels", "invalid", "shapeless"].map((name) =>
    Number(counts[name]),
  );
  if (!subjects && !datasource.expect) return 0;
  expectSubjects(importer, datasource, subjects ?? 0, labels ?? 0);
  if (invalid) {
    await engine.run("UPDATE staged_subjects SET shape = ST_MakeValid(shape) WHERE NOT ST_IsValid(shape)", {
      signal,
    });
    warn(`${invalid} of ${subjects} shapes were invalid and have been repaired.`);
  }
  if (shapeless && shapeless !== subjects) warn(`${shapeless} of ${subjects} rows have no shape.`);
  return subjects ?? 0;
}

function expectSubjects(
  importer: Importer,
  { expect, labelHint, name }: Datasource,
  subjects: number,
  labels: number,
): void {
  const title = name === "" ? importer.title : name;
  const { atLeast, atMost } = expect?.subjects ?? { atLeast: 0, atMost: Number.MAX_SAFE_INTEGER };
  if (subjects < atLeast || subjects > atMost) {
    const wanted = atLeast === atMost ? `${atLeast}` : `at least ${atLeast}`;
    throw new UserError(
      `${title} has ${subjects} rows where ${wanted} are expected, so nothing was imported`,
    );
  }
  if (labels === subjects) return;
  throw new UserError(
    `${title} has ${subjects - labels} rows whose label is missing or not unique, so nothing was imported`,
    labelHint === undefined ? {} : { hint: labelHint },
  );
}

/** Table `known`: labels of the subjects that values may hang on; where two types have a label, the first type counts. */
async function stageKnown({ engine, importer, datasource, signal }: StageInput): Promise<void> {
  const types = valuesOf(importer, datasource);
  const wanted = types.map(
    ({ provider, label }, rank) => `(${quoteLiteral(provider)}, ${quoteLiteral(label)}, ${rank})`,
  );
  const list = wanted.length > 0 ? wanted.join(", ") : "('', '', 0)";
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE known AS SELECT provider, subject_type, label, rank FROM
      (SELECT provider, subject_type, label FROM subjects UNION SELECT provider, subject_type, label FROM staged_subjects) s
      JOIN (VALUES ${list}) AS wanted(type_provider, type_label, rank) ON provider = type_provider AND subject_type = type_label`,
    { signal },
  );
}

async function stageAttributes({ engine, importer, datasource, rows, signal }: StageInput): Promise<number> {
  const declared = datasource.attributes.map(({ label, description, unit, kind }) =>
    [label, description, unit, kind]
      .map((text) => (text === undefined ? "NULL" : quoteLiteral(text)))
      .join(", "),
  );
  const list =
    declared.length > 0 ? declared.map((row) => `(${row})`).join(", ") : "(NULL, NULL, NULL, NULL)";
  const found = rows.attributes ?? "SELECT NULL AS label, NULL AS description WHERE false";
  await engine.run(`CREATE OR REPLACE TEMP TABLE found_attributes AS SELECT * FROM (${found})`, { signal });
  const columns = await columnsOf(engine, "found_attributes");
  const optional = ["unit", "kind"].map((name) =>
    columns.has(name) ? `${name}::VARCHAR AS ${name}` : `NULL::VARCHAR AS ${name}`,
  );
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE staged_attributes AS SELECT row_number() OVER () AS number, ${quoteLiteral(importer.provider.label)} AS provider, * FROM (
      SELECT label::VARCHAR AS label, description::VARCHAR AS description, unit::VARCHAR AS unit, kind::VARCHAR AS kind
      FROM (VALUES ${list}) AS declared(label, description, unit, kind) WHERE label IS NOT NULL
      UNION ALL SELECT label::VARCHAR, description::VARCHAR, ${optional.join(", ")} FROM found_attributes)
      QUALIFY row_number() OVER (PARTITION BY label) = 1`,
    { signal },
  );
  return Number(rowsOf(await engine.query("SELECT count(*) AS n FROM staged_attributes"))[0]?.["n"]);
}

async function stageValues(
  { engine, rows, warn, signal }: StageInput,
  kind: "fixed" | "timed",
): Promise<{ handedOver: number; rows: number }> {
  const select = rows[kind];
  if (select === undefined) {
    await engine.run(`CREATE OR REPLACE TEMP TABLE staged_${kind} (attribute VARCHAR)`);
    return { handedOver: 0, rows: 0 };
  }
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE given AS SELECT row_number() OVER () AS given_row, * FROM (${select})`,
    { signal },
  );
  const columns = await columnsOf(engine, "given");
  const measured = kind === "fixed" ? "value::VARCHAR AS value" : "value::DOUBLE AS value";
  const time = kind === "fixed" ? undefined : await stageTimes(engine, columns.get("time") ?? "", warn);
  const position = columns.has("position") ? "position" : "given_row";
  const type = columns.has("subject_type") ? "AND k.subject_type = g.subject_type" : "";
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE handed AS SELECT k.provider, k.subject_type, k.label, g.attribute::VARCHAR AS attribute,
      ${time ? `${time.value} AS timestamp, ` : ""}g.${measured}, g.${position} AS position
      FROM given g ${time?.join ?? ""} JOIN known k ON k.label = g.label::VARCHAR ${type}
      WHERE g.value IS NOT NULL ${kind === "timed" ? "AND isfinite(g.value::DOUBLE) AND timestamp IS NOT NULL" : ""}
      QUALIFY k.rank = min(k.rank) OVER (PARTITION BY g.given_row)`,
    { signal },
  );
  await warnOfStrangers(engine, warn);
  const identity = `provider, subject_type, label, attribute${time ? ", timestamp" : ""}`;
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE staged_${kind} AS SELECT * FROM handed
      QUALIFY row_number() OVER (PARTITION BY ${identity} ORDER BY position DESC) = 1`,
    { signal },
  );
  const [counts = {}] = rowsOf(
    await engine.query(`SELECT (SELECT count(*) FROM handed) AS handed, (SELECT count(*) FROM staged_${kind}) AS rows,
      (SELECT count(*) FROM staged_${kind} WHERE attribute NOT IN (SELECT label FROM staged_attributes)) AS undeclared`),
  );
  if (Number(counts["undeclared"]) > 0)
    throw new Error(`${String(counts["undeclared"])} values have no declared attribute`);
  return { handedOver: Number(counts["handed"]), rows: Number(counts["rows"]) };
}

/** The texts of a time are few, so each is read once. */
async function stageTimes(engine: Engine, type: string, warn: (sentence: string) => void) {
  if (type !== "VARCHAR") return { value: "g.time::TIMESTAMP", join: "" };
  const texts = rowsOf(
    await engine.query("SELECT DISTINCT time FROM given WHERE time IS NOT NULL ORDER BY time"),
  );
  const rows: string[] = [];
  const unread: string[] = [];
  for (const text of texts.map(({ time }) => String(time))) {
    try {
      rows.push(`(${quoteLiteral(text)}, ${quoteLiteral(parseTimestamp(text))}::TIMESTAMP)`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.push(text);
    }
  }
  if (unread.length > 0) {
    const shown = unread.slice(0, 3).map((text) => `"${text}"`);
    warn(
      `Values at ${unread.length} times were left out, because the time could not be read: ${shown.join(", ")}.`,
    );
  }
  const list = rows.length > 0 ? rows.join(", ") : "(NULL::VARCHAR, NULL::TIMESTAMP)";
  return {
    value: "times.moment",
    join: `JOIN (VALUES ${list}) AS times(text, moment) ON times.text = g.time`,
  };
}

/** Codes of areas that the store does not have are worth a word; headings and footnotes are not. */
async function warnOfStrangers(engine: Engine, warn: (sentence: string) => void): Promise<void> {
  const [found = {}] = rowsOf(
    await engine.query(`SELECT count(DISTINCT label) AS strangers, min(label::VARCHAR) AS example FROM given
      WHERE regexp_full_match(label::VARCHAR, '[EWSNKJ][0-9]{8}') AND label::VARCHAR NOT IN (SELECT label FROM known)`),
  );
  const count = Number(found["strangers"]);
  if (count > 0)
    warn(
      `${count} areas are not in the store, so their values were left out: ${String(found["example"])}${count > 1 ? " and others" : ""}.`,
    );
}

async function columnsOf(engine: Engine, table: string): Promise<ReadonlyMap<string, string>> {
  const rows = rowsOf(
    await engine.query(`SELECT column_name, column_type FROM (DESCRIBE ${quoteIdentifier(table)})`),
  );
  return new Map(rows.map((row) => [String(row["column_name"]), String(row["column_type"])]));
}
