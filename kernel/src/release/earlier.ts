import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Table } from "apache-arrow";
import type { Engine } from "../engine/engine.ts";
import { quoteLiteral } from "../engine/quote.ts";
import { numbersOf } from "../engine/result-columns.ts";
import type { CellState, Counts, ProtectedCounts } from "./cells.ts";
import { matchAreas } from "./match-areas.ts";
import type { Preset } from "./preset.ts";
import { intervalOf } from "./protect.ts";
import { type Known, NOTHING_KNOWN } from "./protect-table.ts";
import type { EarlierRecord } from "./record.ts";
import { type Equation, tighten } from "./recover.ts";
import { findPreset } from "./release.ts";
import { type EarlierColumn, holds, likeness, sumOf } from "./same-count.ts";
import { listReleases } from "./write-release.ts";

/** What is asked of earlier releases. */
export interface EarlierQuestion {
  /** Folder below which releases lie. */
  readonly folder: string;
  readonly table: Table;
  readonly source: string;
  readonly counts: Counts;
  /** What the columns compute, by name, where a recipe says it. */
  readonly computes?: ReadonlyMap<string, string> | undefined;
}

/**
 * What earlier releases say about the counts of a new one: as equations, of an area that is in both and of an earlier area
 * that new ones fill; and the new cells that would tell of a few people, or of what an earlier release has hidden.
 */
export async function knownFromReleases(engine: Engine, question: EarlierQuestion): Promise<Known> {
  const { folder, table } = question;
  if (!existsSync(folder)) return NOTHING_KNOWN;
  const equations: Equation[] = [];
  const differences: number[] = [];
  for (const { folder: place, record } of listReleases(folder)) {
    const file = join(place, "table.parquet");
    const released = await engine.query(`SELECT * FROM ${quoteLiteral(file)}`);
    const columns = released.schema.fields.map((field) => field.name);
    const { filledByNew, fillingNew } = await matchAreas(engine, table, { file, columns });
    for (const earlier of releasedCounts(released, record)) {
      const told = compare(
        earlier,
        filledByNew,
        fillingNew,
        sharesSource(record.source, question.source),
        question,
      );
      equations.push(...told.equations);
      differences.push(...told.differences);
    }
  }
  return { equations, differences };
}

/** A column of counts of an earlier release. */
interface ReleasedCounts extends ProtectedCounts {
  readonly name: string;
  readonly computes?: string | undefined;
  readonly preset: Preset;
}

/** The columns of counts of an earlier release: those with marks, and those of presets that let everything out. */
function releasedCounts(released: Table, record: EarlierRecord): ReleasedCounts[] {
  const preset = findPreset(record.preset);
  const described = new Map(record.columns.map((column) => [column.name, column]));
  return released.schema.fields.flatMap(({ name }): ReleasedCounts[] => {
    const column = described.get(name);
    const marks = released.getChild(`${name} marks`);
    const known = column ? column.role === "count" : marks !== null;
    if (!known && !preset.open) return [];
    const values = numbersOf(released, name);
    const states = Array.from(values, (value, row): CellState => {
      if (!Number.isNaN(value)) return "";
      return marks?.get(row) === "[c]" ? "c" : "x";
    });
    const plain = name.replace(/_midpoint\d+(_derived)?$/, "");
    return [{ name: column?.of ?? plain, computes: column?.computes, preset, values, states }];
  });
}

/** What one earlier column tells of the new ones that count the same. */
function compare(
  earlier: ReleasedCounts,
  filledByNew: ReadonlyMap<number, readonly number[]>,
  fillingNew: ReadonlyMap<number, readonly number[]>,
  hasSharedSource: boolean,
  { counts, computes }: EarlierQuestion,
): Known {
  const equationsFor = (column: number) =>
    [...filledByNew].flatMap(([row, members]): Equation[] => {
      if (earlier.states[row] === "x") return [];
      const interval = intervalOf(earlier, row, earlier.preset, "count");
      return [{ ...interval, plus: members.map((member) => column * counts.rows + member), minus: [] }];
    });
  const column: EarlierColumn = { ...earlier, equations: equationsFor };
  const known = counts.columns.map((name, index): Known => {
    const { same, agrees } = likeness(counts, index, computes?.get(name), column, hasSharedSource);
    if (!same) return NOTHING_KNOWN;
    const all = equationsFor(index);
    return {
      equations: all.filter((equation) => holds(equation, counts)),
      differences: [
        ...all
          .filter((equation) => isSmallDifference(sumOf(equation.plus, counts), equation))
          .map((equation) => smallestOf(equation.plus, counts)),
        ...(agrees ? hiddenBefore(earlier, filledByNew, index * counts.rows) : []),
        ...givenAway(earlier, fillingNew, index * counts.rows, counts),
      ],
    };
  });
  return {
    equations: known.flatMap(({ equations }) => equations),
    differences: known.flatMap(({ differences }) => differences),
  };
}

/** Cells that an earlier release of the same numbers has hidden: what hid them there holds still. */
function hiddenBefore(
  { states }: ReleasedCounts,
  filledByNew: ReadonlyMap<number, readonly number[]>,
  first: number,
): number[] {
  return [...filledByNew].flatMap(([row, members]) => {
    const [only, ...others] = members;
    return states[row] === "c" && only !== undefined && others.length === 0 ? [first + only] : [];
  });
}

/** New cells that are the sum of earlier ones, and would tell what is hidden among those. */
function givenAway(
  earlier: ReleasedCounts,
  fillingNew: ReadonlyMap<number, readonly number[]>,
  first: number,
  { values }: Counts,
): number[] {
  return [...fillingNew].flatMap(([row, parts]) => {
    const hidden = parts.flatMap((part, index) => (earlier.states[part] === "c" ? [index] : []));
    const count = values[first + row] ?? Number.NaN;
    if (hidden.length === 0 || Number.isNaN(count)) return [];
    const intervals = parts.map((part) => intervalOf(earlier, part, earlier.preset, "count"));
    const low = Float64Array.from([...intervals.map((interval) => interval.low), count]);
    const high = Float64Array.from([...intervals.map((interval) => interval.high), count]);
    tighten(low, high, [{ plus: [...parts.keys()], minus: [parts.length], low: 0, high: 0 }]);
    return hidden.some((index) => low[index] === high[index]) ? [first + row] : [];
  });
}

/** Whether two lists of publishers' lines have one in common: further columns bring further lines. */
function sharesSource(first: string, second: string): boolean {
  const lines = (text: string) => text.split(/(?<=\.)\s+/).filter((line) => line !== "");
  const known = new Set(lines(first));
  return first === second || lines(second).some((line) => known.has(line));
}

/** Differences up to this many people are a small count whatever the preset: the largest limit of any of them. */
const SMALL = 9;

/** Whether a reader could subtract: the earlier number is exact, and the new one differs from it by a few. */
function isSmallDifference(sum: number, { low, high }: Equation): boolean {
  return low === high && sum !== low && Math.abs(sum - low) <= SMALL;
}

const smallestOf = (cells: readonly number[], { values }: Counts): number =>
  [...cells].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))[0] ?? 0;
