import { formatNumber, formatRange, withUnit } from "@tombolo/bundle/format";
import type { ColumnStatistics } from "@tombolo/bundle/table-protocol";
import { type ShownColumn, timeText } from "./cells.ts";

const BARS = 20;
const MOST_VALUES = 12;

/** A column in a few figures, over some of its rows. */
export function statisticsOf(column: ShownColumn, rows: Int32Array): ColumnStatistics {
  const missing = new Map<string, number>();
  const present: number[] = [];
  for (const row of rows) {
    if (column.valueAt(row) !== null) present.push(row);
    else {
      const reason = column.reasonAt(row) ?? "Missing";
      missing.set(reason, (missing.get(reason) ?? 0) + 1);
    }
  }
  const counts: [string, string][] = [
    ["Rows", formatNumber(rows.length, ",d")],
    ...[...missing].map(([reason, count]): [string, string] => [
      reason === "Missing" ? reason : `Missing ${reason}`,
      formatNumber(count, ",d"),
    ]),
  ];
  if (column.type === "number" || column.type === "time") {
    const { figures, bars } = ofNumbers(
      column,
      Float64Array.from(present, (row) => Number(column.valueAt(row))),
    );
    return { figures: [...counts, ...figures], bars };
  }
  const { figures, bars } = ofTexts(column, present);
  return { figures: [...counts, ...figures], bars };
}

function ofNumbers(column: ShownColumn, values: Float64Array): ColumnStatistics {
  const sorted = values.filter((value) => Number.isFinite(value)).sort();
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return { figures: [], bars: [] };
  const text = (value: number) =>
    column.type === "time" ? timeText(value) : withUnit(formatNumber(value, column.format), column.unit);
  const at = (share: number) => text(sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN);
  const mean = sorted.reduce((sum, value) => sum + value / sorted.length, 0);
  const deviation = Math.sqrt(
    sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, sorted.length - 1),
  );
  const figures: [string, string][] = [
    ["Least", text(least)],
    ["First quartile", at(0.25)],
    ["Median", at(0.5)],
    ["Third quartile", at(0.75)],
    ["Greatest", text(most)],
    ["Mean", text(mean)],
  ];
  if (column.type === "number") figures.push(["Standard deviation", text(deviation)]);
  return { figures, bars: barsOf(column, sorted, least, most) };
}

function barsOf(column: ShownColumn, sorted: Float64Array, least: number, most: number): [string, number][] {
  const width = (most - least || 1) / BARS;
  const counts = new Array<number>(most === least ? 1 : BARS).fill(0);
  for (const value of sorted) {
    const bar = Math.min(counts.length - 1, Math.floor((value - least) / width));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts.map((count, bar) => {
    const [from, to] = [least + bar * width, least + (bar + 1) * width];
    const range =
      column.type === "time" ? `${timeText(from)} – ${timeText(to)}` : formatRange(from, to, column.format);
    return [range, count];
  });
}

function ofTexts(column: ShownColumn, rows: readonly number[]): ColumnStatistics {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = column.textAt(row) ?? "";
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const commonest = [...counts].sort(([, first], [, second]) => second - first).slice(0, MOST_VALUES);
  return { figures: [["Different values", formatNumber(counts.size, ",d")]], bars: commonest };
}
