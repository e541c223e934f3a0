import type { Counts, Interval, ProtectedCounts, Total } from "./cells.ts";
import { equationsByCell } from "./equations.ts";
import type { Known } from "./known.ts";
import type { Preset } from "./preset.ts";
import { intervalOf, sumAgain } from "./protect.ts";
import { type Equation, recoverable, type Solve } from "./recover.ts";

/** What it took to hide further cells. */
export interface Complements {
  readonly hidden: number;
  /** Those of them that would have told what an earlier release hides. */
  readonly telling: readonly number[];
  /** Hidden cells that can still be computed although nothing is left to hide. */
  readonly recovered: readonly number[];
}

/**
 * Hides further cells, in `result`, until no hidden one, of this table or of an earlier release, follows from the others, from the
 * totals or from what earlier releases said.
 */
export function hideComplements(
  counts: Counts,
  result: ProtectedCounts,
  totals: readonly Total[],
  earlier: Known,
  preset: Preset,
  solve: Solve,
): Complements {
  const equations = [...totals.map(equationOf), ...earlier.equations];
  const byCell = equationsByCell(equations);
  const kinds = kindsOf(counts.values.length, totals, preset);
  const truth = Float64Array.from([...counts.values, ...earlier.hidden.map(({ value }) => value)]);
  const before = hiddenBefore(truth, counts, earlier, solve);
  const known = publishedBefore(earlier);
  const isUseful = (cell: number) => result.states[cell] === "" && !known.has(cell);
  const telling = new Set<number>();
  let hiddenNow = hideToLeast(result, equations, preset);
  for (;;) {
    const hidden = [...result.states.keys()].filter((cell) => isHidden(result, cell));
    const intervals: Interval[] = result.states.map((_, cell) =>
      intervalOf(result, cell, preset, kinds[cell] ?? "count"),
    );
    const all = { intervals: [...intervals, ...earlier.hidden], hidden: [...hidden, ...before] };
    const found = recoverable(truth, all.intervals, all.hidden, equations, solve);
    const recovered = found.filter((cell) => cell < counts.values.length);
    const partners = new Set<number>();
    for (const cell of recovered)
      addTo(partners, partnerOf(cell, counts, isUseful, byCell.get(cell) ?? equations, partners));
    for (const cell of found.filter((each) => each >= counts.values.length)) {
      const partner = nearestShown(cell, isUseful, byCell, partners);
      addTo(partners, partner);
      addTo(telling, partner);
    }
    if (partners.size === 0) return { hidden: hiddenNow, telling: [...telling], recovered };
    for (const cell of partners) hide(result, cell);
    hiddenNow += partners.size + hideToLeast(result, equations, preset);
    if (preset.totals === "re-sum") sumAgain(result, totals);
  }
}

function addTo(cells: Set<number>, cell: number | undefined): void {
  if (cell !== undefined) cells.add(cell);
}

/** What earlier releases hide and do not tell by themselves: no cell of the new table could keep that back. */
function hiddenBefore(
  truth: Float64Array,
  { values }: Counts,
  { equations, hidden }: Known,
  solve: Solve,
): number[] {
  if (hidden.length === 0) return [];
  const open: Interval = { low: 0, high: Number.POSITIVE_INFINITY };
  const intervals = [...Array.from(values, () => open), ...hidden];
  const cells = hidden.map((_, index) => values.length + index);
  const told = new Set(recoverable(truth, intervals, cells, equations, solve));
  return cells.filter((cell) => !told.has(cell));
}

/** The cell of the new table to hide so that one of an earlier release is not told: one of the nearest, shortest sum that has any. */
function nearestShown(
  cell: number,
  isUseful: (cell: number) => boolean,
  byCell: ReadonlyMap<number, readonly Equation[]>,
  chosen: ReadonlySet<number>,
): number | undefined {
  const reached = [cell];
  const seen = new Set(reached);
  for (const next of reached)
    for (const { plus, minus } of byCell.get(next) ?? []) {
      const members = [...plus, ...minus];
      if (members.some((member) => chosen.has(member))) return undefined;
      const shown = members.find(isUseful);
      if (shown !== undefined) return shown;
      for (const member of members) {
        if (!seen.has(member)) reached.push(member);
        seen.add(member);
      }
    }
  return undefined;
}

/** Cells whose number somebody has published before: to hide them helps nobody. */
function publishedBefore({ equations }: Known): Set<number> {
  return new Set(
    equations.flatMap(({ plus, minus, low, high }) =>
      plus.length === 1 && minus.length === 0 && low === high ? plus : [],
    ),
  );
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
  { values }: Counts,
  isUseful: (cell: number) => boolean,
  own: readonly Equation[],
  chosen: ReadonlySet<number>,
): number | undefined {
  if (own.some(({ plus }) => plus.some((part) => chosen.has(part)))) return undefined;
  for (const pick of ["above", "any"] as const) {
    for (const { plus } of own) {
      const candidates = plus.filter(
        (part) => part !== cell && isUseful(part) && (pick === "any" || (values[part] ?? 0) > 0),
      );
      const [smallest] = candidates.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
      if (smallest !== undefined) return smallest;
    }
  }
  return own.flatMap(({ minus }) => minus).find(isUseful);
}
