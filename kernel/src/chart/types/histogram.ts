import { formatNumber, formatRange } from "@tombolo/bundle/format";
import { hasRow, type RowSet } from "@tombolo/bundle/selection";
import { HAS_SELECTION } from "@tombolo/bundle/vega-lite";
import { tickIncrement } from "d3-array";
import { type DrawnRows, defineChart, type RowSets } from "../chart-type.ts";
import { axisOf, COUNT_TOOLTIP, intervalOver, layersOf } from "../encode.ts";
import { type Groups, groupRows } from "../groups.ts";
import { checkFacets, extentOf, findRanges, measured, missingIn, missingNote } from "./shared.ts";

const USUAL_BINS = 24;
const BARS = { type: "bar", binSpacing: 1 } as const;

/** `histogram`: how many rows have a value in each of some equal ranges. */
export const histogram = defineChart({
  name: "histogram",
  doc: "how many rows there are in each range of a column",
  choose: ({ x, y, numbers }) => ({ value: x ?? y ?? numbers() }),
  prepare(input) {
    const value = measured(input.columns.value);
    const { facet } = input.columns;
    const bins = cutBins(extentOf(value.values), input.bins ?? USUAL_BINS, isWhole(value.values));
    const groups = groupRows(facet ? [facet] : [], input.count);
    if (facet) checkFacets(groups, 0, facet);
    const across = {
      x: axisOf("from", value, { bin: "binned", scale: { zero: false } }),
      x2: { field: "to" },
    };
    const heading = { type: "quantitative", title: "Rows", axis: { tickMinStep: 1, format: ",d" } };
    const range = { field: "range", type: "nominal", title: value.spec.title };
    const layers = [
      {
        mark: BARS,
        params: [intervalOver("x")],
        encoding: {
          ...across,
          y: { field: "count", ...heading },
          opacity: { condition: { test: `!${HAS_SELECTION}`, value: 1 }, value: 0.3 },
          tooltip: [range, COUNT_TOOLTIP],
        },
      },
      {
        mark: BARS,
        transform: [{ filter: "datum.selected > 0" }],
        encoding: {
          ...across,
          y: { field: "selected", ...heading },
          tooltip: [range, { ...COUNT_TOOLTIP, field: "selected", title: "Selected rows" }, COUNT_TOOLTIP],
        },
      },
    ];
    const { format, unit } = value.spec;
    return {
      title: `Distribution of ${value.spec.title}`,
      note: missingNote(missingIn(value)),
      drawing: layersOf(input, layers),
      rows: (sets) => countBins(value.values, bins, groups, facet !== undefined, format, sets),
      find: ({ from = [] }) => findRanges(input.count, { from: value.values }, { from: inside(from, bins) }),
      describe: (rows) => describeBins(rows, unit),
    };
  },
});

interface Bins {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/** Equal ranges with round limits that cover the values. */
function cutBins(extent: readonly [number, number] | undefined, wanted: number, whole: boolean): Bins {
  const [least, most] = extent ?? [0, 0];
  if (least === most) return { start: least - 0.5, step: 1, count: 1 };
  const increment = tickIncrement(least, most, wanted);
  const step = Math.max(increment < 0 ? -1 / increment : increment, whole ? 1 : 0);
  const start = Math.floor(least / step) * step;
  return { start, step, count: Math.floor((most - start) / step + 1e-9) + 1 };
}

function isWhole(values: Float64Array): boolean {
  return values.every((value) => Number.isNaN(value) || Number.isInteger(value));
}

/** The range as it is chosen by dragging, without the bin that only begins where it ends. */
function inside(chosen: readonly (string | number)[], { step }: Bins): [number, number] {
  const [from = 0, to = 0] = chosen.map(Number).sort((a, b) => a - b);
  return [from, to - step * 1e-9];
}

function countBins(
  values: Float64Array,
  bins: Bins,
  { groupOf, keys }: Groups,
  isFaceted: boolean,
  format: string,
  { selected, shown }: RowSets,
): DrawnRows {
  const size = bins.count * keys.length;
  const [counts, chosen] = [new Float64Array(size), new Float64Array(size)];
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    const group = groupOf[row] ?? -1;
    if (Number.isNaN(value) || group < 0 || !isIn(shown, row)) continue;
    // The step of 1e-9 keeps a limit such as 0.3 in the range that it begins, whatever its last digit.
    const bin = Math.min(bins.count - 1, Math.floor((value - bins.start) / bins.step + 1e-9));
    const place = group * bins.count + bin;
    counts[place] = (counts[place] ?? 0) + 1;
    if (selected && hasRow(selected, row)) chosen[place] = (chosen[place] ?? 0) + 1;
  }
  const from = Float64Array.from(counts, (_, place) => limit(bins, place % bins.count));
  const to = Float64Array.from(counts, (_, place) => limit(bins, (place % bins.count) + 1));
  return {
    from,
    to,
    range: Array.from(from, (start, place) => formatRange(start, to[place] ?? start, format)),
    count: counts,
    selected: chosen,
    ...(isFaceted && {
      facet: Array.from(counts, (_, place) => String(keys[Math.floor(place / bins.count)]?.[0] ?? "")),
    }),
  };
}

const limit = ({ start, step }: Bins, bin: number): number => Number((start + bin * step).toPrecision(12));

function isIn(set: RowSet | undefined, row: number): boolean {
  return set === undefined || hasRow(set, row);
}

function describeBins({ range = [], count = [], facet }: DrawnRows, unit: string): string[] {
  const lines = Array.from(count, (number, place) => {
    const name = [facet?.[place], `${range[place]}${unit && ` ${unit}`}`]
      .filter((each) => each !== undefined)
      .join(", ");
    return Number(number) > 0 ? [`  ${name}: ${formatNumber(Number(number), ",d")}`] : [];
  });
  return lines.flat().slice(0, 60);
}
