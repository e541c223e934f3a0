import type { Counts, Interval, ProtectedCounts, Total } from "./cells.ts";
import type { Preset } from "./preset.ts";
import { intervalOf, sumAgain } from "./protect.ts";
import { type Equation, recoverable, type Solve } from "./recover.ts";

/**
 * Hides further cells until no hidden one follows from the others, from the totals or from what earlier releases said.
 * Changes `result`; returns how many cells it hid, and those that can still be recovered although nothing is left to hide.
 */
export function hideComplements(
  counts: Counts,
  result: ProtectedCounts,
  totals: readonly Total[],
  earlier: readonly Equation[],
  preset: Preset,
  solve: Solve,
): { hidden: number; recovered: readonly number[] } {
  const equations = [...totals.map(equationOf), ...earlier];
  const byCell = equationsByCell(equations);
  const kinds = kindsOf(counts.values.length, totals, preset);
  let hiddenNow = hideToLeast(result, equations, preset);
  for (;;) {
    const hidden = [...result.states.keys()].filter((cell) => isHidden(result, cell));
    const intervals: Interval[] = result.states.map((_, cell) =>
      intervalOf(result, cell, preset, kinds[cell] ?? "count"),
    );
    const found = recoverable(counts.values, intervals, hidden, equations, solve);
    const partners = new Set<number>();
    for (const cell of found) {
      const partner = partnerOf(cell, counts, result, equations, byCell, partners);
      if (partner !== undefined) partners.add(partner);
    }
    if (partners.size === 0) return { hidden: hiddenNow, recovered: found };
    for (const cell of partners) hide(result, cell);
    hiddenNow += partners.size + hideToLeast(result, equations, preset);
    if (preset.totals === "re-sum") sumAgain(result, totals);
  }
}

/** A total as an equation: the parts less the total are zero. */
export function equationOf({ total, parts }: Total): Equation {
  return { plus: parts, minus: [total], low: 0, high: 0 };
}

function kindsOf(
  cells: number,
  totals: readonly Total[],
  preset: Preset,
): ("count" | "exact" | "re-summed")[] {
  const kinds: ("count" | "exact" | "re-summed")[] = new Array(cells).fill("count");
  for (const { total, national } of totals) {
    if (preset.totals === "re-sum") kinds[total] = "re-summed";
    else if (preset.totals === "keep" || (preset.exactNationalTotal && national)) kinds[total] = "exact";
  }
  return kinds;
}

const isHidden = ({ states }: ProtectedCounts, cell: number): boolean =>
  states[cell] === "c" || states[cell] === "C";

function hide({ values, states }: ProtectedCounts, cell: number): void {
  values[cell] = Number.NaN;
  states[cell] = "C";
}

function equationsByCell(equations: readonly Equation[]): Map<number, Equation[]> {
  const byCell = new Map<number, Equation[]>();
  for (const equation of equations)
    for (const cell of [...equation.plus, ...equation.minus]) {
      const list = byCell.get(cell);
      if (list) list.push(equation);
      else byCell.set(cell, [equation]);
    }
  return byCell;
}

/** Hides the smallest cells of every sum that has a hidden part but fewer than the preset wants. */
function hideToLeast(
  result: ProtectedCounts,
  equations: readonly Equation[],
  { leastSuppressed }: Preset,
): number {
  let hiddenNow = 0;
  for (const { plus } of leastSuppressed > 1 ? equations : []) {
    const hidden = plus.filter((cell) => isHidden(result, cell));
    if (hidden.length === 0) continue;
    const others = plus.filter((cell) => result.states[cell] === "").sort(byValue(result));
    for (const cell of others.slice(0, Math.max(0, leastSuppressed - hidden.length))) {
      hide(result, cell);
      hiddenNow++;
    }
  }
  return hiddenNow;
}

const byValue =
  ({ values }: ProtectedCounts) =>
  (a: number, b: number): number =>
    (values[a] ?? 0) - (values[b] ?? 0);

/** The cell to hide beside one that could be recovered: the smallest number of its shortest sum, else that sum's total. */
function partnerOf(
  cell: number,
  counts: Counts,
  result: ProtectedCounts,
  equations: readonly Equation[],
  byCell: ReadonlyMap<number, readonly Equation[]>,
  chosen: ReadonlySet<number>,
): number | undefined {
  const own = [...(byCell.get(cell) ?? equations)].sort((a, b) => a.plus.length - b.plus.length);
  for (const { plus } of own) {
    if (plus.some((part) => chosen.has(part))) return undefined;
  }
  for (const pick of ["above", "any"] as const) {
    for (const { plus } of own) {
      const candidates = plus.filter(
        (part) =>
          part !== cell && result.states[part] === "" && (pick === "any" || (counts.values[part] ?? 0) > 0),
      );
      const [smallest] = candidates.sort((a, b) => (counts.values[a] ?? 0) - (counts.values[b] ?? 0));
      if (smallest !== undefined) return smallest;
    }
  }
  return own.flatMap(({ minus }) => minus).find((total) => result.states[total] === "");
}
