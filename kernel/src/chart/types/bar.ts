import { formatNumber, withUnit } from "@tombolo/bundle/format";
import type { RowSet } from "@tombolo/bundle/selection";
import { type ChartInput, type DrawnRows, defineChart, type RowSets } from "../chart-type.ts";
import { type ChartColumn, headingOf } from "../columns.ts";
import { COUNT_TOOLTIP, clickOn, colourOf, layersOf, STEPS_BACK, sizeOf, tooltipOf } from "../encode.ts";
import {
  type Aggregate,
  aggregateGroups,
  countGroups,
  type Groups,
  groupRows,
  usualAggregate,
} from "../groups.ts";
import { checkFacets, findGroups, lowerFirst, needed, sentence } from "./shared.ts";

/** Bars that can be told apart on a page. */
const MOST_BARS = 50;
const MOST_LINES = 20;

/** `bar`: a bar for each row, or for each name that several rows have. */
export const bar = defineChart({
  name: "bar",
  doc: "a bar for each row or name, the longest first",
  choose({ x, y, numbers, names }) {
    const value = [y, x].find((column) => column?.kind === "number");
    const other = [y, x].find((column) => column && column !== value);
    if (!value && other) return { against: other };
    const measured = value ?? numbers();
    const against = other ?? names();
    return { value: measured, ...(against && { against }) };
  },
  prepare(input) {
    const { colour, facet } = input.columns;
    const against = needed(input.columns.against, "names for its bars");
    const groups = groupRows([against, ...[colour, facet].filter((each) => each !== undefined)], input.count);
    if (facet) checkFacets(groups, colour ? 2 : 1, facet);
    const aggregate = aggregateOf(input, groups);
    const { order, total } = orderedBars(input, groups, aggregate);
    const value = aggregate === "count" ? undefined : input.columns.value;
    const beside = barsBeside(input, groups, aggregate);
    const heading = value ? sentence(aggregate, value.spec.title) : "Number of rows";
    return {
      title: `${heading} by ${lowerFirst(against.spec.title)}`,
      note: order.length < total ? `the ${order.length} largest of ${total}` : "",
      drawing: layersOf(
        input,
        [barLayer(input, against, value, heading, beside > 1)],
        sizeOfBars(input, against, beside),
      ),
      rows: (sets) => barRows(input, groups, aggregate, order, sets),
      find: (brush) => findGroups(groups, input.count, { category: 0 }, brush),
      describe: (rows) => describeBars(rows, value),
    };
  },
});

/** How rows of one name become one bar; undefined when each has a name of its own. */
function aggregateOf({ columns: { value }, aggregate }: ChartInput, { groupOf, keys }: Groups) {
  if (!value) return "count";
  const named = groupOf.reduce((count, group) => count + Number(group >= 0), 0);
  return keys.length === named ? undefined : (aggregate ?? usualAggregate(value));
}

/**
 * How many bars of other colours stand beside each other for one name; 1 where they stand on each other, because together they
 * are an amount. Means are none: their sum says nothing.
 */
function barsBeside(input: ChartInput, { keys }: Groups, aggregate: Aggregate | undefined): number {
  const { colour, value } = input.columns;
  const together = aggregate ?? input.aggregate ?? (value ? usualAggregate(value) : "count");
  const names = new Set(keys.map(([name, , facet]) => JSON.stringify([name, facet])));
  if (!colour || together === "sum" || together === "count" || names.size === keys.length) return 1;
  return new Set(keys.map((key) => key[1])).size;
}

function sizeOfBars(input: ChartInput, { kind }: ChartColumn, beside: number): object {
  if (kind !== "text") return sizeOf(input);
  const step = input.columns.facet ? 16 : 22;
  return { width: sizeOf(input).width, height: { step: Math.max(step, 8 + 9 * beside), for: "position" } };
}

