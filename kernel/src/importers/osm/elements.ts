import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";

/** The raw entities of an OpenStreetMap file, as SQL. */
export interface OsmElements {
  /** A table function with the columns of DuckDB's `ST_ReadOSM`. */
  readonly sql: string;
  /** Removes what reading needed besides the file. */
  readonly remove?: () => void;
}

/** Columns of `ST_ReadOSM`, for entities that come as JSON. */
const COLUMNS = `{kind: 'VARCHAR', id: 'BIGINT', tags: 'MAP(VARCHAR, VARCHAR)', refs: 'BIGINT[]', lat: 'DOUBLE', lon: 'DOUBLE',
  ref_roles: 'VARCHAR[]', ref_types: 'VARCHAR[]'}`;

/**
 * Opens a file of OpenStreetMap: `.osm.pbf`, or XML (`.osm`, also gzipped), which is turned into lines of JSON first.
 * Throws a UserError when the file is neither.
 */
export async function openOsmFile(path: string, work: Work): Promise<OsmElements> {
  const start = await readStart(path);
  if (start.subarray(4, 15).toString("latin1") === "\n\tOSMHeader")
    return { sql: `ST_ReadOSM(${quoteLiteral(path)})` };
  const gzipped = start[0] === 0x1f && start[1] === 0x8b;
  if (!gzipped && !/^\s*<(\?xml|osm)/.test(start.toString("utf8").replace(/^\uFEFF/, ""))) {
    throw new UserError(`${basename(path)} is not a file of OpenStreetMap`, {
      where: path,
      hint: "It must be .osm.pbf, or XML as .osm or .osm.gz.",
    });
  }
  return convertXml(path, gzipped, work);
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
  { signal, onProgress }: Work,
): Promise<OsmElements> {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-osm-"));
  const target = join(folder, "elements.json");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  onProgress?.({ stage: `Reading ${basename(path)}` });
  try {
    const raw = createReadStream(path);
    const text = gzipped ? raw.pipe(createGunzip()) : raw;
    raw.on("error", (error) => text.destroy(error));
    await pipeline(Readable.from(linesOf(text)), createWriteStream(target), signal ? { signal } : {});
  } catch (cause) {
    remove();
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? ` (${cause.message})` : "";
    throw new UserError(`${basename(path)} cannot be read: it is damaged or cut short${reason}`, {
      where: path,
      cause,
    });
  }
  const file = quoteLiteral(target);
  return { sql: `read_json(${file}, format = 'newline_delimited', columns = ${COLUMNS})`, remove };
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
