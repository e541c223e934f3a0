import type { Table } from "apache-arrow";
import { type GeoJsonGeometry, isGeoJsonGeometry } from "./geo-json-geometry.ts";
import type { RecordRow } from "./record-rows.ts";
import { tableFromRecords } from "./records.ts";

interface Feature {
  readonly geometry: GeoJsonGeometry | null;
  readonly properties: RecordRow;
}

/** GeoJSON (a collection, a feature or a bare geometry) as a table with a column `geometry`; undefined for anything else. */
export function tableFromGeoJson(value: unknown): Table | undefined {
  const features = featuresOf(value);
  if (!features || features.length === 0) return undefined;
  return tableFromRecords(features.map(({ geometry, properties }) => ({ ...properties, geometry })));
}

/** Whether a value is GeoJSON with a feature at least. */
export function isGeoJson(value: unknown): value is { readonly type: string } {
  return (featuresOf(value)?.length ?? 0) > 0;
}

function featuresOf(value: unknown): Feature[] | undefined {
  if (!isRecord(value)) return undefined;
  if (value.type === "FeatureCollection" && Array.isArray(value.features)) {
    const features = value.features.map(featureOf);
    return features.every((feature) => feature !== undefined) ? features : undefined;
  }
  const feature =
    featureOf(value) ?? (isGeoJsonGeometry(value) ? { geometry: value, properties: {} } : undefined);
  return feature && [feature];
}

function featureOf(value: unknown): Feature | undefined {
  if (!isRecord(value) || value.type !== "Feature") return undefined;
  const { geometry, properties } = value;
  if (geometry !== null && !isGeoJsonGeometry(geometry)) return undefined;
  return { geometry, properties: isRecord(properties) ? properties : {} };
}

function isRecord(value: unknown): value is RecordRow {
  return typeof value === "object" && value !== null;
}
