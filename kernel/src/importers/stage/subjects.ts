import { countOf } from "../../count-of.ts";
import type { Engine } from "../../engine/engine.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { rowsOf } from "../../engine/rows.ts";
import { UserError } from "../../errors.ts";
import { onRowsOf } from "../../progress.ts";
import type { Datasource, Importer, SubjectTypeReference } from "../importer.ts";
import { columnsOf } from "./columns.ts";
import type { StageInput } from "./stage.ts";

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

/** Table `staged_subjects`: what the importer gave, with valid shapes. One that cannot be repaired, such as a point at infinity, is none. */
export async function stageSubjects({
  engine,
  importer,
  datasource,
  rows,
  warn,
  ...work
}: StageInput): Promise<{ handedOver: number; subjects: number }> {
  const select = rows.subjects ?? "SELECT '' AS label, '' AS name, NULL::GEOMETRY AS shape WHERE false";
  const columns = await columnsOf(engine, `(${select})`);
  const types = datasource.subjectTypes.map(({ label, provider }) => ({
    label,
    provider: (provider ?? importer.provider).label,
  }));
  const type = columns.has("subject_type") ? "subject_type" : quoteLiteral(types[0]?.label ?? "");
  const position = columns.has("position") ? "*" : "row_number() OVER () - 1 AS position, *";
  const provider = `CASE ${type} ${types.map((each) => `WHEN ${quoteLiteral(each.label)} THEN ${quoteLiteral(each.provider)}`).join(" ")} END`;
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE staged_subjects AS SELECT ${types.length > 0 ? provider : "''"} AS provider, ${type} AS subject_type,
      label::VARCHAR AS label, name::VARCHAR AS name, ST_SetCRS(CASE WHEN invalid THEN TRY(ST_MakeValid(shape)) ELSE shape END, 'OGC:CRS84') AS shape,
      invalid, position
      FROM (SELECT *, ${rows.valid ? "false" : "NOT ST_IsValid(shape)"} AS invalid FROM (SELECT ${position} FROM (${select})))
      ${datasource.repeatedSubjects ? "QUALIFY row_number() OVER (PARTITION BY subject_type, label ORDER BY position DESC) = 1" : ""}`,
    { signal: work.signal, onRows: onRowsOf(work, "Checking shapes", "rows") },
  );
  const labels = rows.distinct
    ? "count(*)"
    : "count(DISTINCT (provider, subject_type, label)) FILTER (WHERE label IS NOT NULL)";
  const [counts = {}] = rowsOf(
    await engine.query(`SELECT count(*) AS subjects, ${labels} AS labels,
      count(*) FILTER (WHERE invalid AND shape IS NOT NULL) AS invalid, count(*) FILTER (WHERE shape IS NULL) AS shapeless FROM staged_subjects`),
  );
  const count = (name: string) => Number(counts[name]);
  const [subjects, invalid, shapeless] = [count("subjects"), count("invalid"), count("shapeless")];
  if (subjects === 0 && !datasource.expect) return { handedOver: 0, subjects: 0 };
  expectSubjects(importer, datasource, subjects, count("labels"));
  if (invalid > 0) warn(`${invalid} of ${subjects} shapes were invalid and have been repaired.`);
  if (shapeless > 0 && shapeless !== subjects) warn(`${shapeless} of ${subjects} rows have no shape.`);
  const given = datasource.repeatedSubjects ? await countRows(engine, select) : subjects;
  return { handedOver: given, subjects };
}

async function countRows(engine: Engine, select: string): Promise<number> {
  return Number(rowsOf(await engine.query(`SELECT count(*) AS rows FROM (${select})`))[0]?.["rows"]);
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
    `${title} has ${countOf(subjects - labels, "row")} whose label is missing or not unique, so nothing was imported`,
    labelHint === undefined ? {} : { hint: labelHint },
  );
}

/** Table `known`: labels of the subjects that values may hang on; where two types have a label, the first type counts. */
export async function stageKnown({ engine, importer, datasource, signal }: StageInput): Promise<void> {
  const types = valuesOf(importer, datasource);
  const wanted = types.map(
    ({ provider, label }, rank) => `(${quoteLiteral(provider)}, ${quoteLiteral(label)}, ${rank})`,
  );
  const list = wanted.length > 0 ? wanted.join(", ") : "('', '', 0)";
  // The labels of what is staged are different; those of the store may be among them.
  const [stored = {}] = rowsOf(
    await engine.query(
      `SELECT EXISTS (FROM subjects JOIN (VALUES ${list}) AS wanted(p, t, r) ON provider = p AND subject_type = t) AS some`,
    ),
  );
  const both = "SELECT provider, subject_type, label FROM subjects UNION ";
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE known AS SELECT provider, subject_type, label, rank FROM
      (${stored["some"] === true ? both : ""}SELECT provider, subject_type, label FROM staged_subjects) s
      JOIN (VALUES ${list}) AS wanted(type_provider, type_label, rank) ON provider = type_provider AND subject_type = type_label`,
    { signal },
  );
}
