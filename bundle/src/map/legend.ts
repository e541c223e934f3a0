import { NO_CLASS, SUPPRESSED } from "../classify/classify.ts";
import { formatNumber } from "../format.ts";
import type { ColumnSpec } from "../specs.ts";
import { classTexts, LEGEND_ROOM } from "./class-texts.ts";
import type { Colouring, MapLayer } from "./spec.ts";

/** A line of a legend. */
export interface LegendEntry {
  /** Class of the features that it stands for. */
  readonly group: number;
  /** Absent for features without a value: their colour is the theme's. */
  readonly colour: string | undefined;
  readonly text: string;
  readonly count: number;
}

/** The column that a layer shows by colour; of two the first. */
export function shownColumn({
  colouring,
  columns,
}: Pick<MapLayer, "colouring" | "columns">): ColumnSpec | undefined {
  const name =
    colouring.type === "bivariate"
      ? colouring.columns[0]
      : "column" in colouring
        ? colouring.column
        : undefined;
  return columns.find((column) => column.name === name);
}

/** Whether a layer shows values by size alone: then its sizes are its legend, and its one colour says nothing. */
export function isSizedOnly({ colouring, size }: Pick<MapLayer, "colouring" | "size">): boolean {
  return colouring.type === "plain" && size !== undefined;
}

/**
 * The legend of a layer, the greatest class first; features without a value come last, and only when there are some. Ranges of
 * numbers are written shorter where there is no room for all their digits.
 */
export function legendEntries(
  layer: Pick<MapLayer, "colouring" | "columns" | "count">,
  room = LEGEND_ROOM,
): LegendEntry[] {
  const { colouring } = layer;
  const entries = entriesOf(layer, room);
  if (!("missing" in colouring)) return entries;
  const gaps = [
    { group: NO_CLASS, colour: undefined, text: "no data", count: colouring.missing },
    { group: SUPPRESSED, colour: undefined, text: "[c] suppressed", count: colouring.suppressed },
  ];
  return [...entries, ...gaps.filter(({ count }) => count > 0)];
}

function entriesOf(layer: Pick<MapLayer, "colouring" | "columns" | "count">, room: number): LegendEntry[] {
  const { colouring, count } = layer;
  const format = shownColumn(layer)?.format ?? "";
  switch (colouring.type) {
    case "plain":
      return [{ group: 0, colour: colouring.colours[0], text: "features", count }];
    case "density":
      return [];
    case "classes":
      return colouring.method === "unclassed" ? [] : classEntries(colouring, format, room);
    case "categories":
      return categoryEntries(colouring);
    case "bivariate":
      return pairEntries(layer, colouring);
  }
}

function classEntries(
  { limits, colours, counts, method }: Extract<Colouring, { type: "classes" }>,
  columnFormat: string,
  room: number,
): LegendEntry[] {
  const isExact = method === "manual" || method === "pretty";
  // Limits that are round are written round.
  const format = isExact ? columnFormat.replace(/(\.\d+)f$/, "$1~f") : columnFormat;
  const texts = classTexts(limits, { format, isExact, room });
  const entries = colours.map((colour, group) => ({
    ...{ group, colour, count: counts[group] ?? 0 },
    text: texts[group] ?? "",
  }));
  return entries.reverse();
}

function categoryEntries({
  categories,
  colours,
  counts,
  others,
}: Extract<Colouring, { type: "categories" }>): LegendEntry[] {
  const entries = categories.map((text, group) => ({
    group,
    colour: colours[group],
    text,
    count: counts[group] ?? 0,
  }));
  const rest = {
    group: categories.length,
    colour: colours[categories.length],
    text: "others",
    count: others,
  };
  return others > 0 ? [...entries, rest] : entries;
}

const LEVELS = ["low", "middle", "high"];

function pairEntries(
  { columns }: Pick<MapLayer, "columns">,
  { columns: names, colours, counts }: Extract<Colouring, { type: "bivariate" }>,
): LegendEntry[] {
  const [first, second] = names.map((name) => columns.find((column) => column.name === name)?.title ?? name);
  const entries = colours.map((colour, group) => ({
    ...{ group, colour, count: counts[group] ?? 0 },
    text: `${first} ${LEVELS[group % 3]}, ${second} ${LEVELS[Math.floor(group / 3)]}`,
  }));
  return entries.reverse();
}

/** Bars of the histogram above a legend of shades. */
const BARS = 32;

/** How many features there are along a legend of shades, as parts of the most; undefined for any other legend. */
export function rampHistogram({ colouring }: Pick<MapLayer, "colouring">): number[] | undefined {
  if (colouring.type !== "classes" || colouring.method !== "unclassed") return undefined;
  const { counts } = colouring;
  const bars = new Array<number>(BARS).fill(0);
  counts.forEach((count, shade) => {
    const bar = Math.floor((shade / counts.length) * BARS);
    bars[bar] = (bars[bar] ?? 0) + count;
  });
  const most = Math.max(...bars);
  return most > 0 ? bars.map((count) => count / most) : undefined;
}

/** The ends of a legend of shades, or of counted points; undefined for a legend of classes. */
export function legendRamp(
  layer: Pick<MapLayer, "colouring" | "columns">,
): readonly [string, string] | undefined {
  const { colouring } = layer;
  if (colouring.type === "density") return ["few", "many"];
  if (colouring.type !== "classes" || colouring.method !== "unclassed" || colouring.limits.length < 2)
    return undefined;
  const format = shownColumn(layer)?.format ?? "";
  return [formatNumber(colouring.limits[0] ?? 0, format), formatNumber(colouring.limits[1] ?? 0, format)];
}
