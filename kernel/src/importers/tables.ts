import type { Engine } from "../engine/engine.ts";
import { quoteIdentifier, quoteLiteral } from "../engine/quote.ts";
import { rowsOf } from "../engine/rows.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Work } from "../progress.ts";

/** What an importer may ask about the tables that its files have become. */
export interface Tables {
  /** Where the tables are, for what a SELECT cannot do. */
  readonly engine: Engine;
  /** How to stop, and where to report. */
  readonly work: Work;
  /** Names of a table's columns, in their order. */
  columns(table: string): Promise<readonly string[]>;
  /** Rows of a small query. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Keeps a SELECT as a table. */
  create(name: string, select: string): Promise<void>;
  /** Gives a SELECT a name: it is made anew each time, and copies nothing. */
  view(name: string, select: string): Promise<void>;
  /**
   * Texts of the first row of a CSV table, trimmed: the text at index 3 is the heading of column `c3`. Throws a UserError
   * when one of those that are needed is missing.
   */
  headings(needed?: readonly string[], table?: string): Promise<readonly string[]>;
  /** Throws a UserError when a column, by its index, has another heading in a CSV table than the importer relies on. */
  expectHeadings(expected: readonly (readonly [number, string])[], table?: string): Promise<void>;
  /** Tells the user something that stops nothing. */
  warn(sentence: string): void;
}

/** The tables of one import. */
export function tablesOf(engine: Engine, title: string, work: Work): Tables {
  const query = async (sql: string) => rowsOf(await engine.query(sql));
  return {
    engine,
    work,
    query,
    warn: (sentence) => work.onWarning?.(sentence),
    async columns(table) {
      const rows = await query(`SELECT column_name FROM (DESCRIBE ${quoteIdentifier(table)})`);
      return rows.map((row) => String(row["column_name"]));
    },
    async create(name, select) {
      await engine.run(`CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(name)} AS ${select}`);
    },
    async view(name, select) {
      await engine.run(`CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS ${select}`);
    },
    async headings(needed = [], table = "source") {
      const texts = await headingsOf(query, table);
      const missing = needed.find((heading) => !texts.includes(heading));
      if (missing === undefined) return texts;
      throw new UserError(`${title} has no column "${missing}" any more, so nothing was imported`, {
        hint: didYouMean(missing, texts),
      });
    },
    async expectHeadings(expected, table = "source") {
      const headings = await headingsOf(query, table);
      const other = expected.find(([column, heading]) => plain(headings[column] ?? "") !== plain(heading));
      if (!other) return;
      const [column, heading] = other;
      const there = headings[column] ? `"${headings[column]}"` : "nothing";
      throw new UserError(
        `${title} has ${there} in column ${column + 1} where "${heading}" is expected, so nothing was imported`,
        { hint: "The publisher has changed the layout of the file." },
      );
    },
  };
}

type Query = Tables["query"];

async function headingsOf(query: Query, table: string): Promise<readonly string[]> {
  const [row = {}] = await query(`SELECT * FROM ${quoteIdentifier(table)} WHERE row = 0 AND file = 0`);
  const texts = Object.entries(row)
    .filter(([name]) => /^c\d+$/.test(name))
    .map(([, text]) => String(text ?? "").trim());
  while (texts.at(-1) === "") texts.pop();
  return texts;
}

/** Headings are the same when they differ in case, blanks and quotes alone. */
function plain(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A list of texts as SQL's `('a', 'b')`. */
export function textList(texts: readonly string[]): string {
  return `(${texts.map(quoteLiteral).join(", ")})`;
}

/** Pairs as a table expression, such as `(VALUES (5, 'score')) AS map(col, attribute)`. */
export function valueTable(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const texts = rows.map(
    (row) =>
      `(${row.map((value) => (typeof value === "number" ? String(value) : quoteLiteral(value))).join(", ")})`,
  );
  return `(VALUES ${texts.join(", ")}) AS ${name}(${columns.join(", ")})`;
}
