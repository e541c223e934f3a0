import { Binary, Field, makeBuilder, makeData, RecordBatch, Schema, Struct, Table } from "apache-arrow";
import type { RecordRow } from "./record-rows.ts";
import { tableFromRecords } from "./records.ts";
import { writeWkb } from "./write-wkb.ts";

/** A shape of GeoJSON; longitude and latitude in degrees. */
export interface GeoJsonGeometry {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly GeoJsonGeometry[];
}

interface Feature {
  readonly geometry: GeoJsonGeometry | null;
  readonly properties: RecordRow;
}

const GEOMETRIES = new Set([
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
  "GeometryCollection",
]);

/** GeoJSON (a collection, a feature or a bare geometry) as a table with a column `geometry`; undefined for anything else. */
export function tableFromGeoJson(value: unknown): Table | undefined {
  const features = featuresOf(value);
  if (!features || features.length === 0) return undefined;
  const builder = makeBuilder({ type: new Binary(), nullValues: [null, undefined] });
  for (const { geometry } of features) builder.append(geometry ? writeWkb(geometry) : null);
  const metadata = new Map([["ARROW:extension:name", "geoarrow.wkb"]]);
  const shape = new Field("geometry", new Binary(), true, metadata);
  const shapes = builder.finish().flush();
  const values = tableFromRecords(features.map(({ properties }) => properties));
  const schema = new Schema([...values.schema.fields.filter(({ name }) => name !== "geometry"), shape]);
  const children = schema.fields.map((field) => {
    const [data] = field === shape ? [shapes] : (values.getChild(field.name)?.data ?? []);
    return data ?? shapes;
  });
  const type = new Struct(schema.fields);
  const data = makeData({ type, length: features.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

function featuresOf(value: unknown): Feature[] | undefined {
  if (!isRecord(value)) return undefined;
  if (value.type === "FeatureCollection" && Array.isArray(value.features)) {
    const features = value.features.map(featureOf);
    return features.every((feature) => feature !== undefined) ? features : undefined;
  }
  const feature = featureOf(value) ?? (isGeometry(value) ? { geometry: value, properties: {} } : undefined);
  return feature && [feature];
}

function featureOf(value: unknown): Feature | undefined {
  if (!isRecord(value) || value.type !== "Feature") return undefined;
  const { geometry, properties } = value;
  if (geometry !== null && !isGeometry(geometry)) return undefined;
  return { geometry, properties: isRecord(properties) ? properties : {} };
}

function isGeometry(value: unknown): value is GeoJsonGeometry {
  if (!isRecord(value) || typeof value.type !== "string" || !GEOMETRIES.has(value.type)) return false;
  return value.type === "GeometryCollection"
    ? Array.isArray(value.geometries) && value.geometries.every(isGeometry)
    : Array.isArray(value.coordinates);
}

function isRecord(value: unknown): value is RecordRow {
  return typeof value === "object" && value !== null;
}
