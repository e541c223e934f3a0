import { inspect, types } from "node:util";
import { memberNames, peek } from "../../cell/members.ts";
import { isTable } from "../../engine/is-table.ts";

const MOST_MEMBERS = 5;
const MOST_CHARACTERS = 200;

/** What kind of thing a value is, in a word. */
function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return /^class\b/.test(sourceOf(value)) ? "class" : "function";
  if (typeof value !== "object") return typeof value;
  if (types.isProxy(value)) return "Proxy";
  const maker = peek(value, "constructor");
  const name = maker.found && typeof maker.value === "function" ? peek(maker.value, "name") : undefined;
  return name?.found && typeof name.value === "string" && name.value !== "" ? name.value : "Object";
}

/** A value in a line or less, read without running code of the user's: no getter, no method, no trap of a proxy. */
export function valueText(value: unknown): string {
  const text = isThing(value) ? thingText(value) : inspect(value, { breakLength: Number.POSITIVE_INFINITY });
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Whether a value has members of its own. */
export function isThing(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function thingText(value: object): string {
  if (types.isProxy(value)) return "Proxy";
  if (typeof value === "function") return functionText(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return listText(value);
  if (types.isMap(value) || types.isSet(value)) return `${typeName(value)}(${sizeOf(value)})`;
  // These print themselves from what they hold inside, not from members that could be anything.
  if (types.isRegExp(value)) return `/${own(RegExp, "source", value)}/${own(RegExp, "flags", value)}`;
  if (types.isDate(value)) return dateText(Date.prototype.getTime.call(value));
  if (types.isNativeError(value)) return errorText(value);
  if (types.isPromise(value)) return "Promise";
  const batches = peek(value, "batches");
  if (batches.found && isTable(value)) return `${value.numRows} rows × ${value.numCols} columns`;
  return objectText(value);
}

function functionText(value: object): string {
  const source = sourceOf(value);
  const head = /^class\b[^{]*/.exec(source) ?? /^[^{]*?\)(?=\s*(?:\{|=>))|^[^{=]*(?==>)/.exec(source);
  return head?.[0].trim().replace(/\s+/g, " ") || "function";
}

function sourceOf(value: object): string {
  return Function.prototype.toString.call(value);
}

function listText(value: readonly unknown[] | ArrayBufferView): string {
  const length = lengthOf(value);
  const shown = Array.from({ length: Math.min(length, MOST_MEMBERS) }, (_, index) =>
    memberText(value, `${index}`),
  );
  const more = length > MOST_MEMBERS ? ", …" : "";
  return `${typeName(value)}(${length}) [${shown.join(", ")}${more}]`;
}

function objectText(value: object): string {
  const names = memberNames(value).filter((name) => Object.hasOwn(value, name));
  const shown = names.slice(0, MOST_MEMBERS).map((name) => `${name}: ${memberText(value, name)}`);
  const name = typeName(value);
  const more = names.length > MOST_MEMBERS ? ", …" : "";
  return `${name === "Object" ? "" : `${name} `}{${shown.join(", ")}${more}}`;
}

/** A member in a word: what has members itself is only named. */
function memberText(value: object, name: string): string {
  const member = peek(value, name);
  if (!member.found) return "…";
  if (!isThing(member.value)) return inspect(member.value, { maxStringLength: 40 });
  if (typeof member.value === "function") return "ƒ";
  return Array.isArray(member.value) ? `Array(${member.value.length})` : typeName(member.value);
}

function errorText(value: object): string {
  const message = peek(value, "message");
  return `${typeName(value)}: ${message.found ? String(message.value) : ""}`;
}

function dateText(time: number): string {
  return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
}

/** Number of elements of an array or a typed array. */
export function lengthOf(value: readonly unknown[] | ArrayBufferView): number {
  if (Array.isArray(value)) return value.length;
  const TypedArray = Object.getPrototypeOf(Uint8Array);
  return types.isTypedArray(value) ? Number(own(TypedArray, "length", value)) : 0;
}

function sizeOf(value: object): number {
  return Number(own(types.isMap(value) ? Map : Set, "size", value));
}

/** What a getter of the language itself says, whatever the value puts in its place. */
function own(maker: { readonly prototype: object }, name: string, value: object): unknown {
  return Object.getOwnPropertyDescriptor(maker.prototype, name)?.get?.call(value);
}
