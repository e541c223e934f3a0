import type { Table } from "apache-arrow";
import { addToList } from "../add-to-list.ts";
import { findColumn, numbersOf, sourceOf, textsOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import type { ResultUnits } from "../lineage/units-of-record.ts";
import { didYouMean } from "../nearest.ts";
import { protectAmount } from "./amounts.ts";
import type { CellState, Counts, ProtectedCounts, Total } from "./cells.ts";
import { checks } from "./checks/index.ts";
import { type Behind, findRatio, protectFigure } from "./figures.ts";
import { type Finding, severest, type Verdict } from "./finding.ts";
import { type Known, NOTHING_KNOWN } from "./known.ts";
import { groupSums } from "./nested-rows.ts";
import { readNumericTexts } from "./numeric-texts.ts";
import type { Preset } from "./preset.ts";
import { presets } from "./presets/index.ts";
import { protectTable } from "./protect-table.ts";
import { type ReleasedColumn, releasedTable } from "./released-table.ts";
import { withRests } from "./rests.ts";
import { isName, type RoleColumn, rolesOf } from "./roles.ts";
import { loadSolver } from "./solve.ts";
import type { CheckSubject } from "./subject.ts";
import { findGrandTotal, findTotals, type RowSum } from "./totals.ts";

/** What a release needs to know besides the table. */
export interface ReleaseOptions {
  readonly preset: Preset;
  /** Figure or amount → the column that counts for how many it stands. */
  readonly behind?: Readonly<Record<string, string>>;
  /** Amount → the column with its two largest contributions together. */
  readonly largest?: Readonly<Record<string, string>>;
  /** Column that names, in each row, the label of the row that is its total. */
  readonly parent?: string | undefined;
  /** Rows whose areas others fill. */
  readonly nested?: readonly RowSum[];
  /** Columns left out. */
  readonly without?: readonly string[];
  /** What the records behind rows and columns are about; where that is not known, the rules hold. */
  readonly units?: ResultUnits | undefined;
  /** What the columns compute, by name, where a recipe says it. */
  readonly computes?: ReadonlyMap<string, string> | undefined;
  /** Takes the responsibility for what needs a person's decision. */
  readonly accept?: boolean | undefined;
  /** What is known of these counts from earlier releases of the same source. */
  readonly earlier?: (counts: Counts) => Promise<Known>;
}

/** What became of a column. */
export interface ReleasedCounts {
  readonly name: string;
  readonly role: string;
  /** Its name in the table that was released, where that is another. */
  readonly of?: string;
  /** What it computes, whatever it is called, from `computationOf`; absent where no recipe says it. */
  readonly computes?: string;
  readonly published: number;
  readonly suppressed: number;
  readonly complements: number;
  readonly missing: number;
}

/** A table under disclosure control. The table is there only when the verdict lets it out. */
export interface Protected {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly columns: readonly ReleasedCounts[];
  readonly source: string;
  readonly table?: Table;
}

/** The preset of that name, or a UserError with the nearest ones. */
export function findPreset(name: string): Preset {
  const preset = presets.find((candidate) => candidate.name === name);
  if (preset) return preset;
  const known = presets.map((candidate) => candidate.name);
  throw new UserError(`There is no preset "${name}"`, { where: name, hint: didYouMean(name, known) });
}

/**
 * A table under the rules of a preset: counts hidden, rounded and summed again, figures computed again or hidden with the
 * counts behind them, and every check's finding. Changes nothing and writes nothing.
 */
export async function protect(result: Table, options: ReleaseOptions): Promise<Protected> {
  const table = readNumericTexts(result);
  const { preset, without = [], accept = false } = options;
  for (const name of without) findColumn(table, name);
  const things = [...(options.units?.columns ?? [])].flatMap(([name, { isOfThings }]) =>
    isOfThings ? [name] : [],
  );
  const columns = rolesOf(table, new Set(things)).filter(({ field }) => !without.includes(field.name));
  const ownCounts = countsOf(table, columns);
  const behind = behindOf(table, columns, ownCounts, options.behind ?? {});
  const counts = withRests(ownCounts, behind.values(), preset);
  const rowSums =
    options.parent === undefined
      ? [...findGrandTotal(counts), ...groupSums(table, counts), ...(options.nested ?? [])]
      : parentsOf(table, options.parent);
  const totals = findTotals(counts, rowSums, nationalRows(table));
  const known = (await options.earlier?.(counts)) ?? NOTHING_KNOWN;
  const solve = await loadSolver();
  const subject: CheckSubject = {
    table,
    preset,
    columns,
    rowUnits: options.units?.rows.units ?? [],
    counts,
    protection: protectTable(counts, totals, preset, solve, known),
    behind,
    derived: derivedColumns(counts, totals),
    largest: new Map(Object.entries(options.largest ?? {})),
  };
  // What is about the whole table is told before what is about one of its columns.
  const findings = checks
    .flatMap((check) => check.run(subject))
    .sort((a, b) => Number(a.column !== undefined) - Number(b.column !== undefined));
  const verdict = severest(findings.map((finding) => finding.verdict));
  const released = columns.map((column) => releaseColumn(subject, column));
  const goesOut = verdict === "pass" || (verdict === "review" && accept);
  return {
    verdict,
    findings,
    columns: released.flatMap(({ field, name, protection }) =>
      protection ? [describe(name, columns, field.name, protection.states, options.computes)] : [],
    ),
    source: sourceOf(table),
    ...(goesOut && { table: releasedTable(table, released) }),
  };
}

function countsOf(table: Table, columns: readonly RoleColumn[]): Counts {
  const names = columns.filter(({ role }) => role === "count").map(({ field }) => field.name);
  const values = new Float64Array(names.length * table.numRows);
  for (const [column, name] of names.entries()) values.set(numbersOf(table, name), column * table.numRows);
  return { rows: table.numRows, columns: names, values };
}

/** Codes of the Office for National Statistics for the nations of the United Kingdom and those together, and their names. */
const NATION =
  /^([EWSN]92|K0[2-4])\d{6}$|^(England|Wales|Scotland|Northern Ireland|England and Wales|Great Britain|United Kingdom|UK)$/i;

/** Tells the rows that are a whole nation, by their label or name. */
function nationalRows(table: Table): (row: number) => boolean {
  const columns = table.schema.fields.filter(isName).map(({ name }) => table.getChild(name));
  return (row) => columns.some((column) => NATION.test(String(column?.get(row) ?? "")));
}

/** Rows with those whose parent column has their label. */
function parentsOf(table: Table, column: string): RowSum[] {
  findColumn(table, column);
  const rowOf = new Map(textsOf(table, "label").map((label, row) => [label, row]));
  const members = new Map<number, number[]>();
  for (const [row, parent] of textsOf(table, column).entries()) {
    const found = parent === null ? undefined : rowOf.get(parent);
    if (found === undefined || found === row) continue;
    addToList(members, found, row);
  }
  return [...members].map(([total, parts]) => ({ total, parts, told: true }));
}

function behindOf(
  table: Table,
  columns: readonly RoleColumn[],
  counts: Counts,
  named: Readonly<Record<string, string>>,
): Map<string, Behind> {
  const behind = new Map<string, Behind>();
  for (const { field, role } of columns) {
    if (role !== "figure" && role !== "amount") continue;
    const column = named[field.name];
    const ratio = role === "figure" ? findRatio(numbersOf(table, field.name), counts) : undefined;
    if (ratio) behind.set(field.name, { ratio });
    else if (column !== undefined) behind.set(field.name, { count: positionOf(counts, column) });
  }
  return behind;
}

function positionOf({ columns }: Counts, name: string): number {
  const position = columns.indexOf(name);
  if (position >= 0) return position;
  throw new UserError(`"${name}" is not a column of counts`, {
    where: name,
    hint: didYouMean(name, [...columns]),
  });
}

function releaseColumn(subject: CheckSubject, { field, role }: RoleColumn): ReleasedColumn {
  const { preset, counts } = subject;
  const protection = preset.open ? undefined : protectionOf(subject, field.name, role);
  if (!protection && role === "count" && !preset.open)
    throw new Error(`${counts.columns.length} counts without one`);
  return {
    field,
    name: `${field.name}${suffixOf(subject, field.name, role)}`,
    ...(protection && { protection }),
  };
}

/** What follows the name of a column of midpoints, so that nobody takes them for counts. */
function suffixOf({ preset, behind, derived }: CheckSubject, name: string, role: RoleColumn["role"]): string {
  const { round } = preset.counts;
  const figure = behind.get(name);
  if (round?.to !== "midpoint" || (role !== "count" && !(figure && "ratio" in figure))) return "";
  return `_midpoint${round.base}${role !== "count" || derived.has(name) ? "_derived" : ""}`;
}

/** Columns of counts that are the sums of others. */
function derivedColumns({ rows, columns }: Counts, totals: readonly Total[]): Set<string> {
  const columnOf = (cell: number) => Math.floor(cell / rows);
  return new Set(
    totals
      .filter(({ total, parts }) => parts.some((part) => columnOf(part) !== columnOf(total)))
      .flatMap(({ total }) => columns[columnOf(total)] ?? []),
  );
}

function protectionOf(
  { table, preset, counts, protection, behind, largest }: CheckSubject,
  name: string,
  role: RoleColumn["role"],
): ProtectedCounts | undefined {
  if (role === "count") {
    const from = counts.columns.indexOf(name) * counts.rows;
    return {
      values: protection.values.slice(from, from + counts.rows),
      states: protection.states.slice(from, from + counts.rows),
    };
  }
  if (role !== "figure" && role !== "amount") return undefined;
  const standsBehind = behind.get(name);
  const figure = standsBehind
    ? protectFigure(table, name, standsBehind, counts, protection, preset)
    : asItIs(numbersOf(table, name));
  return role === "amount" ? protectAmount(table, name, largest.get(name), figure, preset) : figure;
}

/** A figure of which nothing is known goes out only when a person has decided so. */
function asItIs(values: Float64Array): ProtectedCounts {
  return { values, states: [...values].map((value) => (Number.isNaN(value) ? "x" : "")) };
}

function describe(
  name: string,
  columns: readonly RoleColumn[],
  original: string,
  states: readonly CellState[],
  computed: ReadonlyMap<string, string> | undefined,
): ReleasedCounts {
  const computes = computed?.get(original);
  const count = (wanted: CellState) => states.filter((state) => state === wanted).length;
  return {
    name,
    role: columns.find(({ field }) => field.name === original)?.role ?? "",
    ...(original !== name && { of: original }),
    ...(computes !== undefined && { computes }),
    published: count("") + count("u"),
    suppressed: count("c"),
    complements: count("C"),
    missing: count("x"),
  };
}
