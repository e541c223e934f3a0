import { formatNumber, withUnit } from "@tombolo/bundle/format";
import type { RowSet } from "@tombolo/bundle/selection";
import { type ChartInput, type DrawnRows, defineChart } from "../chart-type.ts";
import { type ChartColumn, nameOf, valueAt } from "../columns.ts";
import { axisOf, colourOf, intervalOver, layersOf, tooltipOf } from "../encode.ts";
import { type Aggregate, aggregateGroups, countGroups, groupRows, usualAggregate } from "../groups.ts";
import { thinLine } from "../m4.ts";
import { rangeLine } from "./scatter.ts";
import {
  checkFacets,
  extentOf,
  findGroups,
  findRanges,
  lowerFirst,
  measured,
  missingIn,
  missingNote,
  needed,
  sentence,
} from "./shared.ts";

/** More rows than this are drawn only as far as the line's pixels show them. */
const MOST_ROWS = 20_000;
const STRETCHES = 560;
const MOST_MARKED = 80;

/** `line`: how a value goes on over time or along another column. */
export const line = defineChart({
  name: "line",
  doc: "how a column goes on over time, or along another column",
  choose({ x, y, numbers, times, names }) {
    const along = x ?? times() ?? names();
    return { value: y ?? numbers(along), ...(along && { against: along }) };
  },
  prepare(input) {
    const value = measured(input.columns.value);
    const against = needed(input.columns.against, "times or steps");
    const { colour, facet } = input.columns;
    const series = groupRows(
      [colour, facet].filter((each) => each !== undefined),
      input.count,
    );
    if (facet) checkFacets(series, colour ? 1 : 0, facet);
    const steps = groupRows(
      [against, colour, facet].filter((each) => each !== undefined),
      input.count,
    );
    const isOne = countGroups(steps).every((count) => count <= 1);
    const aggregate = isOne ? undefined : (input.aggregate ?? usualAggregate(value));
    const parts: LineParts = { input, value, against, series, steps, aggregate };
    const isMarked = steps.keys.length <= MOST_MARKED;
    const name = sentence(aggregate, value.spec.title);
    const x = axisOf(
      "x",
      against,
      against.kind === "text"
        ? { sort: null, type: "ordinal" }
        : { scale: { zero: false, nice: false, ...(against.kind === "time" && { type: "utc" }) } },
    );
    const y = axisOf(
      "y",
      value,
      aggregate ? { title: `${name}${value.spec.unit && ` (${value.spec.unit})`}` } : {},
    );
    const tooltip = [
      tooltipOf("name", { ...against, kind: "text" as const, values: [] }),
      tooltipOf("y", value),
      ...(colour ? [tooltipOf("colour", colour)] : []),
    ];
    const layers = [
      { mark: { type: "line", strokeWidth: 1.8 }, encoding: { x, y, ...colourOf(input) } },
      {
        mark: { type: "point", filled: true, size: isMarked ? 28 : 60 },
        params: [intervalOver("x")],
        encoding: { x, y, ...colourOf(input), opacity: { value: isMarked ? 1 : 0 }, tooltip },
      },
      {
        transform: [{ filter: "datum.selected > 0" }],
        mark: { type: "point", style: "selected", filled: true, size: 44 },
        encoding: { x, y, tooltip },
      },
    ];
    return {
      title: `${name} ${against.kind === "time" ? "over time" : `by ${lowerFirst(against.spec.title)}`}`,
      note: missingNote(missingIn(value)),
      drawing: layersOf(input, layers),
      rows: (sets) => lineRows(parts, sets.shown, sets.selected),
      find: ({ x: chosen = [] }) =>
        against.kind === "text"
          ? findGroups(steps, input.count, { x: 0 }, { x: chosen.map(String) })
          : findRanges(input.count, { x: against.values }, { x: [Number(chosen[0]), Number(chosen.at(-1))] }),
      describe: (rows) => describeLines(rows, value, against),
    };
  },
});

interface LineParts {
  readonly input: ChartInput;
  readonly value: ChartColumn & { readonly values: Float64Array };
  readonly against: ChartColumn;
  readonly series: ReturnType<typeof groupRows>;
  readonly steps: ReturnType<typeof groupRows>;
  readonly aggregate: Aggregate | undefined;
}

function lineRows(parts: LineParts, shown: RowSet | undefined, selected: RowSet | undefined): DrawnRows {
  const { input, value, against, series, steps, aggregate } = parts;
  const { colour, facet } = input.columns;
  const y = aggregateGroups(steps, value.values, aggregate ?? "sum", shown);
  const chosen = selected ? countGroups(steps, shown, selected) : new Float64Array(y.length);
  // Of each step one of its rows, to know its place on the axis and its series.
  const rowOf = new Int32Array(y.length).fill(-1);
  steps.groupOf.forEach((step, row) => {
    if (step >= 0 && (rowOf[step] ?? -1) < 0) rowOf[step] = row;
  });
  const x = Float64Array.from(rowOf, (row, step) => {
    const place = valueAt(against, row);
    return typeof place === "number" ? place : step;
  });
  const lines = Array.from({ length: series.keys.length }, (): number[] => []);
  y.forEach((number, step) => {
    if (!Number.isNaN(number)) lines[series.groupOf[rowOf[step] ?? 0] ?? 0]?.push(step);
  });
  const extent = extentOf(x) ?? [0, 1];
  const isMany = input.count > MOST_ROWS;
  const drawn = lines.flatMap((points) => {
    const ordered = Int32Array.from(points);
    if (against.kind !== "text") ordered.sort((first, second) => (x[first] ?? 0) - (x[second] ?? 0));
    return [...(isMany ? thinLine(ordered, x, y, extent, STRETCHES) : ordered)];
  });
  const keyOf = (step: number) => series.keys[series.groupOf[rowOf[step] ?? 0] ?? 0] ?? [];
  return {
    x: drawn.map((step) => valueAt(against, rowOf[step] ?? 0) ?? null),
    y: drawn.map((step) => y[step] ?? Number.NaN),
    name: drawn.map((step) => {
      const place = valueAt(against, rowOf[step] ?? 0);
      return place === undefined ? "" : nameOf(against, place);
    }),
    ...(colour && { colour: drawn.map((step) => String(keyOf(step)[0] ?? "")) }),
    ...(facet && { facet: drawn.map((step) => String(keyOf(step)[colour ? 1 : 0] ?? "")) }),
    selected: drawn.map((step) => chosen[step] ?? 0),
  };
}

function describeLines(rows: DrawnRows, value: ChartColumn, against: ChartColumn): string[] {
  const { y = [], name = [], colour } = rows;
  const text = (index: number) => {
    const number = withUnit(formatNumber(Number(y[index]), value.spec.format), value.spec.unit);
    return `${number} (${[name[index], colour?.[index]].filter((each) => each !== undefined).join(", ")})`;
  };
  let [lowest, highest] = [0, 0];
  Array.from(y).forEach((number, index) => {
    if (Number(number) < Number(y[lowest])) lowest = index;
    if (Number(number) > Number(y[highest])) highest = index;
  });
  const series = colour ? new Set(colour).size : 1;
  return [
    `${series} ${series === 1 ? "line" : "lines"}, ${formatNumber(y.length, ",d")} points`,
    ...rangeLine(against),
    ...(y.length > 0 ? [`Lowest: ${text(lowest)}`, `Highest: ${text(highest)}`] : []),
  ];
}
