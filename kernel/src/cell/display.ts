import { inspect, types } from "node:util";
import { BLOBS_SYMBOL, DISPLAY_SYMBOL, type MimeBundle } from "@tombolo/bundle/mime";
import type { VegaLiteSpecification } from "../chart/chart.ts";
import { type FormatterAnswer, formatters } from "../display/formatters.ts";
import { isTable } from "../engine/is-table.ts";
import { isRecords } from "../engine/record-rows.ts";
import { strictestSeen } from "../engine/seen.ts";
import { tableRow } from "../engine/table-row.ts";
import { UserError } from "../errors.ts";
import { describeRows } from "./closed-rows.ts";
import { showError } from "./errors.ts";
import { geoJsonView } from "./geo-json.ts";
import { tidyStacks } from "./stack.ts";

/** A value as it is sent: a MIME bundle and the binary parts that its specification names. */
export interface Shown {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly blobs?: ReadonlyMap<string, Uint8Array>;
}

/**
 * A value's bundle; with the error of its own display method, if that failed and only plain text is left. A mistake of the
 * user's is told alone: what they wrote is above it.
 */
export interface Formatted {
  readonly shown?: Shown;
  readonly error?: unknown;
  /** Whether it has no form of display: it is shown as the text of it, with which no access label goes. */
  readonly isPlain?: boolean;
}

const MOST_CHARACTERS = 100_000;
const MOST_COLUMNS = 50;
const INSPECT = {
  depth: 4,
  maxArrayLength: 100,
  maxStringLength: 10_000,
  breakLength: 100,
  colors: false,
} as const;

type Form = (value: object) => Promise<MimeBundle | undefined> | MimeBundle | undefined;

/** How a value says itself that it is shown, in the order in which it is asked; each answers undefined when it does not. */
const OWN_FORMS: readonly Form[] = [
  (value) => called(value, DISPLAY_SYMBOL),
  (value) => (isBundle(value) ? value : undefined),
  (value) => called(value, "_repr_mimebundle_"),
  async (value) => {
    const html = await method(value, "_repr_html_")?.();
    return typeof html === "string" ? { data: { "text/html": html } } : undefined;
  },
];

/** What the looks of a value tell, in the order in which they are tried. */
const GUESSED_FORMS: readonly Form[] = [
  vegaLite,
  async (value) => {
    const specification = await method(value, "toSpec")?.();
    return isObject(specification) ? vegaLite(specification) : undefined;
  },
  picture,
  element,
];

/** The form of a value that is known without asking anybody: of a bundle, and of what is no object. */
export function formatAtOnce(value: unknown): Formatted | undefined {
  if (!isObject(value)) return formatters.isEmpty ? plain(value) : undefined;
  try {
    return !(DISPLAY_SYMBOL in value) && isBundle(value) ? { shown: shownOf(value, value) } : undefined;
  } catch {
    // Whoever asks it again, as any value is asked, tells what its properties do.
    return undefined;
  }
}

/** Finds the form in which a value is shown. */
export async function formatValue(value: unknown): Promise<Formatted> {
  const atOnce = formatAtOnce(value);
  if (atOnce) return atOnce;
  try {
    const own = isObject(value) ? await firstForm(value, OWN_FORMS) : undefined;
    const taught = own ? undefined : await formatters.format(value);
    const view = own || taught ? undefined : await viewOf(value);
    if (view) return await formatValue(view);
    const guessed = isObject(value) && !own && !taught ? await firstForm(value, GUESSED_FORMS) : undefined;
    const bundle = own ?? (taught ? bundleOf(taught) : guessed);
    if (bundle) return { shown: shownOf(value, bundle) };
    const entries = await entriesView(value);
    return entries ? await formatValue(entries) : plain(value);
  } catch (error) {
    if (error instanceof UserError) return { error };
    const text = isObject(value) && strictestSeen() ? `${typeof value}, not shown` : undefined;
    return { ...plain(value, text), isPlain: false, error };
  }
}

function plain(
  value: unknown,
  text = describeRows(value) ?? errorText(value) ?? plainText(value),
): Formatted {
  return { shown: { data: { "text/plain": text }, metadata: {} }, isPlain: true };
}

