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
    `CREATE OR REPLACE TEMP TABLE declared_attributes AS SELECT row_number() OVER () AS place, label::VARCHAR AS label, description::VARCHAR AS description,
        unit::VARCHAR AS unit, kind::VARCHAR AS kind FROM (VALUES ${list}) AS declared(label, description, unit, kind) WHERE label IS NOT NULL`,
    { signal },
  );
  const foundHere = `SELECT 2 AS source, row_number() OVER () AS place, label::VARCHAR AS label, description::VARCHAR AS description, ${optional.join(", ")} FROM found_attributes`;
  const all = datasource.fileDecides
    ? `SELECT source, found.place, label, found.description, coalesce(declared.unit, found.unit) AS unit, coalesce(declared.kind, found.kind) AS kind
        FROM (${foundHere}) AS found LEFT JOIN declared_attributes AS declared USING (label)`
    : `SELECT 1 AS source, place, label, description, unit, kind FROM declared_attributes UNION ALL ${foundHere}`;
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE staged_attributes AS SELECT row_number() OVER (ORDER BY source, place) AS number,
      ${quoteLiteral(importer.provider.label)} AS provider, label, description, unit, kind FROM (${all})
      QUALIFY row_number() OVER (PARTITION BY label ORDER BY source, place) = 1`,
    { signal },
  );
  return Number(rowsOf(await engine.query("SELECT count(*) AS n FROM staged_attributes"))[0]?.["n"]);
}
