import { DataType, Field, Float64, type Table, type Vector, vectorFromArray } from "apache-arrow";
import { tableFromVectors } from "../engine/arrow.ts";
import { isName } from "./roles.ts";

const NUMBER = /^-?\d+(\.\d+)?$/;

/** The table with columns of texts that are all numbers as numbers: fixed values are texts, whatever they count. */
export function readNumericTexts(table: Table): Table {
  const fields: Field[] = [];
  const vectors: Vector[] = [];
  let changed = false;
  for (const field of table.schema.fields) {
    const column = table.getChild(field.name);
    const numbers = column && DataType.isUtf8(field.type) && !isName(field) ? numbersIn(column) : undefined;
    changed ||= numbers !== undefined;
    fields.push(numbers ? new Field(field.name, numbers.type, true, field.metadata) : field);
    vectors.push(numbers ?? oneChunk(column, field));
  }
  return changed ? tableFromVectors(fields, vectors, table.numRows) : table;
}

function numbersIn(column: Vector): Vector | undefined {
  const texts: unknown[] = [...column];
  const present = texts.filter((text) => text !== null);
  if (present.length === 0 || !present.every((text) => NUMBER.test(String(text)))) return undefined;
  return vectorFromArray(
    texts.map((text) => (text === null ? null : Number(text))),
    new Float64(),
  );
}

function oneChunk(column: Vector | null, { name, type }: Field): Vector {
  if (!column) throw new Error(`the table has no column ${name}`);
  return column.data.length === 1 ? column : vectorFromArray([...column], type);
}
