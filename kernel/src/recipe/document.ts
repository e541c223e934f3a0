import type { NodeId, OutputShape, TextForm } from "./plan-types.ts";

/** Reads the parts of nodes by row; null where there is none. */
export interface DocumentValues {
  value(node: NodeId, row: number): unknown;
  reason(node: NodeId, row: number): unknown;
  time(node: NodeId, row: number): unknown;
  series(node: NodeId, row: number): unknown;
}

/** What a value is written as where only one is: what stands under the label inside, when there is one. */
export function singleShape(shape: OutputShape): Exclude<OutputShape, { form: "object" }> | undefined {
  if (shape.form !== "object") return shape;
  const [only, other] = shape.entries;
  return only && !other ? singleShape(only.shape) : undefined;
}

/** How the value of a row becomes text. */
export function textFormAt(
  shape: Extract<OutputShape, { form: "value" }>,
  row: number,
  { value }: Pick<DocumentValues, "value">,
): TextForm {
  const given = shape.textBy === undefined ? undefined : value(shape.textBy, row);
  return TEXT_FORMS.find((form) => form === given) ?? shape.text;
}

/** The same for a document, where what passes on the value of one of its fields writes a text that is a number as one. */
function documentForm(
  shape: Extract<OutputShape, { form: "value" }>,
  row: number,
  values: DocumentValues,
): TextForm {
  const form = textFormAt(shape, row, values);
  return form === "text" && shape.textBy !== undefined ? "either" : form;
}

const TEXT_FORMS: readonly TextForm[] = ["text", "either", "number", "two-decimals", "0"];

/** The value of a shape as JSON has it; undefined when it is not computable, null when it is nothing. */
export function shapeValue(
  shape: OutputShape,
  row: number,
  values: DocumentValues,
  timeStamp: boolean,
): unknown {
  if (shape.form === "object") return objectOf(shape, row, values, timeStamp);
  const { node } = shape;
  const value = values.value(node, row);
  if (value === null) return values.reason(node, row) === null ? null : undefined;
  switch (shape.form) {
    case "value":
      return plainValue(value, documentForm(shape, row, values));
    case "timed":
      return timeStamp ? { timestamp: timeText(values.time(node, row)), value } : value;
    case "series":
    case "series-mean":
      return JSON.parse(String(values.series(node, row)));
  }
}

/** Seconds since 1970 as a local date-time without a zone. */
function timeText(seconds: unknown): string | null {
  return typeof seconds === "number" ? new Date(1000 * seconds).toISOString().slice(0, 19) : null;
}

function plainValue(value: unknown, text: TextForm): unknown {
  if (text === "two-decimals") return roundHalfUp(Number(value), 2);
  if (text === "number") return Number(value);
  if (text === "either" && typeof value === "string" && isNumber(value)) return Number(value);
  return value;
}

/** Whether a text is a number as people and programs write it. */
export function isNumber(text: string): boolean {
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) && Number.isFinite(Number(text));
}

function objectOf(
  { omit, entries }: Extract<OutputShape, { form: "object" }>,
  row: number,
  values: DocumentValues,
  timeStamp: boolean,
): unknown {
  const properties: Properties = new Map();
  for (const { label, bareLabel = label, shape } of entries) {
    const value = shapeValue(shape, row, values, timeStamp);
    const own = timeStamp ? label : bareLabel;
    if (value !== undefined) addProperty(properties, own, shape, row, value, values);
    else if (!omit) return undefined;
  }
  return properties;
}

/** An object of a document: its properties stay in order, whatever their names. */
export type Properties = Map<string, unknown>;

/** Puts a value under its label, and the mean of a series beside it. */
export function addProperty(
  properties: Properties,
  label: string,
  shape: OutputShape,
  row: number,
  value: unknown,
  values: DocumentValues,
): void {
  properties.set(label, value ?? null);
  if (shape.form === "series-mean" && value !== undefined)
    properties.set(`${label} Mean`, values.value(shape.node, row));
}

/** A value of a document as JSON. */
export function writeJson(value: unknown): string {
  if (!(value instanceof Map)) return JSON.stringify(value);
  return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`).join(",")}}`;
}

/** Rounds half away from zero, as people do. */
export function roundHalfUp(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  const scaled = Math.abs(value) * factor;
  if (!Number.isFinite(scaled)) return value;
  // 1.005 is a little less than itself; a relative epsilon makes up for it.
  return (Math.sign(value) * Math.round(scaled * (1 + Number.EPSILON))) / factor;
}
