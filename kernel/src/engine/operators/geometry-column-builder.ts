import { boxesOf, type GeometryColumn, KIND } from "./geometry-column.ts";

/** The shapes as WKB bytes, null where there is none, as a column. */
export function columnFromWkb(shapes: Iterable<Uint8Array | null>): GeometryColumn {
  const builder = new GeometryColumnBuilder();
  for (const shape of shapes) builder.append(shape);
  return builder.finish();
}

/** A column with some of its rows replaced by other shapes. */
export function withRows(
  column: GeometryColumn,
  shapes: ReadonlyMap<number, Uint8Array | null>,
): GeometryColumn {
  const builder = new GeometryColumnBuilder();
  for (let row = 0; row < column.length; row++) {
    const shape = shapes.get(row);
    if (shape === undefined) builder.appendRow(column, row);
    else builder.append(shape);
  }
  return builder.finish();
}

/** Whether this processor's numbers begin with their lowest byte. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const RANKS: Readonly<Record<number, number>> = { 1: KIND.POINT, 2: KIND.LINE, 3: KIND.POLYGON };

/** Takes shapes one after the other and makes a {@link GeometryColumn} of them. */
export class GeometryColumnBuilder {
  readonly #kinds = new Growing(Uint8Array);
  readonly #parts = new Growing(Uint32Array);
  readonly #points = new Growing(Uint32Array);
  readonly #holes = new Growing(Uint8Array);
  readonly #coordinates: Growing<Float64Array>;
  /** Where the row begins that is being read: what it has is taken back when a part of a higher dimension comes. */
  #firstPart = 0;
  #firstValue = 0;
  #kind: number = KIND.NONE;

  /** `points` is the number of points that are expected: room for them is made once. */
  constructor(points = 0) {
    this.#coordinates = new Growing(Float64Array, 2 * points);
  }

  /** Adds a row with a shape in WKB of any byte order, ISO or EWKB, or without one. Throws a RangeError for other bytes. */
  append(shape: Uint8Array | null): void {
    this.#begin();
    if (shape) {
      const view = new DataView(shape.buffer, shape.byteOffset, shape.byteLength);
      this.#readShape(view, 0);
    }
    this.#end();
  }

  /** Adds a row with a point; without a shape when x or y is not a number. */
  appendPoint(x: number, y: number): void {
    this.#begin();
    if (!Number.isNaN(x) && !Number.isNaN(y)) {
      this.#kind = KIND.POINT;
      this.#pushPoint(x, y);
    }
    this.#end();
  }

  /** Adds a row of another column. */
  appendRow(column: GeometryColumn, row: number): void {
    this.#begin();
    this.#kind = column.kinds[row] ?? KIND.NONE;
    const end = column.parts[row + 1] ?? 0;
    for (let part = column.parts[row] ?? 0; part < end; part++) {
      this.#points.push(this.#coordinates.length / 2);
      this.#holes.push(column.holes[part] ?? 0);
      const { coordinates, points } = column;
      this.#coordinates.pushAll(coordinates.subarray(2 * (points[part] ?? 0), 2 * (points[part + 1] ?? 0)));
    }
    this.#end();
  }

  /** The rows that were added. */
  finish(): GeometryColumn {
    const length = this.#kinds.length;
    this.#parts.push(this.#holes.length);
    this.#points.push(this.#coordinates.length / 2);
    const column = {
      length,
      kinds: this.#kinds.finish(),
      parts: this.#parts.finish(),
      points: this.#points.finish(),
      holes: this.#holes.finish(),
      coordinates: this.#coordinates.finish(),
    };
    return { ...column, boxes: boxesOf(column, column.coordinates) };
  }

