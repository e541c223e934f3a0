import { DataType, type Field, type Table } from "apache-arrow";
import { isTable } from "../engine/is-table.ts";

/** The package of tables as types name it; whoever reads the types says where it lies. */
export const ARROW = "apache-arrow";

const DEEPEST = 3;
const MOST_MEMBERS = 50;
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The TypeScript type of a value that TypeScript itself cannot know: tables with their columns, plain data by its shape. */
export function typeText(value: unknown, depth = 0): string {
  if (isTable(value)) return tableType(value);
  if (value === null) return "null";
  if (typeof value !== "object")
    return typeof value === "function" ? "(...parameters: any[]) => any" : typeof value;
  if (depth >= DEEPEST) return "any";
  if (Array.isArray(value)) {
    const types = new Set(value.slice(0, MOST_MEMBERS).map((one) => typeText(one, depth + 1)));
    return types.size === 0 || types.size > 5 ? "any[]" : `(${[...types].join(" | ")})[]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (value instanceof Date || value instanceof Uint8Array) return value.constructor.name;
  if (prototype !== Object.prototype && prototype !== null) return "any";
  const members = Object.entries(Object.getOwnPropertyDescriptors(value)).slice(0, MOST_MEMBERS);
  return `{ ${members.map(([name, member]) => `${keyOf(name)}: ${"value" in member ? typeText(member.value, depth + 1) : "any"}`).join("; ")} }`;
}

function tableType({ schema }: Table): string {
  const columns = schema.fields.map((field) => `${keyOf(field.name)}: ${columnType(field)}`);
  return `import("${ARROW}").Table<{ ${columns.join("; ")} }>`;
}

function columnType({ type }: Field): string {
  const named = (name: string) => `import("${ARROW}").${name}`;
  if (DataType.isFloat(type)) return named("Float64");
  if (DataType.isInt(type)) return named(type.bitWidth === 64 ? "Int64" : "Int32");
  if (DataType.isBool(type)) return named("Bool");
  if (DataType.isUtf8(type)) return named("Utf8");
  if (DataType.isBinary(type)) return named("Binary");
  if (DataType.isDate(type)) return named("DateMillisecond");
  return DataType.isTimestamp(type) ? named("TimestampMillisecond") : named("DataType");
}

function keyOf(name: string): string {
  return NAME.test(name) ? name : JSON.stringify(name);
}
