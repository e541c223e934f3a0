import { isRecord } from "../recipe/recipe.ts";

/** The columns that a part of a query names, in small letters. */
export interface Mentions {
  readonly names: ReadonlySet<string>;
  /** Whether it may take any column, as `*` does. */
  readonly all: boolean;
}

/** A column of the outermost SELECT. */
export interface SelectItem extends Mentions {
  /** `*`, whose columns keep their names. */
  readonly isStar: boolean;
  /** Name given with AS, in small letters. */
  readonly alias: string | undefined;
}

/** What a query reads, as its text says. */
export interface SqlReads {
  /** Names of tables, views and files, as written. */
  readonly relations: readonly string[];
  /** Names that the query gives to parts of itself with WITH, in small letters. */
  readonly parts: ReadonlySet<string>;
  /** Paths given to functions that read files. */
  readonly files: readonly string[];
  /** Names of the functions and macros that it calls, in small letters. */
  readonly functions: ReadonlySet<string>;
  /** Whether it reads something that cannot be told from the text. */
  readonly isOpaque: boolean;
  readonly mentions: Mentions;
  /** Set where it can be told column by column; `outside` is what everything else than the list of columns names. */
  readonly select: { readonly items: readonly SelectItem[]; readonly outside: Mentions } | undefined;
}

/** Functions in FROM that read nothing but what they are given. */
const HARMLESS = new Set(["range", "generate_series", "unnest", "repeat", "json_each", "json_tree"]);
const READS_FILES = /^(read_|st_read|parquet_scan|csv_scan)/;
/** What else stands in FROM without reading anything by itself. */
const PLAIN_SOURCES = new Set(["JOIN", "SUBQUERY", "EXPRESSION_LIST", "EMPTY", "PIVOT"]);

/**
 * What a query reads, from DuckDB's own tree of it (`json_serialize_sql`); undefined where DuckDB gives none, as for
 * statements that are no SELECT.
 */
export function sqlReads(tree: unknown): SqlReads | undefined {
  const statements = isRecord(tree) && Array.isArray(tree.statements) ? tree.statements : [];
  const [statement] = statements;
  if (!isRecord(statement) || statements.length !== 1 || !isRecord(statement.node)) return undefined;
  const reader = new Reader();
  reader.read(statement.node);
  return {
    relations: reader.relations,
    parts: reader.parts,
    files: reader.files,
    functions: reader.functions,
    isOpaque: reader.isOpaque,
    mentions: reader.mentions(),
    select: readSelect(statement.node, reader),
  };
}

/** Gathers what some parts of a query name. */
class Reader {
  readonly relations: string[] = [];
  readonly files: string[] = [];
  readonly functions = new Set<string>();
  readonly names = new Set<string>();
  readonly single = new Set<string>();
  readonly aliases = new Set<string>();
  readonly parts = new Set<string>();
  isOpaque = false;
  all = false;

  mentions(rowNames: ReadonlySet<string> = this.aliases): Mentions {
    // A table's own name as a column is all of its row.
    const isRow = [...this.single].some((name) => rowNames.has(name));
    return { names: this.names, all: this.all || isRow };
  }

  read(part: unknown): void {
    if (Array.isArray(part)) for (const one of part) this.read(one);
    else if (isRecord(part)) {
      this.#note(part);
      if (part.type === "TABLE_FUNCTION" && isRecord(part.function)) this.read(part.function.children);
      else for (const value of Object.values(part)) this.read(value);
    }
  }

