import { DataType, Field, Float64, makeData, type Table, Utf8, Vector, vectorFromArray } from "apache-arrow";
import { tableFromVectors } from "../engine/arrow.ts";
import { columnMetadata, toArrowMetadata } from "../engine/columns.ts";
import type { CellState, ProtectedCounts } from "./cells.ts";

/** A column of a released table under its new name. */
export interface ReleasedColumn {
  readonly field: Field;
  readonly name: string;
  /** Protected numbers; absent where the column goes out as it is. */
  readonly protection?: ProtectedCounts;
}

const MARKS: Readonly<Record<CellState, string | null>> = {
  "": null,
  c: "[c]",
  C: "[c]",
  x: "[x]",
  u: "[u]",
};

/** The mark of a cell as published statistics write it; null where there is a number and nothing to say of it. */
export const markOf = (state: CellState | undefined): string | null => MARKS[state ?? "x"];

/** Name of the column with the marks of another. */
export const marksColumn = (name: string): string => `${name} marks`;

/**
 * A table of protected columns, each with a column of its marks behind it, all of it public. Nothing of the original but
 * what the columns name is in it, no bytes behind a null either.
 */
export function releasedTable(table: Table, columns: readonly ReleasedColumn[]): Table {
  const fields: Field[] = [];
  const vectors: Vector[] = [];
  for (const { field, name, protection } of columns) {
    const { source, unit, kind, title } = columnMetadata(field);
    const described = {
      access: "public" as const,
      ...(source !== undefined && { source }),
      ...(unit !== undefined && { unit }),
      ...(kind !== undefined && { kind }),
      ...(title !== undefined && { title }),
    };
    if (!protection) {
      const vector = copyOf(table.getChild(field.name), table.numRows);
      const metadata = new Map([...field.metadata, ...toArrowMetadata(described)]);
      fields.push(new Field(name, vector.type, true, metadata));
      vectors.push(vector);
      continue;
    }
    const marks = marksColumn(name);
    fields.push(new Field(name, new Float64(), true, toArrowMetadata({ ...described, marks })));
    vectors.push(numbersVector(protection.values));
    fields.push(new Field(marks, new Utf8(), true, toArrowMetadata({ access: "public", kind: "category" })));
    vectors.push(vectorFromArray(protection.states.map(markOf), new Utf8()));
  }
  return tableFromVectors(fields, vectors, table.numRows);
}

/** A column as one chunk. */
function copyOf(column: Vector | null, rows: number): Vector {
  if (!column) return vectorFromArray(new Array<null>(rows).fill(null), new Utf8());
  if (column.data.length === 1) return column;
  const type = DataType.isDictionary(column.type) ? new Utf8() : column.type;
  return vectorFromArray([...column], type);
}

function numbersVector(values: Float64Array): Vector<Float64> {
  const length = values.length;
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) nullCount++;
    else nullBitmap[row >> 3] = (nullBitmap[row >> 3] ?? 0) | (1 << (row & 7));
  });
  const data = values.map((value) => (Number.isNaN(value) ? 0 : value));
  return new Vector([makeData({ type: new Float64(), length, nullCount, nullBitmap, data })]);
}
