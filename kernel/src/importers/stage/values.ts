import { countOf } from "../../count-of.ts";
import type { Engine } from "../../engine/engine.ts";
import { quoteLiteral } from "../../engine/quote.ts";
import { rowsOf } from "../../engine/rows.ts";
import { UserError } from "../../errors.ts";
import type { Datasource } from "../importer.ts";
import { parseTimestamp } from "../timestamp.ts";
import { columnsOf } from "./columns.ts";
import type { StageInput } from "./stage.ts";
import { valuesOf } from "./subjects.ts";

/** How many values there are. */
export interface StagedValues {
  /** What the importer gave, repeats included. */
  readonly handedOver: number;
  readonly rows: number;
  /** Attributes that have any. */
  readonly attributes: readonly string[];
}

/**
 * Table `staged_fixed` or `staged_timed`: values of known subjects, each once; and `used_fixed` or `used_timed`: how many `rows` an
 * `attribute` has there.
 */
export async function stageValues(input: StageInput, kind: "fixed" | "timed"): Promise<StagedValues> {
  const { engine, importer, datasource, rows, warn, signal } = input;
  const select = rows[kind];
  if (select === undefined) {
    await engine.run(`CREATE OR REPLACE TEMP TABLE used_${kind} (attribute VARCHAR, rows BIGINT)`);
    return { handedOver: 0, rows: 0, attributes: [] };
  }
  if (kind === "fixed" && rows.distinct) return stageDistinct(input, select, rows.distinct);
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE given AS SELECT row_number() OVER () AS given_row, * FROM (${select})`,
    { signal },
  );
  if (datasource.everyAttribute) await expectAttributes(engine, datasource, kind);
  const columns = await columnsOf(engine, "given");
  const measured = kind === "fixed" ? "value::VARCHAR AS value" : "value::DOUBLE AS value";
  const position = columns.has("position") ? "position" : "given_row";
  const quotes = importer.access === "public";
  const timeType = columns.get("time") ?? "";
  const time = kind === "fixed" ? undefined : await stageTimes(engine, timeType, { position, quotes, warn });
  // Only where values may hang on several types can a label be of two of them.
  const rankedTypes = valuesOf(importer, datasource).length > 1;
  const type = columns.has("subject_type") ? "AND k.subject_type = g.subject_type" : "";
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE handed AS SELECT k.provider, k.subject_type, k.label, g.attribute::VARCHAR AS attribute,
      ${time ? `${time.value} AS timestamp, ` : ""}g.${measured}, g.${position} AS position
      FROM given g ${time?.join ?? ""} JOIN known k ON k.label = g.label::VARCHAR ${type}
      WHERE g.value IS NOT NULL ${kind === "timed" ? "AND isfinite(g.value::DOUBLE) AND timestamp IS NOT NULL" : ""}
      ${rankedTypes ? "QUALIFY k.rank = min(k.rank) OVER (PARTITION BY g.given_row)" : ""}`,
    { signal },
  );
  await warnOfStrangers(engine, { position, quotes, warn });
  const identity = `provider, subject_type, label, attribute${time ? ", timestamp" : ""}`;
  const [repeats = {}] = rowsOf(
    await engine.query(
      `SELECT count(*) AS handed, count(*) = count(DISTINCT hash(${identity})) AS none FROM handed`,
      { signal },
    ),
  );
  if (repeats["none"] !== true) await warnOfOthers(engine, identity, warn);
  await engine.run(`DROP TABLE IF EXISTS staged_${kind}`);
  await engine.run(
    repeats["none"] === true
      ? `ALTER TABLE handed RENAME TO staged_${kind}`
      : `CREATE TEMP TABLE staged_${kind} AS SELECT * FROM handed
      QUALIFY row_number() OVER (PARTITION BY ${identity} ORDER BY position DESC) = 1`,
    { signal },
  );
  return { handedOver: Number(repeats["handed"]), ...(await countUsed(engine, kind, signal)) };
}

/** A value that is there again is one; another value in its place is worth a word. */
async function warnOfOthers(
  engine: Engine,
  identity: string,
  warn: (sentence: string) => void,
): Promise<void> {
  const [found = {}] = rowsOf(
    await engine.query(
      `SELECT count(*) AS others FROM (SELECT 1 FROM handed GROUP BY ${identity} HAVING count(DISTINCT value) > 1)`,
    ),
  );
  const others = Number(found["others"]);
  if (others > 0)
    warn(
      `${countOf(others, "value is", "values are")} in the file several times, each time another; the last counts.`,
    );
}