/** An error that is shown quotes what it is about, as one that is thrown does. */
function errorText(value: unknown): string | undefined {
  if (!types.isNativeError(value) || !strictestSeen()) return undefined;
  const { ename, evalue } = showError(value, { keepsValues: false });
  return `${ename}: ${evalue}`;
}

function shownOf(value: unknown, bundle: MimeBundle): Shown {
  const blobs = isObject(value) && BLOBS_SYMBOL in value ? value[BLOBS_SYMBOL] : undefined;
  const text = bundle === value || "text/plain" in bundle.data ? {} : { "text/plain": plainText(value) };
  const shown = { data: { ...text, ...bundle.data }, metadata: bundle.metadata ?? {} };
  return isBlobs(blobs) ? { ...shown, blobs } : shown;
}

/** A value as text, no longer than a person would read. */
export function plainText(value: unknown): string {
  const text = tidyStacks(inspect(value, INSPECT));
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** The view of what has no form of its own, but is a table or GeoJSON. */
async function viewOf(value: unknown): Promise<object | undefined> {
  return (await tableView(value)) ?? (isObject(value) ? geoJsonView(value) : undefined);
}

/** A plain table, one of its rows, or a list of records is shown by its view, which also has the parts that may not be saved. */
async function tableView(value: unknown): Promise<object | undefined> {
  if (isTable(value) && !(DISPLAY_SYMBOL in value)) return (await import("../table/table.ts")).table(value);
  const rows = tableRow(value) ? [value] : value;
  if (!isRecords(rows)) return undefined;
  const width = widthOf(rows);
  if (width === 0) return undefined;
  const { table } = await import("../table/table.ts");
  const view = table(rows);
  // As text it would be saved, whatever its label.
  return width > MOST_COLUMNS && view.spec.access === "public" ? undefined : view;
}

/** What would be saved as text, and may hold values of what was read, is shown by a table of its elements. */
async function entriesView(value: unknown): Promise<object | undefined> {
  if (!isObject(value) || describeRows(value) !== undefined || !strictestSeen()) return undefined;
  const { tableOfEntries } = await import("../engine/own-entries.ts");
  const entries = tableOfEntries(value, plainText);
  return entries && tableView(entries);
}

function widthOf(records: readonly object[]): number {
  return new Set(records.slice(0, 100).flatMap((record) => Object.keys(record))).size;
}

async function firstForm(value: object, forms: readonly Form[]): Promise<MimeBundle | undefined> {
  for (const form of forms) {
    const bundle = await form(value);
    if (bundle) return bundle;
  }
  return undefined;
}

/** What a display method answers: our `{ data, metadata }`, or Deno's plain record of MIME types. */
async function called(value: object, name: string | symbol): Promise<MimeBundle | undefined> {
  const answer = await method(value, name)?.();
  return isBundle(answer) || isMimeRecord(answer) ? bundleOf(answer) : undefined;
}

function bundleOf(answer: FormatterAnswer): MimeBundle {
  return isBundle(answer) ? answer : { data: answer };
}

function method(value: object, name: string | symbol): (() => unknown) | undefined {
  const found: unknown = name in value ? Reflect.get(value, name) : undefined;
  return typeof found === "function" ? () => Reflect.apply(found, value, []) : undefined;
}

async function vegaLite(value: object): Promise<MimeBundle | undefined> {
  const schema = "$schema" in value ? value.$schema : undefined;
  if (typeof schema !== "string" || !schema.includes("/vega-lite/")) return undefined;
  const { chart } = await import("../chart/chart.ts");
  return isSpecification(value) ? called(chart(value), DISPLAY_SYMBOL) : undefined;
}

function isSpecification(value: object): value is VegaLiteSpecification {
  return !Array.isArray(value);
}

/** Elements of a document made without a browser, such as those of jsdom or linkedom; svg goes out as a picture. */
function element(value: object): MimeBundle | undefined {
  const markup = "outerHTML" in value ? value.outerHTML : undefined;
  if (typeof markup !== "string") return undefined;
  const isSvg = /^<svg[\s>]/i.test(markup);
  return { data: { [isSvg ? "image/svg+xml" : "text/html"]: markup, "text/plain": markup } };
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
