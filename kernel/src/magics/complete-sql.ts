import { saysGeoJson } from "../engine/geo-json-geometry.ts";
import { isTable } from "../engine/is-table.ts";
import type { MagicCompletion } from "./complete.ts";
import type { Session } from "./session.ts";
import { tableNames } from "./tables.ts";

const WORD = /(?:([\p{L}_][\p{L}\p{N}_]*)\.)?([\p{L}_][\p{L}\p{N}_]*)?$/u;
const KEYWORDS =
  "ALL AND AS ASC AVG BETWEEN BY CASE CAST COALESCE COUNT DESC DISTINCT ELSE END EXISTS FILTER FROM GROUP HAVING ILIKE IN INNER INTERVAL IS JOIN LEFT LIKE LIMIT MAX MEDIAN MIN NOT NULL OFFSET ON OR ORDER OVER PARTITION QUALIFY ROUND SELECT SUM THEN UNION USING WHEN WHERE WITH".split(
    " ",
  );

/**
 * Completes SQL: the store's tables and the notebook's, the columns of those that the statement names, and words of the
 * language. Undefined inside `${…}`, where TypeScript stands.
 */
export async function completeSql(
  session: Session,
  sql: string,
  cursor: number,
): Promise<MagicCompletion | undefined> {
  const before = sql.slice(0, cursor);
  if (/\$\{[^}]*$/.test(before)) return undefined;
  const [, owner, word = ""] = WORD.exec(before) ?? [];
  const tables = await tablesOf(session);
  const candidates = owner === undefined ? namesIn(sql, tables, word) : columnsOf(sql, tables, owner);
  const start = word.toLowerCase();
  return {
    matches: [...new Set(candidates)].filter((name) => name.toLowerCase().startsWith(start)),
    start: cursor - word.length,
    end: cursor,
  };
}

type Columns = ReadonlyMap<string, readonly string[]>;

function namesIn(sql: string, tables: Columns, word: string): string[] {
  const used = new Set(sql.match(/[\p{L}_][\p{L}\p{N}_]*/gu));
  const columns = [...tables].flatMap(([table, names]) => (used.has(table) ? names : []));
  const isLower = word !== "" && word === word.toLowerCase();
  return [...columns, ...tables.keys(), ...KEYWORDS.map((name) => (isLower ? name.toLowerCase() : name))];
}

/** Columns of a table by its name, or by the name that the statement gives it: `FROM people AS p`. */
function columnsOf(sql: string, tables: Columns, owner: string): readonly string[] {
  const named = new RegExp(
    `\\b(?:from|join)\\s+"?([\\p{L}_][\\p{L}\\p{N}_]*)"?\\s+(?:as\\s+)?${owner}\\b`,
    "iu",
  ).exec(sql);
  return tables.get(owner) ?? tables.get(named?.[1] ?? "") ?? [];
}

/** Names of the columns of a table, the store's or the notebook's; none of what is no table. */
export async function columnNamesOf(session: Session, table: string): Promise<readonly string[]> {
  return (await tablesOf(session)).get(table) ?? [];
}

async function tablesOf(session: Session): Promise<Columns> {
  const tables = new Map<string, readonly string[]>(await storedTables(session));
  for (const name of tableNames(session)) {
    const value = session.variables.get(name);
    const columns = isTable(value) ? value.schema.fields.map((field) => field.name) : keysOfFirst(value);
    tables.set(name, columns);
  }
  return tables;
}

function keysOfFirst(value: unknown): string[] {
  if (saysGeoJson(value)) {
    const feature = "features" in value && Array.isArray(value.features) ? value.features[0] : value;
    return [...keysOf(feature?.properties), "geometry"];
  }
  return keysOf(Array.isArray(value) ? value[0] : undefined);
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

async function storedTables(session: Session): Promise<[string, string[]][]> {
  const store = await session.store();
  const found = await store.engine.query(
    "SELECT table_name AS name, string_agg(column_name, chr(10) ORDER BY ordinal_position) AS lines FROM information_schema.columns GROUP BY table_name",
  );
  return [...found].map((row) => [String(row?.["name"]), String(row?.["lines"]).split("\n")]);
}
