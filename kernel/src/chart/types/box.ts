import { formatNumber, formatRange, withUnit } from "@tombolo/bundle/format";
import { hasRow } from "@tombolo/bundle/selection";
import { HAS_SELECTION } from "@tombolo/bundle/vega-lite";
import { type ChartInput, type DrawnRows, defineChart, type RowSets } from "../chart-type.ts";
import { type ChartColumn, headingOf } from "../columns.ts";
import { axisOf, COUNT_TOOLTIP, clickOn, layersOf, sizeOf, tooltipOf } from "../encode.ts";
import { countGroups, type Groups, groupRows, quantileOf, sortedGroups } from "../groups.ts";
import { checkFacets, findGroups, lowerFirst, measured, missingIn, missingNote } from "./shared.ts";

const MOST_BOXES = 40;
const MOST_POINTS = 1500;

/** `box`: the middle half, the median and the reach of the values of each group. */
export const box = defineChart({
  name: "box",
  doc: "median, middle half, reach and outliers of a column, for each name",
  choose: chooseSpread,
  prepare(input) {
    const value = measured(input.columns.value);
    const { against, facet } = input.columns;
    const groups = groupRows(
      [against, facet].filter((each) => each !== undefined),
      input.count,
    );
    if (facet) checkFacets(groups, against ? 1 : 0, facet);
    const kept = largestGroups(groups, MOST_BOXES);
    const names = against
      ? {
          y: {
            field: "category",
            type: "nominal",
            sort: null,
            title: headingOf(against),
            axis: { labelLimit: 180 },
          },
        }
      : {};
    const along = (field: string) => axisOf(field, value, { scale: { zero: false } });
    const stepsBack = { opacity: { condition: { test: `!${HAS_SELECTION}`, value: 1 }, value: 0.35 } };
    const only = (part: string) => [{ filter: `datum.part === '${part}'` }];
    const tooltip = [
      ...(against ? [tooltipOf("category", { ...against, kind: "text" as const, values: [] })] : []),
      ...(["least", "first", "median", "third", "most"] as const).map((field) => ({
        ...tooltipOf(field, value),
        title: LABELS[field],
      })),
      COUNT_TOOLTIP,
    ];
    const layers = [
      {
        transform: only("box"),
        mark: { type: "rule" },
        encoding: { ...names, x: along("least"), x2: { field: "most" }, ...stepsBack },
      },
      {
        transform: only("box"),
        mark: { type: "bar", height: { band: 0.6 } },
        ...(against && { params: [clickOn("category")] }),
        encoding: { ...names, x: along("first"), x2: { field: "third" }, ...stepsBack, tooltip },
      },
      {
        transform: only("box"),
        mark: { type: "tick", style: "halo", thickness: 2, ...(against ? { bandSize: 12 } : {}) },
        encoding: { ...names, x: along("median") },
      },
      {
        transform: only("outlier"),
        mark: { type: "point", size: 14 },
        encoding: { ...names, x: along("value"), ...stepsBack, tooltip: [tooltipOf("value", value)] },
      },
      {
        transform: only("selected"),
        mark: { type: "point", style: "selected", filled: true, size: 22 },
        encoding: { ...names, x: along("value"), tooltip: [tooltipOf("value", value)] },
      },
    ];
    const height = facet ? undefined : { width: sizeOf(input).width, height: against ? { step: 28 } : 90 };
    return {
      title: against ? `${value.spec.title} by ${lowerFirst(against.spec.title)}` : value.spec.title,
      note: [
        missingNote(missingIn(value)),
        kept.length < groups.keys.length ? `the ${kept.length} largest groups of ${groups.keys.length}` : "",
      ]
        .filter((each) => each !== "")
        .join(", "),
      drawing: layersOf(input, layers, height),
      rows: (sets) => boxRows(input, groups, kept, value.values, sets),
      find: (brush) => findGroups(groups, input.count, { category: 0 }, brush),
      describe: (rows) => describeBoxes(rows, value),
    };
  },
});

const LABELS = {
  least: "Lower reach",
  first: "First quartile",
  median: "Median",
  third: "Third quartile",
  most: "Upper reach",
} as const;

