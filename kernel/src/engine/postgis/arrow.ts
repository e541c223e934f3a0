import {
  Binary,
  Bool,
  type DataType,
  Field,
  Float64,
  type Table,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { GEOMETRY_METADATA, tableFromVectors } from "../arrow.ts";

/** A column of an answer: its name, and the number by which PostgreSQL knows its type. */
interface Answered {
  readonly name: string;
  readonly dataTypeID: number;
}

const NUMBERS = new Set([20, 21, 23, 26, 700, 701, 1700]);
const BOOLEAN = 16;
const BYTES = 17;
const TIMESTAMP = 1114;

/** The rows of an answer, whose values are texts as PostgreSQL writes them, as an Arrow table. */
export function arrowFromRows(
  answered: readonly Answered[],
  rows: readonly (readonly unknown[])[],
  geometry: number,
): Table {
  const columns = answered.map(({ name, dataTypeID }, column) => {
    const { type, read } = typeOf(dataTypeID, geometry);
    const values = rows.map((row) => {
      const value = row[column];
      return typeof value === "string" ? read(value) : null;
    });
    const metadata = dataTypeID === geometry ? new Map(GEOMETRY_METADATA) : new Map<string, string>();
    return { field: new Field(name, type, true, metadata), vector: vectorFromArray(values, type) };
  });
  return tableFromVectors(
    columns.map(({ field }) => field),
    columns.map(({ vector }) => vector),
    rows.length,
  );
}

function typeOf(id: number, geometry: number): { type: DataType; read: (text: string) => unknown } {
  if (NUMBERS.has(id)) return { type: new Float64(), read: Number };
  if (id === BOOLEAN) return { type: new Bool(), read: (text) => text === "t" };
  if (id === BYTES) return { type: new Binary(), read: (text) => bytesOf(text.slice(2)) };
  if (id === geometry) return { type: new Binary(), read: wkbOf };
  // The store's times have no zone; a notebook reads them as if they were UTC.
  if (id === TIMESTAMP)
    return { type: new TimestampMillisecond(), read: (text) => new Date(`${text.replace(" ", "T")}Z`) };
  return { type: new Utf8(), read: (text) => text };
}

const bytesOf = (hexadecimal: string): Uint8Array => Uint8Array.from(Buffer.from(hexadecimal, "hex"));

const HAS_SYSTEM = 0x20000000;

/** WKB from the hexadecimal digits of PostGIS, without the number of the coordinate system that it puts into it. */
export function wkbOf(hexadecimal: string): Uint8Array {
  const bytes = bytesOf(hexadecimal);
  const view = new DataView(bytes.buffer);
  const littleEndian = bytes[0] === 1;
  const type = view.getUint32(1, littleEndian);
  if ((type & HAS_SYSTEM) === 0) return bytes;
  view.setUint32(1, type & ~HAS_SYSTEM, littleEndian);
  const plain = new Uint8Array(bytes.length - 4);
  plain.set(bytes.subarray(0, 5));
  plain.set(bytes.subarray(9), 5);
  return plain;
}
