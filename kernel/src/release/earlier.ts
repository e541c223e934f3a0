import { join } from "node:path";
import type { Table } from "apache-arrow";
import type { Engine } from "../engine/engine.ts";
import { readFiles } from "../engine/read-files.ts";
import { numbersOf } from "../engine/result-columns.ts";
import type { CellState, Counts, Interval } from "./cells.ts";
import { type Known, NOTHING_KNOWN } from "./known.ts";
import { intervalOf } from "./protect.ts";
import type { EarlierRecord } from "./record.ts";
import { findPreset } from "./release.ts";
import { loadSolver } from "./solve.ts";
import { fitEquations } from "./together/fit.ts";
import { linkTables } from "./together/link.ts";
import {
  type ColumnSums,
  type Columns,
  columnsAt,
  haveSharedSource,
  type Likeness,
  likeness,
  measuresOf,
} from "./together/measures.ts";
import { placesOf } from "./together/places.ts";
import { type PublishedColumn, type PublishedTable, textsThatTell } from "./together/published.ts";
import { filledByShape } from "./together/shapes.ts";
import { listReleases, type WrittenRelease } from "./write-release.ts";

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

/** More rows than this, of all releases, are not looked at together. */
const MOST_ROWS = 400_000;

/** More columns than this, of all releases of one source, are not looked at together. */
const MOST_COLUMNS = 48;

/**
 * What earlier releases say about the counts of a new one, each for itself and all together: as equations, of places that are
 * in several and of columns that add up; the numbers that they hide, which the new ones must not tell; and the new cells
 * that differ from an earlier number by a few people, or that an earlier release has hidden.
 */
export async function knownFromReleases(engine: Engine, question: EarlierQuestion): Promise<Known> {
  const [now, solve] = [newTable(question), await loadSolver()];
  const earlier: PublishedTable[] = [];
  for (const written of listReleases(question.folder)) earlier.push(await readReleased(engine, written));
  if (earlier.length === 0) return NOTHING_KNOWN;
  const { tables, complete } = closest([now, ...earlier]);
  const shapes = await filledByShape(
    engine,
    tables.map(({ table }) => table),
  );
  const places = placesOf(tables, shapes);
  const columns = columnsAt(tables, places);
  const compared = compareWithNew(columns);
  const related = columns.all.filter(
    ({ table }) =>
      table === 0 ||
      haveSharedSource(tables, 0, table) ||
      compared.some(({ earlier: column, likeness: { same } }) => same && column.table === table),
  );
  const measures = measuresOf({ tables, all: related.slice(0, MOST_COLUMNS) });
  const linked = linkTables(tables, places, measures);
  const { equations, values } = fitEquations(question.counts.values, linked.hidden, linked.equations, solve);
  const hidden = linked.hidden.map((interval, index) => ({
    ...interval,
    value: values[question.counts.values.length + index] ?? interval.low,
  }));
  return {
    equations,
    hidden,
    complete: complete && linked.complete && related.length <= MOST_COLUMNS,
    differences: compared.flatMap((pair) => differencesOf(pair, question.counts)),
  };
}

function newTable({ table, source, counts, computes }: EarlierQuestion): PublishedTable {
  const columns = counts.columns.map((name, column) => {
    const values = counts.values.slice(column * counts.rows, (column + 1) * counts.rows);
    return { name, computes: computes?.get(name), low: values, high: values, hidden: new Set<number>() };
  });
  return { source, rows: counts.rows, columns, texts: textsThatTell(table), table };
}

async function readReleased(engine: Engine, { folder, record }: WrittenRelease): Promise<PublishedTable> {
  const table = await engine.query(
    `SELECT * FROM ${readFiles("read_parquet", [join(folder, "table.parquet")])}`,
  );
  const columns = publishedColumns(table, record);
  return { source: record.source, rows: table.numRows, columns, texts: textsThatTell(table), table };
}

/** The columns of counts of an earlier release: those with marks, and those of presets that let everything out. */
function publishedColumns(released: Table, record: EarlierRecord): PublishedColumn[] {
  const preset = findPreset(record.preset);
  const described = new Map(record.columns.map((column) => [column.name, column]));
  return released.schema.fields.flatMap(({ name }): PublishedColumn[] => {
    const column = described.get(name);
    const marks = released.getChild(`${name} marks`);
    const known = column ? column.role === "count" : marks !== null;
    if (!known && !preset.open) return [];
    const values = numbersOf(released, name);
    // The marks do not say which numbers are hidden because they are small and which to protect those.
    const hiddenAs = column?.complements === 0 ? "c" : "C";
    const states = Array.from(values, (value, row): CellState => {
      if (!Number.isNaN(value)) return "";
      return marks?.get(row) === "[c]" ? hiddenAs : "x";
    });
    const intervals = states.map((state, row) =>
      state === "x" ? NOTHING_THERE : intervalOf({ values, states }, row, preset, "count"),
    );
    return [
      {
        name: column?.of ?? name.replace(/_midpoint\d+(_derived)?$/, ""),
        computes: column?.computes,
        low: Float64Array.from(intervals, ({ low }) => low),
        high: Float64Array.from(intervals, ({ high }) => high),
        hidden: new Set(states.flatMap((state, row) => (state === hiddenAs ? [row] : []))),
      },
    ];
  });
}

const NOTHING_THERE: Interval = { low: Number.NaN, high: Number.NaN };

/** The new table with as many earlier ones as can be looked at together: those of the same source before others. */
function closest([now, ...earlier]: readonly [PublishedTable, ...PublishedTable[]]): {
  tables: readonly PublishedTable[];
  complete: boolean;
} {
  const isClose = (table: PublishedTable) => haveSharedSource([now, table], 0, 1);
  let room = MOST_ROWS - now.rows;
  const tables = [now];
  let complete = true;
  for (const table of [...earlier.filter(isClose), ...earlier.filter((each) => !isClose(each))]) {
    room -= table.rows;
    if (room >= 0) tables.push(table);
    else complete &&= !isClose(table);
  }
  return { tables, complete };
}

/** A column of the new table beside one of an earlier table. */
interface Compared {
  readonly now: ColumnSums;
  readonly earlier: ColumnSums;
  readonly likeness: Likeness;
}

function compareWithNew({ tables, all }: Columns): Compared[] {
  const earlier = all.filter(({ table }) => table > 0);
  return all
    .filter(({ table }) => table === 0)
    .flatMap((now) =>
      earlier.map((column) => ({ now, earlier: column, likeness: likeness(tables, now, column) })),
    );
}

/** New cells that differ from an earlier number by a few people, or that an earlier release of the same numbers has hidden. */
function differencesOf(
  { now, earlier, likeness: { same, agrees, pairs } }: Compared,
  counts: Counts,
): number[] {
  if (!same) return [];
  return pairs.flatMap(([own, before]) => {
    const cells = own.cover.map(({ row }) => now.column * counts.rows + row);
    const difference = Math.abs(own.low - before.low);
    const isFew = before.low === before.high && difference > 0 && difference <= SMALL;
    const isHidden =
      agrees &&
      cells.length === 1 &&
      before.cover.every(({ row }) => before.cover.length === 1 && earlier.hidden.has(row));
    if (!isFew && !isHidden) return [];
    return cells.sort((a, b) => (counts.values[a] ?? 0) - (counts.values[b] ?? 0)).slice(0, 1);
  });
}

/** Differences up to this many people are a small count whatever the preset: the largest limit of any of them. */
const SMALL = 9;
