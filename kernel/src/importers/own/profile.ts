import type { Engine } from "../../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { AREA_KINDS, type AreaKind } from "../areas/area.ts";
import { DATE_COUNTS } from "./date-format.ts";
import { NUMBER_COUNTS, type NumberCounts, numberSql, presentSql } from "./number-format.ts";

/** What the texts of one column look like. */
export interface ColumnProfile {
  readonly name: string;
  /** Rows that are neither empty nor marked as missing. */
  readonly filled: number;
  /** Rows marked as missing or suppressed, by mark. */
  readonly marks: Readonly<Record<string, number>>;
  readonly distinct: number;
  readonly numbers: NumberCounts;
  readonly dates: Readonly<Record<string, number>>;
  /** Rows that have the shape of a code of each kind of area. */
  readonly areas: Readonly<Partial<Record<AreaKind, number>>>;
  /** The last code in the alphabet, which tells codes of 2021 from those of 2011. */
  readonly last: string;
  readonly postcodes: number;
  readonly wkt: number;
  /** Smallest and largest number, by the sign before the decimals. */
  readonly ranges: Readonly<Partial<Record<"." | ",", readonly [number, number]>>>;
  /** Some of its texts. */
  readonly sample: readonly string[];
}

const SAMPLE_ROWS = 200;
const SHAPES = Object.fromEntries(
  AREA_KINDS.map(({ kind, prefixes }) => [kind, `(?i)(${prefixes.join("|")})[0-9]{6}`]),
);
const POSTCODE_PATTERN = "(?i)[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}";
const WKT_PATTERN =
  "(?is)(SRID=[0-9]+;)?(POINT|LINESTRING|POLYGON|MULTI[A-Z]+|GEOMETRYCOLLECTION) ?Z?M? ?\\(.*\\)";

/** Looks at every text of the given columns of a table, once for each column. */
export async function profileColumns(
  engine: Engine,
  table: string,
  columns: readonly string[],
  marks: readonly string[],
  signal?: AbortSignal,
): Promise<ColumnProfile[]> {
  const profiles: ColumnProfile[] = [];
  for (const name of columns) profiles.push(await profileColumn(engine, table, name, marks, signal));
  return profiles;
}

async function profileColumn(
  engine: Engine,
  table: string,
  name: string,
  marks: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ColumnProfile> {
  const areas = Object.entries(SHAPES).map(
    ([kind, pattern]) =>
      `${kind}: count(*) FILTER (WHERE regexp_full_match(value, ${quoteLiteral(pattern)}))`,
  );
  const [point, comma] = ([".", ","] as const).map((decimal) => numberSql("value", { decimal }));
  const sql = `WITH present AS (SELECT ${presentSql(name, marks)} AS value, trim(${quoteIdentifier(name)}) AS raw FROM ${table})
    SELECT to_json({
      filled: count(value), 'distinct': count(DISTINCT value), numbers: ${NUMBER_COUNTS}, dates: ${DATE_COUNTS}, areas: {${areas.join(", ")}},
      last: coalesce(max(upper(value)) FILTER (WHERE regexp_full_match(value, '(?i)[EWSN][0-9]{8}')), ''), postcodes: count(*) FILTER (WHERE regexp_full_match(value, ${quoteLiteral(POSTCODE_PATTERN)})),
      wkt: count(*) FILTER (WHERE regexp_full_match(value, ${quoteLiteral(WKT_PATTERN)})),
      point: [min(${point}), max(${point})], comma: [min(${comma}), max(${comma})],
      marks: (SELECT list({mark: raw, rows: n}) FROM (SELECT raw, count(*) AS n FROM present WHERE value IS NULL AND raw <> '' GROUP BY raw)),
      sample: (SELECT list(value) FROM (SELECT value FROM present WHERE value IS NOT NULL LIMIT ${SAMPLE_ROWS}))
    })::VARCHAR FROM present`;
  const result = await engine.query(sql, { signal });
  const {
    point: byPoint,
    comma: byComma,
    marks: marked,
    ...rest
  } = JSON.parse(String(result.getChildAt(0)?.get(0)));
  const found: readonly { mark: string; rows: number }[] = marked ?? [];
  return {
    name,
    ...rest,
    sample: rest.sample ?? [],
    marks: Object.fromEntries(found.map(({ mark, rows }) => [mark, rows])),
    ranges: { ...range(".", byPoint), ...range(",", byComma) },
  };
}

const range = (decimal: "." | ",", [low, high]: readonly [number | null, number | null]) =>
  low === null || high === null ? {} : { [decimal]: [low, high] };
