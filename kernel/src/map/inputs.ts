import type { Table } from "apache-arrow";
import { isTable } from "../engine/is-table.ts";
import { tableOfGeoJson } from "../engine/own-geo-json.ts";
import { tableOfRows } from "../engine/own-rows.ts";
import { isRecords, type RecordRow } from "../engine/record-rows.ts";
import { UserError } from "../errors.ts";
import type { LayerOptions, MapOptions } from "./options.ts";

/** What can be put on a map: a table, GeoJSON, or plain objects with longitude and latitude. */
export type MapData = Table | readonly RecordRow[] | GeoJsonObject;

/** GeoJSON of any type, with the names that it may have: one that is written into a cell is no mistake. */
export interface GeoJsonObject {
  readonly type: string;
  readonly features?: readonly object[];
  readonly geometry?: object | null;
  readonly properties?: object | null;
  readonly coordinates?: readonly unknown[];
  readonly geometries?: readonly object[];
  readonly id?: string | number | undefined;
  readonly bbox?: readonly number[] | undefined;
  readonly name?: string;
  readonly crs?: object;
}

/** A layer of a map with several. */
export interface LayerInput extends LayerOptions {
  readonly data: MapData;
}

/** A layer whose data is a table. */
export interface TableLayer extends LayerOptions {
  readonly data: Table;
}

/** The layers of a map, the lowest first. What is said of the whole map holds for its only layer, but not for several. */
export function layerInputs(data: MapData | readonly LayerInput[], options: MapOptions): TableLayer[] {
  if (isLayers(data)) return data.map((layer) => ({ ...layer, data: tableOf(layer.data) }));
  const {
    width: _,
    height: __,
    crs: ___,
    extent: ____,
    source: _____,
    insets: ______,
    basemap: _______,
    attribution: ________,
    ...layer
  } = options;
  return [{ ...layer, data: tableOf(data) }];
}

function isLayers(data: MapData | readonly LayerInput[]): data is readonly LayerInput[] {
  return (
    Array.isArray(data) && data.length > 0 && data.every((each) => isObject(each) && isMapData(each.data))
  );
}

function isObject(value: unknown): value is { readonly data?: unknown } {
  return typeof value === "object" && value !== null;
}

function isEmpty(data: MapData): boolean {
  const list = "features" in data ? data.features : data;
  return Array.isArray(list) && list.length === 0;
}

function isMapData(value: unknown): boolean {
  return isTable(value) || isRecords(value) || (isObject(value) && "type" in value);
}

function tableOf(data: MapData): Table {
  if (isEmpty(data)) throw new UserError("There is nothing to put on a map: the list of features is empty");
  if (isTable(data) || isRecords(data)) return tableOfRows(data);
  const table = tableOfGeoJson(data);
  if (table) return table;
  throw new UserError("This cannot be put on a map", {
    hint: "A map takes a table with shapes, GeoJSON, or a list of objects with longitude and latitude.",
  });
}
