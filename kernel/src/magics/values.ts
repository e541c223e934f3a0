import { isTable } from "../engine/is-table.ts";

/** What a value is, in words that say nothing of its contents. */
export interface ValueDescription {
  readonly type: string;
  readonly size: string;
}

/** Describes a value by type and size, without calling a getter. */
export function describeValue(value: unknown): ValueDescription {
  if (isTable(value)) return { type: "table", size: `${value.numRows} × ${value.schema.fields.length}` };
  if (Array.isArray(value)) return { type: "array", size: `${value.length}` };
  if (typeof value === "string") return { type: "string", size: `${value.length}` };
  if (typeof value === "function") return { type: isClass(value) ? "class" : "function", size: "" };
  if (typeof value !== "object" || value === null)
    return { type: value === null ? "null" : typeof value, size: "" };
  if (value instanceof Map || value instanceof Set) return { type: nameOf(value), size: `${value.size}` };
  if (ArrayBuffer.isView(value)) return { type: nameOf(value), size: `${value.byteLength} bytes` };
  const keys = Object.keys(value).length;
  return { type: nameOf(value), size: `${keys} ${keys === 1 ? "property" : "properties"}` };
}

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  const maker =
    typeof prototype === "object" && prototype !== null
      ? Object.getOwnPropertyDescriptor(prototype, "constructor")?.value
      : undefined;
  return typeof maker === "function" && maker.name !== "Object" ? maker.name : "object";
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}
