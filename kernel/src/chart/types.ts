import type { ColumnSpec } from "@tombolo/bundle";
import type { Axes } from "./chart.ts";

/** A chart's mark and encoding, in the part of Vega-Lite that versions 5 and 6 share. */
type Drawing = Readonly<Record<string, unknown>>;

const WIDTH = 520;

/** Vega reads a dot or a bracket in a field's name as a path into an object. */
const fieldName = (name: string): string => name.replace(/[.[\]\\]/g, "\\$&");
const heading = ({ title, unit }: ColumnSpec): string => (unit === "" ? title : `${title} (${unit})`);
const quantitative = (column: ColumnSpec) => ({
  field: fieldName(column.name),
  type: "quantitative",
  title: heading(column),
});
const tooltip = (...columns: ColumnSpec[]) =>
  columns.map((column) => ({
    field: fieldName(column.name),
    title: heading(column),
    ...(column.format && { format: column.format }),
  }));

/** The kinds of chart, each from its axes. */
export const chartTypes = {
  bar: ({ value, against }: Axes): Drawing => ({
    width: WIDTH,
    height: { step: 22 },
    mark: { type: "bar", color: "#225ea8", cornerRadiusEnd: 2 },
    encoding: {
      y: {
        field: fieldName(against.name),
        type: "nominal",
        sort: "-x",
        title: null,
        axis: { labelLimit: 220 },
      },
      x: quantitative(value),
      tooltip: tooltip(against, value),
    },
  }),
  histogram: ({ value }: Axes): Drawing => ({
    width: WIDTH,
    height: 260,
    mark: { type: "bar", color: "#225ea8" },
    encoding: {
      x: { ...quantitative(value), bin: { maxbins: 20 } },
      y: { aggregate: "count", type: "quantitative", title: "Number" },
      tooltip: [{ aggregate: "count", type: "quantitative", title: "Number" }],
    },
  }),
  scatter: ({ value, against, againstNumeric }: Axes): Drawing => ({
    width: WIDTH,
    height: 320,
    mark: { type: "point", color: "#225ea8", filled: true, opacity: 0.7 },
    encoding: {
      x: againstNumeric
        ? { ...quantitative(against), scale: { zero: false } }
        : { field: fieldName(against.name), type: "nominal" },
      y: { ...quantitative(value), scale: { zero: false } },
      tooltip: tooltip(against, value),
    },
  }),
  line: ({ value, against, againstNumeric }: Axes): Drawing => ({
    width: WIDTH,
    height: 260,
    mark: { type: "line", color: "#225ea8", point: true },
    encoding: {
      x: againstNumeric
        ? { ...quantitative(against), scale: { zero: false } }
        : { field: fieldName(against.name), type: "ordinal", title: against.title },
      y: quantitative(value),
      tooltip: tooltip(against, value),
    },
  }),
} as const;

/** A kind of chart. */
export type ChartType = keyof typeof chartTypes;