/** The column with numbers that was named, and the other one, by which it is grouped. */
export function chooseSpread({ x, y, numbers }: Parameters<Parameters<typeof defineChart>[0]["choose"]>[0]) {
  const value = [y, x].find((column) => column?.kind === "number") ?? numbers();
  const against = [x, y].find((column) => column && column !== value);
  return { value, ...(against && { against }) };
}

/** The groups with most rows, in the order in which they come. */
export function largestGroups(groups: Groups, most: number): number[] {
  const counts = countGroups(groups);
  const order = [...counts.keys()].sort((first, second) => (counts[second] ?? 0) - (counts[first] ?? 0));
  const kept = new Set(order.slice(0, most));
  return [...counts.keys()].filter((group) => kept.has(group));
}

function boxRows(
  { columns, count }: ChartInput,
  groups: Groups,
  kept: readonly number[],
  values: Float64Array,
  { selected, shown }: RowSets,
): DrawnRows {
  const rows = new Rows(columns.against !== undefined, columns.facet !== undefined, groups);
  const sorted = sortedGroups(groups, values, shown);
  const reaches = new Map<number, readonly [number, number]>();
  for (const group of kept) {
    const summary = summarise(sorted[group] ?? new Float64Array());
    if (!summary) continue;
    reaches.set(group, [summary.least, summary.most]);
    rows.add(group, { part: "box", ...summary });
  }
  const partOf = (row: number): string | undefined => {
    const value = values[row] ?? Number.NaN;
    const [least, most] = reaches.get(groups.groupOf[row] ?? -1) ?? [];
    if (least === undefined || most === undefined || Number.isNaN(value)) return undefined;
    if (shown && !hasRow(shown, row)) return undefined;
    if (selected && hasRow(selected, row)) return "selected";
    return value < least || value > most ? "outlier" : undefined;
  };
  let points = 0;
  for (let row = 0; row < count && points < MOST_POINTS; row++) {
    const part = partOf(row);
    if (part === undefined) continue;
    rows.add(groups.groupOf[row] ?? 0, { part, value: values[row] ?? 0 });
    points += 1;
  }
  return rows.columns;
}

/** Five numbers of rising values, with Tukey's whiskers: the last value within one and a half times the middle half. */
function summarise(sorted: Float64Array) {
  if (sorted.length === 0) return undefined;
  const [first = 0, median = 0, third = 0] = [0.25, 0.5, 0.75].map((share) => quantileOf(sorted, share));
  const reach = 1.5 * (third - first);
  const least = sorted.find((value) => value >= first - reach) ?? first;
  const most = sorted.findLast((value) => value <= third + reach) ?? third;
  return { least, first, median, third, most, count: sorted.length };
}

const NUMBERS = ["least", "first", "median", "third", "most", "value", "count"] as const;

/** Rows of several parts of the drawing, as columns. */
class Rows {
  readonly columns: Record<string, (string | number | null)[]>;
  readonly #groups: Groups;
  readonly #parts: Readonly<Record<string, number>>;

  constructor(isNamed: boolean, isFaceted: boolean, groups: Groups) {
    this.#groups = groups;
    this.#parts = { ...(isNamed && { category: 0 }), ...(isFaceted && { facet: isNamed ? 1 : 0 }) };
    this.columns = Object.fromEntries(
      ["part", ...Object.keys(this.#parts), ...NUMBERS].map((name) => [name, []]),
    );
  }

  add(
    group: number,
    row: { readonly part: string } & Partial<Record<(typeof NUMBERS)[number], number>>,
  ): void {
    this.columns.part?.push(row.part);
    for (const name of NUMBERS) this.columns[name]?.push(row[name] ?? null);
    for (const [name, part] of Object.entries(this.#parts))
      this.columns[name]?.push(String(this.#groups.keys[group]?.[part] ?? ""));
  }
}

function describeBoxes(rows: DrawnRows, { spec }: ChartColumn): string[] {
  const { part = [], category, facet, least = [], median = [], most = [] } = rows;
  return Array.from(part).flatMap((each, index) => {
    if (each !== "box") return [];
    const name = [category?.[index], facet?.[index]].filter((text) => text !== undefined).join(", ");
    const middle = withUnit(formatNumber(Number(median[index]), spec.format), spec.unit);
    return [
      `  ${name ? `${name}: ` : ""}median ${middle}, mostly ${formatRange(Number(least[index]), Number(most[index]), spec.format)}`,
    ];
  });
}
