import type { CellState, Counts, Interval, ProtectedCounts, Total } from "./cells.ts";
import type { CountRule, Preset } from "./preset.ts";

/** A count as the rule publishes it; undefined when it is hidden. */
export function protectCount(count: number, { suppress, round }: CountRule): number | undefined {
  if (suppress && count >= suppress.from && count <= suppress.to) return undefined;
  if (!round) return count;
  const { base, to } = round;
  if (to === "nearest") return Math.round(count / base) * base;
  return count === 0 ? 0 : Math.ceil(count / base) * base - Math.floor(base / 2);
}

/** Every count by the preset's rule for small counts, rounding and totals; nothing is hidden yet to protect another cell. */
export function protectCounts(counts: Counts, totals: readonly Total[], preset: Preset): ProtectedCounts {
  const values = new Float64Array(counts.values.length).fill(Number.NaN);
  const states: CellState[] = new Array(counts.values.length).fill("");
  const rules = new Map(totals.map(({ total, national }) => [total, ruleOfTotal(preset, national)]));
  counts.values.forEach((count, cell) => {
    const published = Number.isNaN(count) ? undefined : protectCount(count, rules.get(cell) ?? preset.counts);
    states[cell] = Number.isNaN(count) ? "x" : published === undefined ? "c" : "";
    values[cell] = published ?? Number.NaN;
  });
  const result = { values, states };
  if (preset.totals === "re-sum") sumAgain(result, totals);
  return result;
}

/** A total that the preset keeps is hidden like other counts but not rounded; an exact national total is neither. */
function ruleOfTotal({ counts, totals, exactNationalTotal }: Preset, national: boolean): CountRule {
  if (exactNationalTotal && national) return {};
  return totals === "keep" && counts.suppress ? { suppress: counts.suppress } : counts;
}

/** Totals as sums of what is published, parts before the totals they belong to. */
export function sumAgain({ values, states }: ProtectedCounts, totals: readonly Total[]): void {
  const summed = new Set<number>();
  for (const { total, parts } of inOrder(totals)) {
    if (summed.has(total)) continue;
    summed.add(total);
    const published = parts.filter((part) => states[part] === "");
    if (states[total] === "x") continue;
    states[total] = published.length > 0 ? "" : "c";
    values[total] =
      published.length > 0 ? published.reduce((sum, part) => sum + (values[part] ?? 0), 0) : Number.NaN;
  }
}

/** Totals so that each comes after those that are its parts. */
function inOrder(totals: readonly Total[]): Total[] {
  const byCell = new Map<number, Total[]>();
  for (const total of totals) byCell.set(total.total, [...(byCell.get(total.total) ?? []), total]);
  const done = new Set<Total>();
  const ordered: Total[] = [];
  const visit = (total: Total): void => {
    if (done.has(total)) return;
    done.add(total);
    for (const part of total.parts) for (const inner of byCell.get(part) ?? []) visit(inner);
    ordered.push(total);
  };
  for (const total of totals) visit(total);
  return ordered;
}

/** What a reader who knows the preset knows of a cell. A re-summed total says nothing of its own about the true one. */
export function intervalOf(
  { values, states }: ProtectedCounts,
  cell: number,
  preset: Preset,
  kind: "count" | "exact" | "re-summed",
): Interval {
  const state = states[cell];
  if (kind === "re-summed" || state === "C" || state === "x")
    return { low: 0, high: Number.POSITIVE_INFINITY };
  if (state === "c") {
    const { from, to } = preset.counts.suppress ?? { from: 0, to: Number.POSITIVE_INFINITY };
    return { low: from, high: to };
  }
  const value = values[cell] ?? Number.NaN;
  const { round, suppress } = preset.counts;
  if (kind === "exact" || !round) return { low: value, high: value };
  if (round.to === "midpoint") {
    if (value === 0) return { low: 0, high: 0 };
    const high = value + Math.floor(round.base / 2);
    return { low: high - round.base + 1, high };
  }
  const half = Math.floor(round.base / 2);
  const smallest = suppress && value > suppress.to ? suppress.to + 1 : 0;
  // Zero is rounded from 1 and 2 as well, unless those are hidden.
  if (value === 0 && suppress && suppress.from <= 1 && suppress.to >= half) return { low: 0, high: 0 };
  return { low: Math.max(value - half, smallest, 0), high: value + half };
}
