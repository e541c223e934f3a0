import { isNamedByData } from "../engine/column-names.ts";
import { isTable } from "../engine/is-table.ts";
import { preloaded } from "../preloaded/index.ts";
import { lookUpChain } from "./complete.ts";
import { plainText } from "./display.ts";
import type { Inspection } from "./explanation.ts";
import { peek } from "./members.ts";
import type { Notebook } from "./notebook.ts";
import { cleanMessage } from "./stack.ts";

const DOC = Symbol.for("tombolo.doc");
const BEFORE = /[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;
const MOST_CHARACTERS = 2000;
const AFTER = /^[\p{ID_Continue}$]*/u;

/** Explains the name at a place in a cell, or the function whose arguments the place is in. */
export async function inspectAt(
  notebook: Notebook,
  code: string,
  cursor: number,
): Promise<Inspection | undefined> {
  const line = code.slice(code.lastIndexOf("\n", cursor - 1) + 1);
  if (/^\s*%/.test(line)) return inspectName(notebook, line.trim());
  const end = cursor + (AFTER.exec(code.slice(cursor))?.[0].length ?? 0);
  const before = code.slice(0, end);
  const name = BEFORE.exec(before)?.[0] ?? BEFORE.exec(before.replace(/\([^()]*$/, ""))?.[0];
  return name === undefined ? undefined : inspectName(notebook, name);
}

/** Explains a variable, a member such as `turf.area`, or a magic; without values where the explanation is saved. */
export async function inspectName(
  notebook: Notebook,
  name: string,
  isWithoutValues = false,
): Promise<Inspection | undefined> {
  if (name.startsWith("%")) {
    const { inspectMagic } = await import("../magics/dispatch.ts");
    const documentation = await inspectMagic(notebook.session.magics, name);
    return documentation === undefined
      ? undefined
      : { signature: "", documentation, preview: "", source: "" };
  }
  const looked = await lookUpChain(notebook, name.split(/\??\./));
  if (!looked.found) return undefined;
  const { value } = looked;
  return {
    signature: signatureOf(name, value),
    documentation: docOf(value) || (await summaryOf(notebook, name)),
    preview: isWithoutValues && !isTable(value) ? "" : previewOf(value),
    source: typeof value === "function" ? sourceOf(value).slice(0, MOST_CHARACTERS) : "",
  };
}

/** The names of columns are told whatever a table's access label is, unless they were made from values. */
function previewOf(value: unknown): string {
  if (typeof value === "function") return "";
  if (!isTable(value)) return plainText(value).slice(0, MOST_CHARACTERS);
  const tellable = value.schema.fields.filter((field) => !isNamedByData(field));
  const others = value.numCols - tellable.length;
  const lines = [
    `${value.numRows.toLocaleString("en")} rows`,
    ...tellable.map(({ name, type }) => `${name}: ${type}`),
    ...(others > 0 ? [`${others} more, named by the data`] : []),
  ];
  return lines.join("\n").slice(0, MOST_CHARACTERS);
}

function sourceOf(value: object): string {
  return cleanMessage(Function.prototype.toString.call(value));
}

function signatureOf(name: string, value: unknown): string {
  if (typeof value !== "function") return `${name}: ${typeName(value)}`;
  const text = sourceOf(value);
  if (text.startsWith("class")) return text.split("{")[0]?.trim() ?? name;
  return /^[^{]*?\)(?=\s*(?:\{|=>))|^[^{=]*(?==>)/.exec(text)?.[0].trim() ?? `${name}(…)`;
}

function typeName(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  const maker = peek(value, "constructor");
  const name = maker.found && typeof maker.value === "function" ? maker.value.name : "object";
  return Array.isArray(value) ? `${name} of ${value.length}` : name;
}

function docOf(value: unknown): string {
  const isThing = (typeof value === "object" && value !== null) || typeof value === "function";
  const found = isThing ? Object.getOwnPropertyDescriptor(value, DOC)?.value : undefined;
  return typeof found === "string" ? found : "";
}

async function summaryOf(notebook: Notebook, name: string): Promise<string> {
  const load =
    Object.hasOwn(preloaded, name) && !notebook.variables.isOwn(name) ? preloaded[name] : undefined;
  return load ? (await load()).summary : "";
}
