import type { Table } from "apache-arrow";
import { numbersOf } from "../engine/result-columns.ts";
import type { ProtectedCounts } from "./cells.ts";
import type { Preset } from "./preset.ts";

/** An amount, hidden as well where its two largest contributors have more of it than the preset allows. */
export function protectAmount(
  table: Table,
  name: string,
  largest: string | undefined,
  figure: ProtectedCounts,
  { dominance }: Preset,
): ProtectedCounts {
  if (dominance === undefined || largest === undefined) return figure;
  const amounts = numbersOf(table, name);
  const top = numbersOf(table, largest);
  const dominated = (row: number) =>
    (amounts[row] ?? 0) > 0 && (top[row] ?? 0) > dominance * (amounts[row] ?? 0);
  return {
    values: figure.values.map((value, row) => (dominated(row) ? Number.NaN : value)),
    states: figure.states.map((state, row) => (state === "" && dominated(row) ? "c" : state)),
  };
}
