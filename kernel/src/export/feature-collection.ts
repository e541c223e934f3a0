import { DataType, type Table } from "apache-arrow";
import type { Feature, FeatureCollection } from "geojson";
import { isGeometry } from "../engine/arrow.ts";
import { type Rows, tableOfRows } from "../engine/own-rows.ts";
import { readShape } from "./shapes.ts";

/**
 * Rows with their shapes as GeoJSON, for libraries such as Turf: longitude and latitude in degrees. The first column of shapes
 * becomes the geometry, all others properties; a label becomes the feature's id. Rows without a shape are left out.
 */
export function featureCollection(rows: Rows): FeatureCollection {
  const table = tableOfRows(rows);
  const shapes = table.schema.fields.findIndex(isGeometry);
  const shape = shapes < 0 ? undefined : table.getChildAt(shapes);
  const columns = propertyColumns(table);
  const features: Feature[] = [];
  for (let row = 0; row < table.numRows; row++) {
    const bytes: unknown = shape?.get(row);
    const geometry = bytes instanceof Uint8Array ? readShape(bytes) : undefined;
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