/** Makes the table `used_fixed` or `used_timed`. */
async function countUsed(
  engine: Engine,
  kind: "fixed" | "timed",
  signal: AbortSignal | undefined,
): Promise<Pick<StagedValues, "rows" | "attributes">> {
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE used_${kind} AS SELECT attribute, count(*) AS rows FROM staged_${kind} GROUP BY attribute`,
    { signal },
  );
  const used = rowsOf(
    await engine.query(
      `SELECT attribute, rows, attribute IN (SELECT label FROM staged_attributes) AS "isDeclared" FROM used_${kind}`,
    ),
  );
  const undeclared = used.find(({ isDeclared }) => isDeclared !== true);
  if (undeclared) throw new Error(`${String(undeclared["rows"])} values have no declared attribute`);
  return {
    rows: used.reduce((sum, { rows }) => sum + Number(rows), 0),
    attributes: used.map(({ attribute }) => String(attribute)),
  };
}

/** Values of which it is known that each hangs on one of the importer's own subjects, once, are not copied. */
async function stageDistinct(
  { engine, importer, datasource }: StageInput,
  select: string,
  counts: ReadonlyMap<string, number>,
): Promise<StagedValues> {
  const [type, ...others] = valuesOf(importer, datasource);
  if (!type || others.length > 0) throw new Error("distinct values are of one subject type");
  await engine.run(`CREATE OR REPLACE TEMP VIEW staged_fixed AS SELECT ${quoteLiteral(type.provider)} AS provider,
    ${quoteLiteral(type.label)} AS subject_type, label, attribute, value FROM (${select}) WHERE value IS NOT NULL`);
  await engine.run("CREATE OR REPLACE TEMP TABLE used_fixed (attribute VARCHAR, rows BIGINT)");
  const used = [...counts].filter(([, rows]) => rows > 0);
  const values = used.map(([attribute, rows]) => `(${quoteLiteral(attribute)}, ${rows})`);
  if (values.length > 0) await engine.run(`INSERT INTO used_fixed VALUES ${values.join(", ")}`);
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return { handedOver: rows, rows, attributes: used.map(([attribute]) => attribute) };
}

async function expectAttributes(
  engine: Engine,
  datasource: Datasource,
  kind: "fixed" | "timed",
): Promise<void> {
  const found = new Set(
    rowsOf(await engine.query("SELECT DISTINCT attribute FROM given")).map(({ attribute }) => attribute),
  );
  const declared = datasource.attributes.filter(({ values = "fixed" }) => values === kind);
  const missing = declared.find(({ label }) => !found.has(label));
  if (!missing) return;
  const what = missing.description === missing.label ? "" : ` (${missing.description})`;
  throw new UserError(
    `${datasource.name} has nothing for "${missing.label}"${what}, so nothing was imported`,
    {
      hint: "The publisher has changed the layout of the file.",
    },
  );
}

/** The texts of a time are few, so each is read once. */
async function stageTimes(engine: Engine, type: string, { position, quotes, warn }: Telling) {
  if (type !== "VARCHAR") return { value: "g.time::TIMESTAMP", join: "" };
  const texts = rowsOf(
    await engine.query(
      `SELECT time, min(${position})::BIGINT AS first FROM given WHERE time IS NOT NULL GROUP BY time ORDER BY time`,
    ),
  );
  const rows: string[] = [];
  const unread: string[] = [];
  for (const { time, first } of texts) {
    const text = String(time);
    try {
      rows.push(`(${quoteLiteral(text)}, ${quoteLiteral(parseTimestamp(text))}::TIMESTAMP)`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.push(quotes ? `"${text}"` : `row ${rowNumber(first, position)}`);
    }
  }
  if (unread.length > 0) {
    const shown = unread.slice(0, 3).join(", ");
    warn(
      `Values at ${countOf(unread.length, "time")} were left out, because the time could not be read: ${shown}.`,
    );
  }
  const list = rows.length > 0 ? rows.join(", ") : "(NULL::VARCHAR, NULL::TIMESTAMP)";
  return {
    value: "times.moment",
    join: `JOIN (VALUES ${list}) AS times(text, moment) ON times.text = g.time`,
  };
}

/** How a row's fault is told: of data that is not public by its number, never by what is in it. */
interface Telling {
  /** Column that numbers the rows. */
  readonly position: string;
  readonly quotes: boolean;
  warn(sentence: string): void;
}

/** Importers count positions from 0, people from 1. */
const rowNumber = (first: unknown, position: string): number =>
  Number(first) + (position === "position" ? 1 : 0);

/** Codes of areas that the store does not have are worth a word; headings and footnotes are not. */
async function warnOfStrangers(engine: Engine, { position, quotes, warn }: Telling): Promise<void> {
  const [found = {}] = rowsOf(
    await engine.query(`SELECT count(DISTINCT label) AS strangers, min(label::VARCHAR) AS example, min(${position})::BIGINT AS first FROM given
      WHERE regexp_full_match(label::VARCHAR, '[EWSNKJ][0-9]{8}') AND label::VARCHAR NOT IN (SELECT label FROM known)`),
  );
  const count = Number(found["strangers"]);
  const example = quotes ? String(found["example"]) : `row ${rowNumber(found["first"], position)}`;
  if (count > 0)
    warn(
      `${countOf(count, "area is", "areas are")} not in the store, so ${count === 1 ? "its" : "their"} values were left out: ${example}${count > 1 ? " and others" : ""}.`,
    );
}
