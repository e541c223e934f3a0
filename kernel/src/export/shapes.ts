/** A shape read from WKB, with the nesting of its coordinates kept. */
export interface Shape {
  readonly type: ShapeType;
  /** Absent for a collection. */
  readonly coordinates?: Coordinates;
  readonly geometries?: readonly Shape[];
}

/** A position, or a list of lists of them. */
export type Coordinates = readonly (number | Coordinates)[];

const TYPES = [
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
  "GeometryCollection",
] as const;

/** A type of GeoJSON. */
export type ShapeType = (typeof TYPES)[number];

/** Reads WKB; undefined for a shape without any position. */
export function readShape(bytes: Uint8Array): Shape | undefined {
  const shape = new ShapeReader(bytes).shape();
  return isEmpty(shape) ? undefined : shape;
}

function isEmpty({ coordinates, geometries }: Shape): boolean {
  return geometries ? geometries.every(isEmpty) : !hasPosition(coordinates ?? []);
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

  shape(): Shape {
    const type = this.#header();
    switch (type) {
      case "Point":
        return { type, coordinates: this.#position() };
      case "LineString":
        return { type, coordinates: this.#positions() };
      case "Polygon":
        return { type, coordinates: this.#list(() => this.#positions()) };
      case "GeometryCollection":
        return { type, geometries: this.#list(() => this.shape()) };
      default:
        return { type, coordinates: this.#list(() => this.shape().coordinates ?? []) };
    }
  }

  #header(): ShapeType {
    this.#little = this.#view.getUint8(this.#offset) === 1;
    const code = this.#view.getUint32(this.#offset + 1, this.#little);
    this.#offset += 5;
    // EWKB marks Z, M and a system number in the highest bits; ISO adds 1000, 2000 or 3000 to the type.
    if (code & 0x20000000) this.#offset += 4;
    const iso = Math.floor((code & 0xffff) / 1000);
    const extended = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
    this.#dimensions = 2 + (iso === 3 ? 2 : iso > 0 ? 1 : extended);
    const type = TYPES[((code & 0xffff) % 1000) - 1];
    if (!type) throw new RangeError(`WKB type ${code} is no shape of GeoJSON`);
    return type;
  }

  #position(): number[] {
    return Array.from({ length: this.#dimensions }, () => {
      const value = this.#view.getFloat64(this.#offset, this.#little);
      this.#offset += 8;
      return value;
    });
  }

  #positions(): number[][] {
    return this.#list(() => this.#position());
  }

  #list<Item>(read: () => Item): Item[] {
    const length = this.#view.getUint32(this.#offset, this.#little);
    this.#offset += 4;
    return Array.from({ length }, read);
  }
}

/** A shape as WKT, x and y in degrees. */
export function writeWkt({ type, coordinates = [], geometries }: Shape): string {
  if (geometries) return `GEOMETRYCOLLECTION (${geometries.map(writeWkt).join(", ")})`;
  const name = type.toUpperCase();
  if (type === "Point") return `${name} (${coordinates.map(String).join(" ")})`;
  return `${name} ${writeNested(coordinates, type === "MultiPoint")}`;
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
export function writeGeoJson({ type, coordinates = [], geometries }: Shape): string {
  if (geometries) return `{"type":"${type}","geometries":[${geometries.map(writeGeoJson).join(",")}]}`;
  return `{"type":"${type}","coordinates":${writeCoordinates(coordinates)}}`;
}

function writeCoordinates(coordinates: Coordinates): string {
  return `[${coordinates.map((item) => (typeof item === "number" ? String(Math.round(item * 1e8) / 1e8) : writeCoordinates(item))).join(",")}]`;
}
