import { formatNumber, formatRange, withUnit } from "@tombolo/bundle/format";
import { hasRow } from "@tombolo/bundle/selection";
import { HAS_SELECTION } from "@tombolo/bundle/vega-lite";
import {
  type ChartInput,
  type DrawnRows,
  defineChart,
  type PreparedChart,
  type RowSets,
} from "../chart-type.ts";
import { type ChartColumn, nameOf, valueAt } from "../columns.ts";
import { axisOf, COUNT_TOOLTIP, colourOf, intervalOver, layersOf, STEPS_BACK, tooltipOf } from "../encode.ts";
import { groupRows } from "../groups.ts";
import { checkFacets, extentOf, findRanges, lowerFirst, measured, missingNote, needed } from "./shared.ts";

/** More points than this are drawn as the number of points in each small rectangle. */
const MOST_POINTS = 20_000;
const RECTANGLES = { across: 84, up: 45 } as const;

/** `scatter`: a point for each row, by two of its values. */
export const scatter = defineChart({
  name: "scatter",
  doc: "a point for each row, by two columns; a density when the rows are many",
  choose({ x, y, numbers, otherNumbers, names }) {
    const value = y ?? numbers(x);
    const against = x ?? otherNumbers(value) ?? names();
    return { value, ...(against && { against }) };
  },
  prepare(input) {
    const value = measured(input.columns.value);
    const against = needed(input.columns.against, "a second measure");
    const { facet } = input.columns;
    if (facet) checkFacets(groupRows([facet], input.count), 0, facet);
    const isMany = input.count > MOST_POINTS && against.kind !== "text";
    return isMany ? density(input, value, measured(against)) : points(input, value, against);
  },
});

function points(input: ChartInput, value: Measured, against: ChartColumn): PreparedChart {
  const { colour, facet, name } = input.columns;
  const rows = Array.from({ length: input.count }, (_, row) => row).filter(
    (row) => valueAt(value, row) !== undefined && valueAt(against, row) !== undefined,
  );
  const texts = (column: ChartColumn) =>
    rows.map((row) => {
      const found = valueAt(column, row);
      return found === undefined ? "no data" : nameOf(column, found);
    });
  const drawn: DrawnRows = {
    x: rows.map((row) => valueAt(against, row) ?? null),
    y: rows.map((row) => valueAt(value, row) ?? null),
    ...(against.kind === "time" && { time: texts(against) }),
    ...(colour && { colour: texts(colour) }),
    ...(facet && { facet: texts(facet) }),
    ...(name && { name: texts(name) }),
    row: Float64Array.from(rows),
  };
  const layer = {
    mark: { type: "circle", size: rows.length > 2000 ? 18 : 46 },
    params: [intervalOver("x", "y")],
    encoding: {
      x: axisOf("x", against, { scale: { zero: false, ...(against.kind === "time" && { type: "utc" }) } }),
      y: axisOf("y", value, { scale: { zero: false } }),
      ...colourOf(input),
      opacity: { ...STEPS_BACK, condition: { ...STEPS_BACK.condition, value: 0.75 }, value: 0.12 },
      tooltip: [
        ...(name ? [tooltipOf("name", name)] : []),
        tooltipOf(against.kind === "time" ? "time" : "x", against),
        tooltipOf("y", value),
        ...(colour ? [tooltipOf("colour", colour)] : []),
      ],
    },
  };
  return {
    title: titleOf(value, against),
    note: missingNote(input.count - rows.length),
    drawing: layersOf(input, [layer]),
    rows: () => drawn,
    describe: () => describePoints(value, against, rows.length),
  };
}

type Measured = ChartColumn & { readonly values: Float64Array };