  #begin(): void {
    this.#firstPart = this.#holes.length;
    this.#firstValue = this.#coordinates.length;
    this.#kind = KIND.NONE;
  }

  #end(): void {
    this.#kinds.push(this.#coordinates.length > this.#firstValue ? this.#kind : KIND.NONE);
    this.#parts.push(this.#firstPart);
  }

  /** Reads one geometry; returns where the bytes after it begin. Every geometry states its own byte order. */
  #readShape(view: DataView, start: number): number {
    const littleEndian = view.getUint8(start) === 1;
    const code = view.getUint32(start + 1, littleEndian);
    // EWKB marks Z, M and a system number in the highest bits; ISO adds 1000, 2000 or 3000 to the type.
    const iso = Math.floor((code & 0xffff) / 1000);
    const extended = (code & 0x80000000 ? 1 : 0) + (code & 0x40000000 ? 1 : 0);
    const width = 8 * (2 + (iso === 3 ? 2 : iso > 0 ? 1 : extended));
    const at = start + (code & 0x20000000 ? 9 : 5);
    const type = (code & 0xffff) % 1000;
    if (type >= 4 && type <= 7) return this.#readMembers(view, at, littleEndian);
    const kind = RANKS[type];
    if (kind === undefined) throw new RangeError(`WKB type ${type} is not a point, line or polygon`);
    const kept = this.#admit(kind);
    if (type === 1) return this.#readPoint(view, at, littleEndian, width, kept);
    if (type === 2) return this.#readRun(view, at, littleEndian, width, kept, 0);
    return this.#readRings(view, at, littleEndian, width, kept);
  }

  #readMembers(view: DataView, start: number, littleEndian: boolean): number {
    const count = countAt(view, start, littleEndian, 5);
    let at = start + 4;
    for (let member = 0; member < count; member++) at = this.#readShape(view, at);
    return at;
  }

  /** In a collection only the highest dimension counts: a polygon sends away the lines and points before it. */
  #admit(kind: number): boolean {
    if (kind < this.#kind) return false;
    if (kind > this.#kind) {
      this.#holes.length = this.#firstPart;
      this.#points.length = this.#firstPart;
      this.#coordinates.length = this.#firstValue;
      this.#kind = kind;
    }
    return true;
  }

  #readPoint(view: DataView, at: number, littleEndian: boolean, width: number, kept: boolean): number {
    const x = view.getFloat64(at, littleEndian);
    const y = view.getFloat64(at + 8, littleEndian);
    if (kept && !Number.isNaN(x) && !Number.isNaN(y)) this.#pushPoint(x, y);
    return at + width;
  }

  #pushPoint(x: number, y: number): void {
    this.#points.push(this.#coordinates.length / 2);
    this.#holes.push(0);
    this.#coordinates.push(x);
    this.#coordinates.push(y);
  }

  #readRings(view: DataView, start: number, littleEndian: boolean, width: number, kept: boolean): number {
    const count = countAt(view, start, littleEndian, 4);
    let at = start + 4;
    for (let ring = 0; ring < count; ring++)
      at = this.#readRun(view, at, littleEndian, width, kept, ring === 0 ? 0 : 1);
    return at;
  }

  #readRun(
    view: DataView,
    start: number,
    littleEndian: boolean,
    width: number,
    kept: boolean,
    hole: number,
  ): number {
    const count = countAt(view, start, littleEndian, width);
    const end = start + 4 + count * width;
    if (!kept || count === 0) return end;
    this.#points.push(this.#coordinates.length / 2);
    this.#holes.push(hole);
    if (littleEndian === LITTLE_ENDIAN && width === 16) {
      this.#coordinates.pushBytes(new Uint8Array(view.buffer, view.byteOffset + start + 4, 16 * count));
      return end;
    }
    for (let at = start + 4; at < end; at += width) {
      this.#coordinates.push(view.getFloat64(at, littleEndian));
      this.#coordinates.push(view.getFloat64(at + 8, littleEndian));
    }
    return end;
  }
}

/** A count of things that take at least so many bytes each. */
function countAt(view: DataView, at: number, littleEndian: boolean, bytesEach: number): number {
  const count = view.getUint32(at, littleEndian);
  if (count * bytesEach > view.byteLength - at - 4) throw new RangeError("WKB is cut short");
  return count;
}

interface NumbersType<Numbers> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer, offset: number, length: number): Numbers;
}

/** A typed array in shared memory that grows. */
class Growing<Numbers extends Uint8Array | Uint32Array | Float64Array> {
  readonly #type: NumbersType<Numbers>;
  values: Numbers;
  length = 0;
  #bytes: Uint8Array;

  constructor(type: NumbersType<Numbers>, expected = 0) {
    this.#type = type;
    this.values = this.#make(Math.max(1024, expected));
    this.#bytes = new Uint8Array(sharedBuffer(this.values));
  }

  push(value: number): void {
    if (this.length === this.values.length) this.#grow(this.length + 1);
    this.values[this.length++] = value;
  }

  pushAll(values: ArrayLike<number>): void {
    const end = this.length + values.length;
    if (end > this.values.length) this.#grow(end);
    this.values.set(values, this.length);
    this.length = end;
  }

  /** Adds values as they lie in memory, at whatever place: a typed array could not begin there. */
  pushBytes(bytes: Uint8Array): void {
    const { BYTES_PER_ELEMENT } = this.#type;
    const end = this.length + bytes.length / BYTES_PER_ELEMENT;
    if (end > this.values.length) this.#grow(end);
    this.#bytes.set(bytes, this.length * BYTES_PER_ELEMENT);
    this.length = end;
  }

  finish(): Numbers {
    return new this.#type(sharedBuffer(this.values), 0, this.length);
  }

  #grow(least: number): void {
    const grown = this.#make(Math.max(least, Math.ceil(this.values.length * 1.6)));
    grown.set(this.values);
    this.values = grown;
    this.#bytes = new Uint8Array(sharedBuffer(grown));
  }

  #make(length: number): Numbers {
    return new this.#type(new SharedArrayBuffer(length * this.#type.BYTES_PER_ELEMENT), 0, length);
  }
}

function sharedBuffer({ buffer }: Uint8Array | Uint32Array | Float64Array): SharedArrayBuffer {
  if (buffer instanceof SharedArrayBuffer) return buffer;
  throw new TypeError("a column lies in memory that is not shared");
}
