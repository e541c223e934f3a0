import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { quoteLiteral } from "../../engine/quote.ts";
import { readFiles } from "../../engine/read-files.ts";
import { UserError } from "../../errors.ts";
import type { ReadFile, ReadOptions } from "./read.ts";

/**
 * Files of OpenStreetMap become the view `source` with the columns of `ST_ReadOSM`, and the table `source_size` has their `bytes`. What lies on the border of two extracts is in
 * both.
 */
export const readOsm: ReadFile = async (engine, pieces, table, options) => {
  const sources: string[] = [];
  for (const { path } of pieces) sources.push(await openOsmFile(path, options));
  const columns =
    "kind::VARCHAR AS kind, id, tags, refs, lat, lon, ref_roles, ref_types::VARCHAR[] AS ref_types";
  const all = sources.map((source) => `SELECT ${columns} FROM ${source}`).join(" UNION ALL ");
  await engine.run(`CREATE OR REPLACE TEMP VIEW ${table} AS ${all}`);
  const bytes = pieces.reduce((sum, { path }) => sum + statSync(path).size, 0);
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table}_size AS SELECT ${bytes} AS bytes`);
};

/** Columns of `ST_ReadOSM`, for entities that come as JSON. */
const COLUMNS = `{kind: 'VARCHAR', id: 'BIGINT', tags: 'MAP(VARCHAR, VARCHAR)', refs: 'BIGINT[]', lat: 'DOUBLE', lon: 'DOUBLE',
  ref_roles: 'VARCHAR[]', ref_types: 'VARCHAR[]'}`;

/**
 * SQL of a file of OpenStreetMap with the columns of DuckDB's `ST_ReadOSM`: `.osm.pbf`, or XML (`.osm`, also gzipped), which is
 * turned into lines of JSON in the folder first. Throws a UserError when the file is neither.
 */
export async function openOsmFile(path: string, options: ReadOptions): Promise<string> {
  const start = await readStart(path);
  if (start.subarray(4, 15).toString("latin1") === "\n\tOSMHeader")
    return `ST_ReadOSM(${quoteLiteral(path)})`;
  const gzipped = start[0] === 0x1f && start[1] === 0x8b;
  if (!gzipped && !/^\s*<(\?xml|osm)/.test(start.toString("utf8").replace(/^\uFEFF/, ""))) {
    throw new UserError(`${basename(path)} is not a file of OpenStreetMap`, {
      where: path,
      hint: "It must be .osm.pbf, or XML as .osm or .osm.gz.",
    });
  }
  return convertXml(path, gzipped, options);
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function convertXml(
  path: string,
  gzipped: boolean,
  { folder, signal, onProgress }: ReadOptions,
): Promise<string> {
  const target = join(folder, `${randomUUID()}.json`);
  onProgress?.({ stage: `Reading ${basename(path)}` });
  try {
    const raw = createReadStream(path);
    const text = gzipped ? raw.pipe(createGunzip()) : raw;
    raw.on("error", (error) => text.destroy(error));
    await pipeline(Readable.from(linesOf(text)), createWriteStream(target), signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    throw new UserError(`${basename(path)} cannot be read: it is damaged or cut short${reason}`, {
      where: path,
      cause,
    });
  }
  return readFiles("read_json", [target], `format = 'newline_delimited', columns = ${COLUMNS}`);
}

interface Element {
  readonly kind: "node" | "way" | "relation";
  readonly id: string;
  readonly lat?: string;
  readonly lon?: string;
  readonly tags: Record<string, string>;
  readonly refs: string[];
  readonly roles: string[];
  readonly types: string[];
}

/** Each node, way and relation of the XML as one line of JSON. */
async function* linesOf(text: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let lines = "";
  let current: Element | undefined;
  let failure: Error | undefined;
  parser.on("error", (error) => {
    failure ??= error;
  });
  parser.on("opentag", (tag) => {
    current = begin(tag) ?? current;
    if (current) addTo(current, tag);
  });
  parser.on("closetag", ({ name }) => {
    if (!current || name !== current.kind) return;
    lines += `${lineOf(current)}\n`;
    current = undefined;
  });
  for await (const chunk of text) {
    parser.write(decoder.decode(chunk, { stream: true }));
    if (failure) throw failure;
    if (lines !== "") yield lines;
    lines = "";
  }
  parser.close();
  if (failure) throw failure;
  if (lines !== "") yield lines;
}

function begin({ name, attributes }: SaxesTagPlain): Element | undefined {
  if (name !== "node" && name !== "way" && name !== "relation") return undefined;
  const { id = "", lat, lon } = attributes;
  return {
    kind: name,
    id,
    ...(lat && { lat }),
    ...(lon && { lon }),
    tags: {},
    refs: [],
    roles: [],
    types: [],
  };
}

function addTo({ tags, refs, roles, types }: Element, { name, attributes }: SaxesTagPlain): void {
  const { k, v, ref, type, role } = attributes;
  if (name === "tag" && k !== undefined) tags[k] = v ?? "";
  if ((name === "nd" || name === "member") && ref !== undefined) refs.push(ref);
  if (name !== "member") return;
  types.push(type ?? "");
  roles.push(role ?? "");
}

/** Ids stay text until DuckDB reads them: they may be longer than what a JavaScript number holds. */
function lineOf({ kind, id, lat, lon, tags, refs, roles, types }: Element): string {
  const tagged = Object.keys(tags).length > 0;
  return JSON.stringify({
    kind,
    id,
    ...(tagged && { tags }),
    ...(lat && { lat, lon }),
    ...(kind !== "node" && { refs }),
    ...(kind === "relation" && { ref_roles: roles, ref_types: types }),
  });
}