function density(input: ChartInput, value: Measured, against: Measured): PreparedChart {
  const { facet } = input.columns;
  const across = scaleOf(against.values, RECTANGLES.across);
  const up = scaleOf(value.values, RECTANGLES.up);
  const groups = groupRows(facet ? [facet] : [], input.count);
  const size = across.count * up.count;
  const formats = [against.spec.format, value.spec.format] as const;
  const count = (sets: RowSets): DrawnRows => {
    const counts = new Float64Array(size * groups.keys.length);
    const chosen = new Float64Array(counts.length);
    for (let row = 0; row < input.count; row++) {
      const [x, y] = [across.place(against.values[row]), up.place(value.values[row])];
      const group = groups.groupOf[row] ?? -1;
      if (x < 0 || y < 0 || group < 0 || (sets.shown && !hasRow(sets.shown, row))) continue;
      const place = group * size + y * across.count + x;
      counts[place] = (counts[place] ?? 0) + 1;
      if (sets.selected && hasRow(sets.selected, row)) chosen[place] = (chosen[place] ?? 0) + 1;
    }
    const filled = Array.from(counts.keys()).filter((place) => (counts[place] ?? 0) > 0);
    const x = filled.map((place) => (place % size) % across.count);
    const y = filled.map((place) => Math.floor((place % size) / across.count));
    return {
      fromX: x.map(across.limit),
      toX: x.map((each) => across.limit(each + 1)),
      fromY: y.map(up.limit),
      toY: y.map((each) => up.limit(each + 1)),
      rangeX: x.map((each) => formatRange(across.limit(each), across.limit(each + 1), formats[0])),
      rangeY: y.map((each) => formatRange(up.limit(each), up.limit(each + 1), formats[1])),
      count: filled.map((place) => counts[place] ?? 0),
      selected: filled.map((place) => chosen[place] ?? 0),
      ...(facet && {
        facet: filled.map((place) => String(groups.keys[Math.floor(place / size)]?.[0] ?? "")),
      }),
    };
  };
  const scale = { zero: false, nice: false };
  const layer = {
    // Each reaches a little over its neighbours: where edges lie inside pixels the ground would shine through.
    mark: { type: "rect", binSpacing: -0.8 },
    params: [intervalOver("x", "y")],
    encoding: {
      x: axisOf("fromX", against, {
        bin: "binned",
        scale: against.kind === "time" ? { type: "utc" } : scale,
      }),
      x2: { field: "toX" },
      y: axisOf("fromY", value, { bin: "binned", scale }),
      y2: { field: "toY" },
      color: {
        field: "count",
        type: "quantitative",
        title: "Rows",
        scale: { type: "log" },
        legend: { format: "~s" },
      },
      opacity: { condition: { test: `!${HAS_SELECTION} || datum.selected > 0`, value: 1 }, value: 0.15 },
      tooltip: [
        { field: "rangeX", title: against.spec.title },
        { field: "rangeY", title: value.spec.title },
        COUNT_TOOLTIP,
      ],
    },
  };
  const present = input.count - countMissing(value.values, against.values);
  return {
    title: titleOf(value, against),
    note: missingNote(input.count - present),
    drawing: layersOf(input, [layer]),
    rows: count,
    find: (brush) => findRanges(input.count, { fromX: against.values, fromY: value.values }, brush),
    describe: () => describePoints(value, against, present),
  };
}

/** Equal parts of the stretch between the least and the greatest value. */
function scaleOf(values: Float64Array, count: number) {
  const [least, most] = extentOf(values) ?? [0, 1];
  const step = (most - least || 1) / count;
  return {
    count,
    limit: (place: number) => least + place * step,
    place: (value = Number.NaN) =>
      Number.isNaN(value) ? -1 : Math.min(count - 1, Math.floor((value - least) / step)),
  };
}

function countMissing(first: Float64Array, second: Float64Array): number {
  return first.reduce((sum, value, row) => sum + Number(Number.isNaN(value) || Number.isNaN(second[row])), 0);
}

const titleOf = (value: ChartColumn, against: ChartColumn): string =>
  `${value.spec.title} against ${lowerFirst(against.spec.title)}`;

function describePoints(value: Measured, against: ChartColumn, count: number): string[] {
  const lines = [`${formatNumber(count, ",d")} points`, ...[against, value].flatMap(rangeLine)];
  if (against.kind !== "number") return lines;
  const correlation = correlate(against.values, value.values);
  return Number.isNaN(correlation) ? lines : [...lines, `Correlation: ${correlation.toFixed(2)}`];
}

/** "Length: 1.5 – 12.3 km". */
export function rangeLine(column: ChartColumn): string[] {
  if (column.kind === "text") return [];
  const extent = extentOf(column.values);
  if (!extent) return [];
  const { title, unit, format } = column.spec;
  const text =
    column.kind === "time"
      ? extent.map((time) => nameOf(column, time)).join(" – ")
      : withUnit(formatRange(...extent, format), unit);
  return [`${title}: ${text}`];
}

/** Pearson's coefficient of correlation, of the rows that have both values. */
export function correlate(first: Float64Array, second: Float64Array): number {
  let [count, meanX, meanY, squaresX, squaresY, products] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < first.length; row++) {
    const [x, y] = [first[row] ?? Number.NaN, second[row] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count += 1;
    const [stepX, stepY] = [x - meanX, y - meanY];
    meanX += stepX / count;
    meanY += stepY / count;
    squaresX += stepX * (x - meanX);
    squaresY += stepY * (y - meanY);
    products += stepX * (y - meanY);
  }
  return products / Math.sqrt(squaresX * squaresY);
}