/** Names stand beside lying bars, where they can be read; numbers and times below standing ones. */
function barLayer(
  input: ChartInput,
  against: ChartColumn,
  value: ChartColumn | undefined,
  heading: string,
  isBeside: boolean,
) {
  const { colour, facet } = input.columns;
  const isStanding = against.kind !== "text";
  const title = value ? headingOf({ ...value, spec: { ...value.spec, title: heading } }) : heading;
  const length = { field: "value", type: "quantitative", title, stack: colour && !isBeside ? "zero" : null };
  const names = {
    field: "category",
    type: "nominal",
    sort: null,
    title: isStanding ? headingOf(against) : null,
    axis: {
      labelLimit: facet ? 90 : 220,
      ...(isStanding && { labelAngle: against.kind === "time" ? -45 : 0 }),
    },
  };
  return {
    mark: { type: "bar", cornerRadiusEnd: colour ? 0 : 2 },
    params: [clickOn("category")],
    encoding: {
      ...(isStanding ? { x: names, y: length } : { y: names, x: length }),
      ...(isBeside && {
        [isStanding ? "xOffset" : "yOffset"]: { field: "colour", type: "nominal", sort: null },
      }),
      ...colourOf(input),
      opacity: STEPS_BACK,
      tooltip: [
        { field: "category", title: against.spec.title, type: "nominal" },
        ...(colour ? [tooltipOf("colour", colour)] : []),
        ...(value ? [{ ...tooltipOf("value", value), title }] : []),
        COUNT_TOOLTIP,
      ],
    },
  };
}

/** Which groups are drawn, in which order: names the longest first, numbers and times as they follow each other. */
function orderedBars({ columns, top, count }: ChartInput, groups: Groups, aggregate: Aggregate | undefined) {
  const values = valuesOf({ columns, count }, groups, aggregate);
  const present = groups.keys.map((_, group) => group).filter((group) => !Number.isNaN(values[group]));
  const bySize = present.sort((first, second) => (values[second] ?? 0) - (values[first] ?? 0));
  const shown = bySize.slice(0, top ?? MOST_BARS);
  if (columns.against?.kind !== "text") {
    shown.sort((first, second) => (key(groups, first) < key(groups, second) ? -1 : 1));
  }
  return { order: shown, total: present.length };
}

const key = (groups: Groups, group: number): string | number => groups.keys[group]?.[0] ?? "";

function valuesOf(
  { columns: { value }, count }: Pick<ChartInput, "columns" | "count">,
  groups: Groups,
  aggregate: Aggregate | undefined,
  shown?: RowSet,
): Float64Array {
  if (aggregate === "count" || !value) return countGroups(groups, shown);
  const numbers = value.kind === "text" ? new Float64Array(count).fill(Number.NaN) : value.values;
  return aggregateGroups(groups, numbers, aggregate ?? "sum", shown);
}

function barRows(
  input: ChartInput,
  groups: Groups,
  aggregate: Aggregate | undefined,
  order: readonly number[],
  { selected, shown }: RowSets,
): DrawnRows {
  const { colour, facet } = input.columns;
  const values = valuesOf(input, groups, aggregate, shown);
  const counts = countGroups(groups, shown);
  const chosen = selected ? countGroups(groups, shown, selected) : new Float64Array(groups.keys.length);
  const left = order.filter((group) => (counts[group] ?? 0) > 0);
  const keyOf = (part: number) => left.map((group) => String(groups.keys[group]?.[part] ?? ""));
  return {
    category: keyOf(0),
    value: left.map((group) => values[group] ?? Number.NaN),
    ...(colour && { colour: keyOf(1) }),
    ...(facet && { facet: keyOf(colour ? 2 : 1) }),
    count: left.map((group) => counts[group] ?? 0),
    selected: left.map((group) => chosen[group] ?? 0),
  };
}

function describeBars(rows: DrawnRows, value: ChartColumn | undefined): string[] {
  const { category = [], value: values = [], colour, facet } = rows;
  const lines = Array.from(category)
    .slice(0, MOST_LINES)
    .map((name, index) => {
      const number = Number(values[index]);
      const text = withUnit(formatNumber(number, value?.spec.format || ",.6~g"), value?.spec.unit ?? "");
      return `  ${[name, colour?.[index], facet?.[index]].filter((each) => each !== undefined).join(", ")}: ${text}`;
    });
  return category.length > MOST_LINES ? [...lines, `  … and ${category.length - MOST_LINES} more`] : lines;
}
