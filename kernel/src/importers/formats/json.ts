import { statSync } from "node:fs";
import { quotePath, readFiles } from "../../engine/read-files.ts";
import type { ReadFile } from "./read.ts";
import { utf8File } from "./text-file.ts";

/** DuckDB keeps two buffers of the largest object. */
const LEAST_BUFFER = 1 << 20;

/** A JSON document becomes one row of the table `source`: `file` from 0 and `json`. Lines of JSON become a row each. */
export const readJson: ReadFile = async (engine, pieces, table, { folder, signal }) => {
  const texts = await Promise.all(pieces.map(({ path }) => utf8File(path, folder, signal)));
  const selects = texts.map(
    (path, file) =>
      `SELECT ${file} AS file, json FROM ${readFiles("read_json_objects", [path], `maximum_object_size = ${Math.max(LEAST_BUFFER, statSync(path).size + 1)}`)}`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${selects.join(" UNION ALL ")}`, { signal });
};

/** Each line of a text becomes a row of the table `source`: `file` and `row` from 0, and `text`. */
export const readLines: ReadFile = async (engine, pieces, table, { folder, signal }) => {
  const texts = await Promise.all(pieces.map(({ path }) => utf8File(path, folder, signal)));
  const selects = texts.map(
    (path, file) => `SELECT ${file} AS file, generate_subscripts(lines, 1) - 1 AS row, unnest(lines) AS text
      FROM (SELECT string_split_regex(content, '\\r?\\n') AS lines FROM read_text(${quotePath(path)}))`,
  );
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${selects.join(" UNION ALL ")}`, { signal });
};
