import { inspect } from "node:util";
import { BLOBS_SYMBOL, DISPLAY_SYMBOL, type MimeBundle, VEGA_LITE_MIME } from "@tombolo/bundle";
import { isTable } from "../magics/tables.ts";

/** A value as it is sent: a MIME bundle and the binary parts that its specification names. */
export interface Shown {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly blobs?: ReadonlyMap<string, Uint8Array>;
}

/** A value's bundle; with the error of its own display method, if that failed and only plain text is left. */
export interface Formatted {
  readonly shown: Shown;
  readonly error?: unknown;
}

const MOST_CHARACTERS = 100_000;
const INSPECT = {
  depth: 4,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 100,
  colors: false,
} as const;

/** Forms of display, in the order in which they are tried; each answers undefined when it does not fit. */
const FORMS: readonly ((value: object) => Promise<MimeBundle | undefined> | MimeBundle | undefined)[] = [
  (value) => called(value, DISPLAY_SYMBOL),
  (value) => (isBundle(value) ? value : undefined),
  (value) => called(value, "_repr_mimebundle_"),
  async (value) => {
    const html = await method(value, "_repr_html_")?.();
    return typeof html === "string" ? { data: { "text/html": html } } : undefined;
  },
  vegaLite,
  picture,
];

/** Finds the form in which a value is shown. A form that fails still leaves the value's plain text. */
export async function formatValue(value: unknown): Promise<Formatted> {
  // A plain Arrow table is shown by its view, which also has the parts that may not be saved.
  if (isTable(value) && !(DISPLAY_SYMBOL in value))
    return formatValue((await import("../table/table.ts")).table(value));
  try {
    const bundle = isObject(value) ? await firstForm(value) : undefined;
    const blobs = isObject(value) && BLOBS_SYMBOL in value ? value[BLOBS_SYMBOL] : undefined;
    if (!bundle) return { shown: { data: { "text/plain": plainText(value) }, metadata: {} } };
    const text = bundle === value || "text/plain" in bundle.data ? {} : { "text/plain": plainText(value) };
    const shown = { data: { ...text, ...bundle.data }, metadata: bundle.metadata ?? {} };
    return { shown: isBlobs(blobs) ? { ...shown, blobs } : shown };
  } catch (error) {
    return { shown: { data: { "text/plain": plainText(value) }, metadata: {} }, error };
  }
}

/** A value as text, no longer than a person would read. */
export function plainText(value: unknown): string {
  const text = inspect(value, INSPECT);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

async function firstForm(value: object): Promise<MimeBundle | undefined> {
  for (const form of FORMS) {
    const bundle = await form(value);
    if (bundle) return bundle;
  }
  return undefined;
}

/** What a display method answers: our `{ data, metadata }`, or Deno's plain record of MIME types. */
async function called(value: object, name: string | symbol): Promise<MimeBundle | undefined> {
  const answer = await method(value, name)?.();
  if (isBundle(answer)) return answer;
  return isMimeRecord(answer) ? { data: answer } : undefined;
}

function method(value: object, name: string | symbol): (() => unknown) | undefined {
  const found: unknown = name in value ? Reflect.get(value, name) : undefined;
  return typeof found === "function" ? () => Reflect.apply(found, value, []) : undefined;
}

function vegaLite(value: object): MimeBundle | undefined {
  const schema = "$schema" in value ? value.$schema : undefined;
  if (typeof schema !== "string" || !schema.includes("/vega-lite/")) return undefined;
  return { data: { [VEGA_LITE_MIME]: value, "text/plain": "Vega-Lite chart" } };
}

function picture(value: object): MimeBundle | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  const start = Buffer.from(value.subarray(0, 4)).toString("hex");
  const type = start === "89504e47" ? "image/png" : start.startsWith("ffd8ff") ? "image/jpeg" : undefined;
  if (!type) return undefined;
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  return { data: { [type]: base64, "text/plain": `${type}, ${value.byteLength} bytes` } };
}

function isBundle(value: unknown): value is MimeBundle {
  return isObject(value) && "data" in value && isMimeRecord(value.data);
}

function isMimeRecord(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => /^[a-z]+\/[\w.+-]+$/.test(key));
}

function isBlobs(value: unknown): value is ReadonlyMap<string, Uint8Array> {
  return value instanceof Map;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
