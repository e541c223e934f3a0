import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { readFiles } from "../engine/read-files.ts";
import { count, record, text } from "./read-json.ts";
import { TABLE_NAMES, type TableName } from "./tables.ts";

/**
 * How many rows of a table of a dataset belong together: subjects of one type, an attribute, or the values of one attribute
 * for subjects of one type, with the times between which they lie.
 */
export interface Content {
  readonly table: TableName;
  readonly rows: number;
  readonly subjectProvider?: string;
  readonly subjectType?: string;
  readonly provider?: string;
  readonly attribute?: string;
  /** Whether the values, which are texts, are all plainly numbers; told of fixed values. */
  readonly isNumeric?: boolean;
  readonly from?: string;
  readonly to?: string;
}

const VALUE_COLUMNS = {
  subject_provider: "subjectProvider",
  subject_type: "subjectType",
  provider: "provider",
  attribute: "attribute",
};

/** Names of columns, and what a content calls them. */
const COLUMNS: Readonly<Record<TableName, Readonly<Record<string, string>>>> = {
  subjects: { provider: "subjectProvider", subject_type: "subjectType" },
  attributes: { provider: "provider", label: "attribute" },
  fixed_values: VALUE_COLUMNS,
  timed_values: VALUE_COLUMNS,
};

/** A number as people and programs write it; what begins with a zero is a code, and sixteen digits no number can hold. */
const NUMBER = "-?(0|[1-9][0-9]{0,14})([.][0-9]+)?([eE][+-]?[0-9]{1,2})?";

/** What else is told of the rows of a table that belong together. */
const TOLD: Partial<Record<TableName, string>> = {
  fixed_values: `, bool_and(regexp_full_match(value, ${quoteLiteral(NUMBER)})) AS "isNumeric"`,
  timed_values: `, strftime(min(timestamp), '%Y-%m-%dT%H:%M:%S') AS "from", strftime(max(timestamp), '%Y-%m-%dT%H:%M:%S.%f') AS "to"`,
};

/**
 * A SELECT that counts what a file of a table holds; its rows are read by {@link parseContent}. Columns that say the same in every row need
 * not be read: `constant` has their texts.
 */
export function selectContents(
  table: TableName,
  path: string,
  constant: Readonly<Record<string, string>>,
): string {
  const told = Object.entries(COLUMNS[table]).map(([column, name]) => {
    const text = constant[column];
    return `${text === undefined ? column : quoteLiteral(text)} AS ${quoteIdentifier(name)}`;
  });
  const rows = `count(*)::INTEGER AS rows${TOLD[table] ?? ""}`;
  return `SELECT ${quoteLiteral(table)} AS "table", ${told.join(", ")}, ${rows} FROM ${readFiles("read_parquet", [path])} GROUP BY ALL ORDER BY ALL`;
}

/** Reads one entry; throws a TypeError naming what is not as it must be. */
export function parseContent(value: unknown): Content {
  const content = record(value, "content");
  const table = TABLE_NAMES.find((known) => known === content.table);
  if (!table) throw new TypeError(`there is no table ${String(content.table)}`);
  const texts = ["subjectProvider", "subjectType", "provider", "attribute", "from", "to"] as const;
  const given = texts.filter((name) => content[name] !== undefined && content[name] !== null);
  return {
    table,
    rows: count(content, "rows"),
    ...(content.isNumeric === true && { isNumeric: true }),
    ...Object.fromEntries(given.map((name) => [name, text(content, name)])),
  };
}

/** What two datasets must share for one to hold a row of the other: a text, and the times between which it holds. */
export interface Extent {
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

/** The extent of a content. Without times it reaches over all of them. */
export function extentOf({ subjectProvider, subjectType, provider, attribute, from, to }: Content): Extent {
  const key = JSON.stringify([subjectProvider, subjectType, provider, attribute]);
  return { key, from: from ?? "", to: to ?? "\uffff" };
}
