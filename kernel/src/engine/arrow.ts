import { Field, Float64, makeData, RecordBatch, Schema, Struct, Table, Vector } from "apache-arrow";
import { Validity } from "./chunk-column.ts";

/** Marks a Binary column as geometry in WKB, as GeoArrow does. */
export const GEOMETRY_METADATA: ReadonlyMap<string, string> = new Map([
  ["ARROW:extension:name", "geoarrow.wkb"],
]);

/** Whether a column of an Arrow table is geometry in WKB. */
export function isGeometry(field: Field): boolean {
  return field.metadata.get("ARROW:extension:name") === "geoarrow.wkb";
}

/** Whether a column has rows and a value in none of them. */
export function isAllNull(values: Vector | null): boolean {
  return values !== null && values.length > 0 && values.nullCount === values.length;
}

/** The vectors of a table, one a column, as one Arrow table. */
export function tableFromVectors(
  fields: readonly Field[],
  vectors: readonly Vector[],
  length: number,
): Table {
  const schema = new Schema([...fields]);
  const children = vectors.map((vector) => {
    const [data] = vector.data;
    if (!data || vector.data.length > 1) throw new Error("a column of a table must be one chunk");
    return data;
  });
  const batch = makeData({ type: new Struct([...fields]), length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, batch)]);
}

/** Numbers as a column; NaN is a missing value. */
export function vectorOfNumbers(data: Float64Array): Vector {
  const { length } = data;
  const validity = new Validity(length);
  for (let row = 0; row < length; row++) if (Number.isNaN(data[row])) validity.clear(row);
  const { nullBitmap, nullCount } = validity;
  return new Vector([makeData({ type: new Float64(), length, nullCount, nullBitmap, data })]);
}

/** Columns of numbers as a table; NaN is a missing value. */
export function tableOfNumbers(columns: Readonly<Record<string, Float64Array>>): Table {
  const vectors = Object.values(columns).map((values) => vectorOfNumbers(values));
  const fields = Object.keys(columns).map((name) => new Field(name, new Float64(), true));
  return tableFromVectors(fields, vectors, vectors[0]?.length ?? 0);
}
