import type { Counts } from "./cells.ts";
import type { Behind } from "./figures.ts";
import type { Preset } from "./preset.ts";

/**
 * Counts with those that a reader gets by taking the counted of a share from all of them: who publishes 97 of 100 publishes 3
 * as well. Only where the preset leaves counts exact; of rounded ones nobody knows the difference.
 */
export function withRests(counts: Counts, behind: Iterable<Behind>, { counts: rule }: Preset): Counts {
  if (rule.round || !rule.suppress) return counts;
  const { rows, columns, values } = counts;
  const rests = new Map<string, Float64Array>();
  for (const figure of behind) {
    if (!("ratio" in figure)) continue;
    const { numerator, denominator } = figure.ratio;
    const [part, whole] = [numerator, denominator].map((column) =>
      values.subarray(column * rows, (column + 1) * rows),
    );
    const rest = whole?.map((count, row) => count - (part?.[row] ?? Number.NaN));
    // More cases than people: the one is no part of the other.
    if (rest?.every((count) => !(count < 0)))
      rests.set(`${columns[denominator]} less ${columns[numerator]}`, rest);
  }
  if (rests.size === 0) return counts;
  return {
    rows,
    columns: [...columns, ...rests.keys()],
    values: Float64Array.from([values, ...rests.values()].flatMap((list) => [...list])),
  };
}