  #note(part: Readonly<Record<string, unknown>>): void {
    const { type, function_name: called } = part;
    if (typeof called === "string") this.functions.add(called.toLowerCase());
    if (type === "BASE_TABLE") this.#noteTable(part);
    else if (type === "TABLE_FUNCTION") this.#noteTableFunction(part.function);
    else if (type === "COLUMN_REF") this.#noteColumn(part.column_names);
    else if (type === "STAR" || type === "POSITIONAL_REFERENCE") this.all = true;
    else if (type === "FUNCTION" && part.function_name === "getvariable") this.isOpaque = true;
    else if ("sample" in part && "alias" in part) this.#noteSource(part);
    if (isRecord(part.cte_map)) this.#noteParts(part.cte_map.map);
  }

  /** Something else that stands in FROM. */
  #noteSource(part: Readonly<Record<string, unknown>>): void {
    const { type, alias, using_columns: shared, ref_type: way } = part;
    this.aliases.add(String(alias).toLowerCase());
    if (type === "SHOW_REF" || type === "PIVOT" || way === "NATURAL") this.all = true;
    if (type === "SHOW_REF" ? !isRecord(part.query) : !PLAIN_SOURCES.has(String(type))) this.isOpaque = true;
    for (const name of textsOf(shared)) this.names.add(name.toLowerCase());
  }

  #noteParts(list: unknown): void {
    for (const entry of Array.isArray(list) ? list : [])
      if (isRecord(entry) && typeof entry.key === "string") this.parts.add(entry.key.toLowerCase());
  }

  #noteTable(part: Readonly<Record<string, unknown>>): void {
    const { table_name: name, schema_name: schema, alias, column_name_alias: renamed } = part;
    this.relations.push(String(name));
    for (const known of [name, alias]) this.aliases.add(String(known).toLowerCase());
    if (textsOf(renamed).length > 0) this.all = true;
    if (schema !== "" && schema !== "main" && schema !== undefined) this.isOpaque = true;
  }

  #noteTableFunction(call: unknown): void {
    const name = isRecord(call) ? String(call.function_name).toLowerCase() : "";
    this.functions.add(name);
    if (HARMLESS.has(name)) return;
    const [first] = isRecord(call) && Array.isArray(call.children) ? call.children : [];
    const path = constantText(first);
    if (READS_FILES.test(name) && path !== undefined) this.files.push(path);
    else this.isOpaque = true;
  }

  #noteColumn(parts: unknown): void {
    const names = textsOf(parts).map((name) => name.toLowerCase());
    for (const name of names) this.names.add(name);
    const [only, ...others] = names;
    if (only !== undefined && others.length === 0) this.single.add(only);
  }
}

/** The outermost SELECT column by column; undefined where a column can come from anywhere. */
function readSelect(node: Readonly<Record<string, unknown>>, whole: Reader): SqlReads["select"] {
  const { type, select_list: list, cte_map: ctes, from_table: from, modifiers, aggregate_handling } = node;
  if (type !== "SELECT_NODE" || !Array.isArray(list) || whole.isOpaque) return undefined;
  if (isRecord(ctes) && Array.isArray(ctes.map) && ctes.map.length > 0) return undefined;
  if (!isPlainFrom(from) || aggregate_handling !== "STANDARD_HANDLING") return undefined;
  const changes = Array.isArray(modifiers) ? modifiers : [];
  if (changes.some((change) => isRecord(change) && change.type === "DISTINCT_MODIFIER")) return undefined;
  const orders = changes.flatMap((change) => (isRecord(change) ? change.orders : []));
  if (hasConstant(orders) || hasConstant(node.group_expressions)) return undefined;
  const outside = new Reader();
  outside.read({ ...node, select_list: [] });
  const about = outside.mentions(whole.aliases);
  if (about.all) return undefined;
  return { outside: about, items: list.map((item) => readItem(item, whole.aliases)) };
}

function readItem(item: unknown, rowNames: ReadonlySet<string>): SelectItem {
  const reader = new Reader();
  const isStar = isPlainStar(item);
  if (!isStar) reader.read(item);
  const alias =
    isRecord(item) && typeof item.alias === "string" && item.alias !== "" ? item.alias : undefined;
  return { ...reader.mentions(rowNames), isStar, alias: alias?.toLowerCase() };
}

/** `*` or `t.*`, perhaps without some columns; nothing renamed and nothing computed. */
function isPlainStar(item: unknown): boolean {
  if (!isRecord(item) || item.type !== "STAR" || item.columns === true || isRecord(item.expr)) return false;
  return [item.replace_list, item.rename_list].every((list) => !Array.isArray(list) || list.length === 0);
}

/** Tables and joins of tables, under their own column names. */
function isPlainFrom(from: unknown): boolean {
  if (!isRecord(from)) return false;
  if (from.type === "JOIN")
    return from.ref_type !== "NATURAL" && isPlainFrom(from.left) && isPlainFrom(from.right);
  return (
    (from.type === "BASE_TABLE" && textsOf(from.column_name_alias).length === 0) || from.type === "EMPTY"
  );
}

/** A number in ORDER BY or GROUP BY stands for a column. */
function hasConstant(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  return list.some((one) => isRecord(one) && (one.class === "CONSTANT" || hasConstant([one.expression])));
}

function constantText(part: unknown): string | undefined {
  if (!isRecord(part) || part.class !== "CONSTANT" || !isRecord(part.value)) return undefined;
  return typeof part.value.value === "string" ? part.value.value : undefined;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
