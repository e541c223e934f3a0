import { realpathSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type Access, strictest } from "@tombolo/bundle/access";
import type { Table } from "apache-arrow";
import { columnMetadata } from "../engine/columns.ts";
import type { Engine } from "../engine/engine.ts";
import { accessOf, sourceOf } from "../engine/result-columns.ts";
import { rowsOf } from "../engine/rows.ts";
import { exportedLabel } from "../export/label-file.ts";
import { type SqlLabels, sqlLabels } from "../lineage/sql-labels.ts";
import { type SqlReads, sqlReads } from "../lineage/sql-reads.ts";
import { isRecord } from "../recipe/recipe.ts";
import type { Relation } from "../store/relations.ts";
import type { Store } from "../store/store.ts";

/** What was done to an engine past the store: after it, names may stand for something else than the store says. */
interface Past {
  /** Words of the statements that were no SELECT. */
  readonly words: Set<string>;
  /** Labels of the tables that were made from a SELECT, by name in small letters. */
  readonly made: Map<string, Relation & { readonly readsFiles: boolean }>;
  /** Strictest label of what was given to the engine so far. */
  access: Access;
  /** Whether a statement has been run after which no name is certain. */
  anything: boolean;
}

const pasts = new WeakMap<Engine, Past>();

const WORD = /[\p{L}_][\p{L}\p{N}_]*/gu;
/** Statements that leave all names as they are but those that they hold. */
const LOCAL =
  /^\s*(create|insert|update|delete|drop|alter|pivot|unpivot|copy|explain|describe|summarize|show|(re)?set\s+variable|values|with|from|select)\b/i;

/** A type can hold values, and a text can be of it without naming it as a table or a function. */
const MAKES_TYPE = /^\s*create\b.*\btype\b/is;

/** One statement that has no tree but is as harmless as a SELECT. */
const HARMLESS = /^\s*((un)?pivot|show|describe|summarize)\b[^;]*;?\s*$/i;

/** A table made from a SELECT: its name and the SELECT. */
const TABLE_FROM_SELECT =
  /^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+)?table\s+(?:if\s+not\s+exists\s+)?([\p{L}_][\p{L}\p{N}_]*)\s+as\s+([^;]+);?\s*$/iu;

/** Quoted texts and names; a part between dollar signs may hold anything. */
const QUOTED = /'[^']*'|"[^"]*"|\$\w*\$/g;
/** What reads a file without naming it in quotes. */
const READS_FILE =
  /\.(csv|tsv|txt|json|ndjson|parquet|xlsx?|gz|zst|db|duckdb|sqlite|shp|gpkg|geojson)\b|\b(attach|copy|import|install|load|prepare|glob|sniff_csv|query|query_table|getenv|\w*read_\w+|\w+_scan|st_\w*read\w*)\b/i;

/** A file in place of a table. */
const FILE = /[./\\]/;

/** Whether a text may read a file past the importers; rather once too often. */
function mayReadFiles(text: string): boolean {
  const quoted = text.match(QUOTED) ?? [];
  return READS_FILE.test(text) || quoted.some((part) => part.startsWith("$") || FILE.test(part));
}

/** Labels of the answer to a query over the store and some of the notebook's tables, before it is run. */
export async function labelsOfQuery(
  store: Store,
  text: string,
  tables: ReadonlyMap<string, Table>,
): Promise<SqlLabels & { readonly readsFiles: boolean; readonly seen: Access }> {
  const past = pastOf(store.engine);
  past.access = strictest([past.access, ...[...tables.values()].map(accessOf)]);
  const seen = strictest([...store.datasets().map(({ manifest }) => manifest.access), past.access]);
  // A file read past the importers is internal at least.
  const unknown = strictest([seen, mayReadFiles(text) ? "internal" : "public"]);
  const [, made, query] = TABLE_FROM_SELECT.exec(text) ?? [];
  const found = await readsOf(store.engine, query ?? text);
  const reads = found === "mistaken" ? undefined : found;
  const known = reads && !past.anything && !usesChanged(reads, past) ? reads : undefined;
  const files: string[] = [];
  const labels = sqlLabels(known, {
    unknown,
    file: (path) => labelOfFile(path, store, unknown, files),
    relation(name) {
      const found = relationOf(name, { store, tables, made: past.made });
      if (past.made.get(name.toLowerCase())?.readsFiles) files.push(name);
      if (found || !FILE.test(name)) return found;
      return { rows: labelOfFile(name, store, unknown, files), columns: new Map(), sources: [name] };
    },
  });
  if (made !== undefined && known) rememberTable(past, made, labels, files.length > 0);
  else if (!found || query !== undefined) remember(past, text, unknown);
  return { ...labels, readsFiles: files.length > 0, seen: strictest([seen, labels.whole]) };
}

