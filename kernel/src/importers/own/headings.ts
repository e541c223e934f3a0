import { existsSync } from "node:fs";
import { escapePattern } from "../../escape-pattern.ts";
import { firstLinesOf } from "../formats/start-of-file.ts";
import { columnNames, findDelimiter, findHeader, joinedHeadings } from "./grid.ts";

const FIRST_ROWS = 60;

/** Columns of a text file of one's own as its beginning tells them, without reading the rest; none of a file of another kind. */
export function headingsOf(path: string): string[] {
  if (!/\.(csv|tsv|txt|dat)$/i.test(path) || !existsSync(path)) return [];
  const start = firstLinesOf(path);
  // Not inside quotes: what is left of the line has them in pairs.
  const delimiter = new RegExp(`${escapePattern(findDelimiter(start))}(?=(?:[^"]*"[^"]*")*[^"]*$)`);
  const rows = start
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, FIRST_ROWS)
    .map((line) => line.split(delimiter).map((field) => field.replace(/^"|"$/g, "").replaceAll('""', '"')));
  const header = findHeader(rows);
  return header === undefined ? [] : columnNames(joinedHeadings(rows, header));
}
