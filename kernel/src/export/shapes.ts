import type { Geometry, Position } from "geojson";
import { GEOMETRY_TYPES } from "../engine/geo-json-geometry.ts";

/** A position, or a list of lists of them. */
type Coordinates = readonly (number | Coordinates)[];

/** Reads WKB; undefined for a shape without any position. */
export function readShape(bytes: Uint8Array): Geometry | undefined {
  const shape = new ShapeReader(bytes).shape();
  return isEmpty(shape) ? undefined : shape;
}

function isEmpty(shape: Geometry): boolean {
  return "geometries" in shape ? shape.geometries.every(isEmpty) : !hasPosition(shape.coordinates);
}

function hasPosition(coordinates: Coordinates): boolean {
  return coordinates.some((item) => (typeof item === "number" ? !Number.isNaN(item) : hasPosition(item)));
}

class ShapeReader {
  readonly #view: DataView;
  #offset = 0;
  #little = true;
  #dimensions = 2;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  shape(): Geometry {
    const type = this.#header();
    switch (type) {
      case "Point":
        return { type, coordinates: this.#position() };
      case "LineString":
        return { type, coordinates: this.#positions() };
      case "Polygon":
        return { type, coordinates: this.#rings() };
      case "MultiPoint":
        return { type, coordinates: this.#parts(() => this.#position()) };
      case "MultiLineString":
        return { type, coordinates: this.#parts(() => this.#positions()) };
      case "MultiPolygon":
        return { type, coordinates: this.#parts(() => this.#rings()) };
      case "GeometryCollection":
        return { type, geometries: this.#list(() => this.shape()) };
    }
  }

  #header(): Geometry["type"] {
    this.#little = this.#view.getUint8(this.#offset) === 1;
    const code = this.#view.getUint32(this.#offset + 1, this.#little);
    this.#offset += 5;
    // EWKB marks Z, M and a system number in the highest bits; ISO adds 1000, 2000 or 3000 to the type.
    if (code & 0x20000000) this.#offset += 4;
    const iso = Math.floor((code & 0xffff) / 1000);
    const extended = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
    this.#dimensions = 2 + (iso === 3 ? 2 : iso > 0 ? 1 : extended);
    const type = GEOMETRY_TYPES[((code & 0xffff) % 1000) - 1];
    if (!type) throw new RangeError(`WKB type ${code} is no shape of GeoJSON`);
    return type;
  }

  #position(): Position {
    return Array.from({ length: this.#dimensions }, () => {
      const value = this.#view.getFloat64(this.#offset, this.#little);
      this.#offset += 8;
      return value;
    });
  }

  #positions(): Position[] {
    return this.#list(() => this.#position());
  }

  #rings(): Position[][] {
    return this.#list(() => this.#positions());
  }

  /** Parts of a shape of several, each of which says again what it is. */
  #parts<Part>(read: () => Part): Part[] {
    return this.#list(() => {
      this.#header();
      return read();
    });
  }

  #list<Item>(read: () => Item): Item[] {
    const length = this.#view.getUint32(this.#offset, this.#little);
    this.#offset += 4;
    return Array.from({ length }, read);
  }
}

/** A shape as WKT, x and y in degrees; one with heights says so, since readers refuse it otherwise. */
export function writeWkt(shape: Geometry): string {
  const name = `${shape.type.toUpperCase()}${DIMENSIONS[dimensionsOf(shape)] ?? ""}`;
  if ("geometries" in shape) return `${name} (${shape.geometries.map(writeWkt).join(", ")})`;
  const { type, coordinates } = shape;
  if (type === "Point") return `${name} (${coordinates.map(String).join(" ")})`;
  return `${name} ${writeNested(coordinates, type === "MultiPoint")}`;
}

const DIMENSIONS: Readonly<Record<number, string>> = { 3: " Z", 4: " ZM" };

/** How many numbers a position of the shape has. */
function dimensionsOf(shape: Geometry): number {
  if ("geometries" in shape) return Math.max(0, ...shape.geometries.map(dimensionsOf));
  let part: Coordinates = shape.coordinates;
  for (let [first] = part; typeof first === "object"; [first] = part) part = first;
  return part.length;
}

function writeNested(coordinates: Coordinates, points: boolean): string {
  const parts = coordinates.map((item) => {
    if (typeof item === "number") return String(item);
    const isPosition = typeof item[0] === "number";
    return isPosition && !points
      ? item.map(String).join(" ")
      : isPosition
        ? `(${item.map(String).join(" ")})`
        : writeNested(item, false);
  });
  return `(${parts.join(", ")})`;
}

/** A shape as GeoJSON with at most eight decimals, about a millimetre; rings as stored. */
export function writeGeoJson(shape: Geometry): string {
  if ("geometries" in shape)
    return `{"type":"${shape.type}","geometries":[${shape.geometries.map(writeGeoJson).join(",")}]}`;
  return `{"type":"${shape.type}","coordinates":${writeCoordinates(shape.coordinates)}}`;
}

function writeCoordinates(coordinates: Coordinates): string {
  return `[${coordinates.map((item) => (typeof item === "number" ? String(Math.round(item * 1e8) / 1e8) : writeCoordinates(item))).join(",")}]`;
}