/** A table keeps the label of each SELECT that it was ever made from: the statement may yet fail. */
function rememberTable(
  { made }: Past,
  name: string,
  { whole, sources }: SqlLabels,
  readsFiles: boolean,
): void {
  const small = name.toLowerCase();
  const before = made.get(small);
  made.set(small, {
    rows: strictest([whole, before?.rows ?? "public"]),
    columns: new Map(),
    sources: [...new Set([...(before?.sources ?? []), ...sources])],
    readsFiles: readsFiles || before?.readsFiles === true,
  });
}

/** What the text reads; undefined when it is no SELECT. A text that cannot be understood does nothing. */
async function readsOf(engine: Engine, text: string): Promise<SqlReads | "mistaken" | undefined> {
  const sql = "SELECT json_serialize_sql(?::VARCHAR)::VARCHAR AS tree";
  const [row] = rowsOf(await engine.query(sql, { parameters: [text] }));
  const tree: unknown = JSON.parse(String(row?.["tree"]));
  if (isRecord(tree) && tree["error_type"] === "parser") return "mistaken";
  return sqlReads(tree);
}

function pastOf(engine: Engine): Past {
  const known = pasts.get(engine);
  if (known) return known;
  const past: Past = { words: new Set(), made: new Map(), access: "public", anything: false };
  pasts.set(engine, past);
  return past;
}

function remember(past: Past, text: string, access: Access): void {
  past.access = access;
  if (HARMLESS.test(text)) return;
  if (!LOCAL.test(text) || MAKES_TYPE.test(text)) past.anything = true;
  for (const word of wordsOf(text)) past.words.add(word);
}

/** Whether a query uses a name that an earlier statement may have given another meaning, as a view or a macro. */
function usesChanged({ relations, functions }: SqlReads, { words }: Past): boolean {
  if (words.size === 0) return false;
  if (relations.some((name) => words.has(name.toLowerCase()))) return true;
  return [...functions].some((name) => words.has(name));
}

const wordsOf = (text: string): string[] => (text.match(WORD) ?? []).map((word) => word.toLowerCase());

/** Where a name of a query may come from. */
interface Known {
  readonly store: Store;
  readonly tables: ReadonlyMap<string, Table>;
  readonly made: ReadonlyMap<string, Relation>;
}

/** The notebook's table of a name, one that a statement has made, or what the store has under it; where both have it, both count. */
function relationOf(name: string, { store, tables, made }: Known): Relation | undefined {
  const small = name.toLowerCase();
  const own = [...tables].filter(([known]) => known.toLowerCase() === small).map(([, table]) => table);
  const stored = [...store.relations()].filter(([known]) => known.toLowerCase() === small);
  const earlier = made.get(small);
  const found = [
    ...own.map(relationOfTable),
    ...stored.map(([, relation]) => relation),
    ...(earlier ? [earlier] : []),
  ];
  const [first, ...others] = found;
  if (!first || others.length === 0) return first;
  return relationOfAccess(strictest(found.flatMap(({ rows, columns }) => [rows, ...columns.values()])));
}

const relationOfAccess = (rows: Access): Relation => ({ rows, columns: new Map(), sources: [] });

/** Every column's label includes what has chosen the rows, so the least strict of them bounds that. */
function relationOfTable(table: Table): Relation {
  const columns = table.schema.fields.map((field) => [field.name, columnMetadata(field).access] as const);
  const rows = (["public", "internal", "sensitive"] as const).find((label) =>
    columns.some(([, access]) => access === label),
  );
  const source = sourceOf(table);
  return { rows: rows ?? "public", columns: new Map(columns), sources: source === "" ? [] : [source] };
}

/** What lies in the store is as closed as the strictest there; of other files the label beside them counts. */
function labelOfFile(path: string, store: Store, unknown: Access, files: string[]): Access {
  files.push(path);
  if (/^[a-z]\w+:\/\//i.test(path)) return "internal";
  if (/[*?[]/.test(path)) return unknown;
  const place = realPath(resolve(path));
  const inside = relative(realPath(store.folder), place);
  if (inside === "" || !(inside.startsWith(`..${sep}`) || inside === "..")) return unknown;
  return strictest(["internal", exportedLabel(place)?.access ?? "internal"]);
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // A file that is not there has no other name; DuckDB will say so.
    return path;
  }
}
