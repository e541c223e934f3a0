import { formatRange } from "./format.ts";
import type { MapSpec } from "./specs.ts";

/** A line of a legend; without a colour it is for features without a value. */
export interface LegendEntry {
  readonly colour: string | undefined;
  readonly text: string;
  readonly count: number;
}

/** The legend of a map, the greatest class first; features without a value come last, and only when there are some. */
export function legendEntries({ classes, column, missing }: MapSpec): LegendEntry[] {
  const entries: LegendEntry[] = classes.map(({ from, to, colour, count }) => ({
    colour,
    text: formatRange(from, to, column?.format ?? ""),
    count,
  }));
  entries.reverse();
  if (missing > 0) entries.push({ colour: undefined, text: column ? "no data" : "features", count: missing });
  return entries;
}
