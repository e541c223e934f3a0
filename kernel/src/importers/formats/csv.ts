import { closeSync, openSync, readSync } from "node:fs";
import { readFiles } from "../../engine/read-files.ts";
import type { ReadFile } from "./read.ts";
import { utf8File } from "./text-file.ts";

const START_BYTES = 1 << 20;

/** What a text must be to be a number, once signs and blanks are gone. */
const NUMBER = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$";

/**
 * The number in a text cell, as SQL: without currency signs, thousands commas, blanks and a trailing percent sign; null
 * when it is no number.
 */
export function numberIn(text: string): string {
  const bare = `regexp_replace(${text}, '^[\\s\\p{Sc}\\x{FFFD}]+|[\\s%]+$', '', 'g')`;
  const joined = `CASE WHEN regexp_full_match(${bare}, '[-+]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?') THEN replace(${bare}, ',', '') ELSE ${bare} END`;
  return `CASE WHEN regexp_matches(${joined}, '${NUMBER}') THEN TRY_CAST(${joined} AS DOUBLE) END`;
}

/** The number that a text is, as SQL, with blanks around it at most; null when it is something else, such as a code. */
export function plainNumber(text: string): string {
  return `CASE WHEN regexp_matches(trim(${text}), '${NUMBER}') THEN TRY_CAST(trim(${text}) AS DOUBLE) END`;
}

/**
 * CSV becomes the table `source`: `file` and `row` from 0 (blank lines do not count), and its fields as the texts `c0`,
 * `c1`, …; and the view `source_cells` with one row for each field that is not blank, as spreadsheets have it.
 */
export const readCsv: ReadFile = async (engine, pieces, table, { folder, signal }) => {
  const texts = await Promise.all(pieces.map(({ path }) => utf8File(path, folder, signal)));
  const count = Math.max(...texts.map(countColumns));
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  const filled = `coalesce(${names.join(", ")}) IS NOT NULL`;
  const format = `auto_detect = false, columns = {${columns}}, delim = ',', quote = '"', escape = '"', new_line = '\\n', header = false,
    null_padding = true, strict_mode = false, parallel = false`;
  const selects = texts.map(
    (path, file) =>
      `SELECT ${file} AS file, row_number() OVER () - 1 AS row, * FROM (SELECT * FROM ${readFiles("read_csv", [path], format)} WHERE ${filled})`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${selects.join(" UNION ALL ")}`, { signal });
  await engine.run(`CREATE OR REPLACE TEMP VIEW ${table}_cells AS
    SELECT file, 0 AS sheet, '' AS sheet_name, row, substr(name, 2)::INTEGER AS col, ${numberIn("text")} AS number, text
    FROM (UNPIVOT ${table} ON ${names.join(", ")} INTO NAME name VALUE text)`);
};

/** The most fields that a line of the file's beginning can have; too many does no harm. */
function countColumns(path: string): number {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(START_BYTES);
    const lines = buffer.toString("latin1", 0, readSync(file, buffer, 0, START_BYTES, 0)).split(/\r\n?|\n/);
    return Math.max(1, ...lines.map((line) => line.split(",").length));
  } finally {
    closeSync(file);
  }
}
