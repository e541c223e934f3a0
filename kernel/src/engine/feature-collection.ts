import { DataType, type Table } from "apache-arrow";
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { isGeometry } from "./arrow.ts";
import { type Rows, tableOfRows } from "./own-rows.ts";
import { type FlatGeometry, readWkb } from "./wkb.ts";

/**
 * Rows with their shapes as GeoJSON, for libraries such as Turf: longitude and latitude in degrees. The first column of shapes
 * becomes the geometry, all others properties; a label becomes the feature's id. Rows without a shape are left out; of a
 * mixed collection the pieces of the highest dimension are kept.
 */
export function featureCollection(rows: Rows): FeatureCollection {
  const table = tableOfRows(rows);
  const shapes = table.schema.fields.findIndex(isGeometry);
  const shape = shapes < 0 ? undefined : table.getChildAt(shapes);
  const columns = propertyColumns(table);
  const features: Feature[] = [];
  for (let row = 0; row < table.numRows; row++) {
    const bytes: unknown = shape?.get(row);
    const geometry = bytes instanceof Uint8Array ? geometryOf(readWkb(bytes)) : undefined;
    if (!geometry) continue;
    const properties = Object.fromEntries(columns.map(({ name, valueAt }) => [name, valueAt(row)]));
    const { label } = properties;
    const id = typeof label === "string" || typeof label === "number" ? { id: label } : {};
    features.push({ type: "Feature", ...id, properties, geometry });
  }
  return { type: "FeatureCollection", features };
}

function propertyColumns(table: Table) {
  return table.schema.fields.flatMap((field, index) => {
    if (isGeometry(field)) return [];
    const column = table.getChildAt(index);
    const isTime = DataType.isTimestamp(field.type) || DataType.isDate(field.type);
    return [{ name: field.name, valueAt: (row: number) => plainValue(column?.get(row), isTime) }];
  });
}

/** A value that JSON can hold. */
function plainValue(value: unknown, isTime: boolean): unknown {
  if (value === null || value === undefined) return null;
  if (isTime) return new Date(Number(value)).toISOString();
  return typeof value === "bigint" ? Number(value) : value;
}

function geometryOf({ kind, coordinates, ends, rings }: FlatGeometry): Geometry | undefined {
  const parts = ends.map((end, index) => positions(coordinates, ends[index - 1] ?? 0, end));
  const [first] = parts;
  if (!first) return undefined;
  if (kind === "point") {
    const points = parts.flat();
    const [point = []] = points;
    return points.length === 1
      ? { type: "Point", coordinates: point }
      : { type: "MultiPoint", coordinates: points };
  }
  if (kind === "line")
    return parts.length === 1
      ? { type: "LineString", coordinates: first }
      : { type: "MultiLineString", coordinates: parts };
  return polygonOf(parts, rings);
}

function polygonOf(parts: readonly Position[][], rings: readonly number[]): Geometry {
  let start = 0;
  const polygons = rings.map((count) => {
    start += count;
    return parts.slice(start - count, start);
  });
  const [first = []] = polygons;
  return polygons.length === 1
    ? { type: "Polygon", coordinates: first }
    : { type: "MultiPolygon", coordinates: polygons };
}

function positions(coordinates: Float64Array, start: number, end: number): Position[] {
  return Array.from({ length: end - start }, (_, index) => {
    const place = 2 * (start + index);
    return [coordinates[place] ?? Number.NaN, coordinates[place + 1] ?? Number.NaN];
  });
}
