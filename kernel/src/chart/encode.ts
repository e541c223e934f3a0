import { YEAR_FORMAT } from "@tombolo/bundle/format";
import { BRUSH, HAS_SELECTION } from "@tombolo/bundle/vega-lite";
import type { ChartInput } from "./chart-type.ts";
import type { ChartColumn } from "./columns.ts";
import { headingOf } from "./columns.ts";

/** Pixels of a chart that stands alone, and of one of several. */
export const SIZE = { width: 560, height: 300 } as const;
/** Small multiples in a row → the pixels of each, so that together they are about as wide as a chart alone. */
const MULTIPLES = {
  1: SIZE,
  2: { width: 270, height: 150 },
  3: { width: 176, height: 130 },
} as const;

/** What is not selected steps back while something is. */
export const STEPS_BACK = {
  condition: { test: `!${HAS_SELECTION} || datum.selected > 0`, value: 1 },
  value: 0.22,
};

/** Size of the drawing, in pixels. */
export function sizeOf({ columns }: ChartInput): { width: number; height: number } {
  return columns.facet ? MULTIPLES[multiplesInRow(columns.facet)] : SIZE;
}

/** Two or four small multiples fill rows of two, others rows of three best. */
function multiplesInRow({ values }: ChartColumn): keyof typeof MULTIPLES {
  const { size } = new Set(Array.from<unknown>(values).filter((value) => value !== null));
  if (size === 1) return 1;
  return size === 2 || size === 4 ? 2 : 3;
}

/** How a column of the drawn rows is laid out along an axis. */
export function axisOf(field: string, column: ChartColumn, options: Readonly<Record<string, unknown>> = {}) {
  const title = headingOf(column);
  if (column.kind === "text") return { field, type: "nominal", title, ...options };
  if (column.kind === "time") {
    const axis = { tickCount: 8, labelOverlap: "greedy", labelSeparation: 8 };
    return { field, type: "temporal", title, axis, scale: { type: "utc" }, ...options };
  }
  const years = column.spec.format === YEAR_FORMAT && { axis: { format: YEAR_FORMAT, tickMinStep: 1 } };
  return { field, type: "quantitative", title, ...years, ...options };
}

/** A line of a tooltip. */
export function tooltipOf(field: string, column: ChartColumn) {
  const title = headingOf(column);
  if (column.kind === "time") return { field, title, type: "nominal" };
  const { format } = column.spec;
  return column.kind === "text"
    ? { field, title, type: "nominal" }
    : { field, title, type: "quantitative", format };
}

/** A count in a tooltip. */
export const COUNT_TOOLTIP = { field: "count", type: "quantitative", title: "Rows", format: ",d" };

/** The colour of series, if they are told apart. */
export function colourOf({ columns }: ChartInput) {
  const { colour } = columns;
  return colour && { color: { field: "colour", type: "nominal", title: headingOf(colour), sort: null } };
}

/** Rows are selected by dragging over these axes. */
export function intervalOver(...encodings: readonly ("x" | "y")[]) {
  return { name: BRUSH, select: { type: "interval", encodings } };
}

/** Rows are selected by a click, more by a click with Shift. */
export function clickOn(...fields: readonly string[]) {
  return { name: BRUSH, select: { type: "point", fields, toggle: "event.shiftKey" } };
}

/** Several layers as a chart, one for each small multiple if there are some. */
export function layersOf(input: ChartInput, layer: readonly object[], size: object = sizeOf(input)) {
  const { facet } = input.columns;
  if (!facet) return { ...size, layer };
  return {
    facet: {
      field: "facet",
      type: "nominal",
      title: facet.spec.title,
      sort: null,
      header: { labelLimit: 170 },
    },
    columns: multiplesInRow(facet),
    spec: { ...size, layer },
  };
}
