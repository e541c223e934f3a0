import type { MapLayer, MapSpec } from "@tombolo/bundle";
import type { FetchBlob } from "../../output/blobs.ts";
import { currentState } from "../kept-state.ts";
import type { ShownLayer } from "../map-layer.ts";
import { type Exported, fileName, saveFile } from "./page.ts";
import { DATA_MARK, encodePart, type PageData } from "./page-data.ts";

/** Columns that nobody has looked at yet, and the finer geometry, go into a page up to so many bytes. */
const MOST_EXTRA_BYTES = 10_000_000;

/** Saves the map as a page that works by itself. Throws a RangeError for data that is not public. */
export async function pageWay(exported: Exported): Promise<string> {
  return saveFile(await pageHtml(exported), "text/html", fileName(exported.spec, "html"));
}

/** A page with the map's data and the code that shows it, which asks nothing of any network. */
export async function pageHtml(exported: Exported): Promise<Blob> {
  const { spec, layers, stage, fetchBlob, description } = exported;
  if (spec.access !== "public")
    throw new RangeError(
      `A page would hold the values themselves, which are ${spec.access}; export a picture.`,
    );
  const template = await fetchTemplate();
  const [before, after] = template.split(DATA_MARK);
  if (before === undefined || after === undefined) throw new TypeError("the page has no place for its data");
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  const room = { bytes: MOST_EXTRA_BYTES };
  const packed: MapLayer[] = [];
  for (const layer of layers) packed.push(await packLayer(layer, fetchBlob, parts, room));
  const { basemap: _, ...bare } = spec;
  const shown: MapSpec = { ...bare, layers: packed };
  const encoded = await Promise.all(
    [...parts].map(async ([id, bytes]) => [id, await encodePart(bytes)] as const),
  );
  const data: PageData = {
    ...{ spec: shown, description, state: currentState(stage, layers) },
    parts: Object.fromEntries(encoded),
  };
  // In a script element only "<" could end the data, or begin a comment.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return new Blob([before, json, after], { type: "text/html" });
}

async function fetchTemplate(): Promise<string> {
  const response = await fetch(new URL("./map-page.html", import.meta.url));
  if (!response.ok) throw new Error(`the page's code could not be read (${response.status})`);
  return response.text();
}

/** A layer with what it is shown by; other columns and the finer geometry while there is room. */
async function packLayer(
  layer: ShownLayer,
  fetchBlob: FetchBlob,
  parts: Map<string, Uint8Array<ArrayBuffer>>,
  room: { bytes: number },
): Promise<MapLayer> {
  const { fine, ...spec } = layer.spec;
  const take = async (ids: readonly string[], needed: boolean) => {
    const fetched = await Promise.all(ids.map(async (id) => [id, await fetchBlob(id)] as const));
    const bytes = fetched.reduce((sum, [, { byteLength }]) => sum + byteLength, 0);
    if (!needed && bytes > room.bytes) return false;
    if (!needed) room.bytes -= bytes;
    for (const [id, part] of fetched) parts.set(id, part);
    return true;
  };
  await take([spec.geometry, spec.names, spec.labels], true);
  const columns: MapLayer["columns"][number][] = [];
  for (const column of spec.columns) {
    const needed = layer.columns.has(column.name) || spec.hover.includes(column.name);
    const ids = column.suppressed === undefined ? [column.values] : [column.values, column.suppressed];
    if (await take(ids, needed)) columns.push(column);
  }
  const isFine = fine !== undefined && (await take([fine.geometry], false));
  return { ...spec, columns, ...(isFine && { fine }) };
}
