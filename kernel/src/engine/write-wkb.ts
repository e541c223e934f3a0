import { GEOMETRY_TYPES, type GeoJsonGeometry } from "./geo-json-geometry.ts";

const TYPES: readonly string[] = GEOMETRY_TYPES;
const LITTLE_ENDIAN = 1;

/** A shape of GeoJSON as WKB; heights are left out. Throws a TypeError when its coordinates are not those of its type. */
export function writeWkb(geometry: GeoJsonGeometry): Uint8Array {
  const parts: number[] = [];
  writeGeometry(geometry.type, geometry.geometries ?? geometry.coordinates, parts);
  return Uint8Array.from(parts);
}

function writeGeometry(type: string, content: unknown, bytes: number[]): void {
  const code = TYPES.indexOf(type) + 1;
  if (code === 0) throw new TypeError(`GeoJSON knows no ${type}`);
  bytes.push(LITTLE_ENDIAN);
  writeInteger(code, bytes);
  if (type === "Point") {
    writePosition(content, bytes);
    return;
  }
  const items = listOf(content);
  writeInteger(items.length, bytes);
  for (const item of items) writeItem(type, item, bytes);
}

function writeItem(type: string, item: unknown, bytes: number[]): void {
  if (type === "LineString") writePosition(item, bytes);
  else if (type === "Polygon") {
    const ring = listOf(item);
    writeInteger(ring.length, bytes);
    for (const position of ring) writePosition(position, bytes);
  } else if (type === "GeometryCollection") {
    const inner = item;
    if (typeof inner !== "object" || inner === null || !("type" in inner)) throw new TypeError("no geometry");
    const content =
      "geometries" in inner ? inner.geometries : "coordinates" in inner ? inner.coordinates : [];
    writeGeometry(String(inner.type), content, bytes);
  } else writeGeometry(type.slice("Multi".length), item, bytes);
}

function writePosition(position: unknown, bytes: number[]): void {
  const [x, y] = listOf(position);
  const view = new DataView(new ArrayBuffer(16));
  view.setFloat64(0, Number(x), true);
  view.setFloat64(8, Number(y), true);
  bytes.push(...new Uint8Array(view.buffer));
}

function writeInteger(value: number, bytes: number[]): void {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  bytes.push(...new Uint8Array(view.buffer));
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new TypeError("GeoJSON has a list of coordinates here");
}
