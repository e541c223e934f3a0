import { quoteLiteral } from "../../engine/quote.ts";
import { rowsOf } from "../../engine/rows.ts";
import { columnsOf } from "./columns.ts";
import type { StageInput } from "./stage.ts";

/** Table `staged_attributes`: those declared and those found in the file; returns how many. */
export async function stageAttributes({
  engine,
  importer,
  datasource,
  rows,
  signal,
}: StageInput): Promise<number> {
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
