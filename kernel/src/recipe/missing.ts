import type { Table } from "apache-arrow";
import type { ResultColumns } from "./compile/types.ts";
import { type DocumentValues, shapeValue } from "./document.ts";
import type { NodeId, Plan, PlannedColumn } from "./plan-types.ts";

/** How many values of a column are missing, and why. */
export interface MissingValues {
  readonly label: string;
  readonly count: number;
  readonly total: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/** In how many values of a column members without a number are left out, or count as 0. */
export interface LeftOutMembers {
  readonly label: string;
  readonly values: number;
  readonly total: number;
  readonly members: number;
  readonly as: "left out" | "counted as 0";
}

/** Whether a column surely has all its values: then the rows need not be gone through. */
function isComplete(
  { node }: PlannedColumn,
  rows: Table,
  columns: ReadonlyMap<NodeId, ResultColumns>,
): boolean {
  const names = node === undefined ? undefined : columns.get(node);
  return names !== undefined && rows.getChild(names.value)?.nullCount === 0;
}

/** The missing values of a column. */
export function countMissing(
  column: PlannedColumn,
  plan: Plan,
  rows: Table,
  columns: ReadonlyMap<NodeId, ResultColumns>,
  values: DocumentValues,
): MissingValues {
  const total = rows.numRows;
  if (isComplete(column, rows, columns)) return { label: column.label, count: 0, total, reasons: [] };
  const counts = new Map<string, number>();
  for (let row = 0; row < total; row++) {
    const reason = reasonAt(column, plan, values, row);
    if (reason !== null) counts.set(reason, 1 + (counts.get(reason) ?? 0));
  }
  const reasons = [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((first, second) => second.count - first.count);
  const count = reasons.reduce((sum, each) => sum + each.count, 0);
  return { label: column.label, count, total, reasons };
}

/** Why the value of a column is missing in a row; null where it is not. */
export function reasonAt(
  { node, shape }: PlannedColumn,
  plan: Plan,
  values: DocumentValues,
  row: number,
): string | null {
  const missing =
    node === undefined
      ? shapeValue(shape, row, values, true) === undefined
      : values.value(node, row) === null;
  if (!missing) return null;
  const of = node ?? (shape.form === "object" ? undefined : shape.node);
  const id = of === undefined ? null : values.reason(of, row);
  return id === null ? "there is no value" : (plan.reasons[Number(id)] ?? "");
}

/** How many values are missing and why, as a sentence; undefined when none is. */
export function describeMissing({ label, count, total, reasons }: MissingValues): string | undefined {
  if (count === 0) return undefined;
  const [only, second] = reasons;
  const told = second
    ? reasons.map(({ reason, count: each }) => `${reason} (${each})`).join(", ")
    : only?.reason;
  return `${label}: ${count} of ${total} values are missing: ${told}.`;
}

/** The members that the values of a column are computed without; undefined when there are none. */
export function countLeftOut(
  { label, node }: PlannedColumn,
  plan: Plan,
  rows: Table,
  columns: ReadonlyMap<NodeId, ResultColumns>,
): LeftOutMembers | undefined {
  const names = node === undefined ? undefined : columns.get(node);
  if (node === undefined || names?.leftOut === undefined) return undefined;
  const counts = rows.getChild(names.leftOut);
  const given = rows.getChild(names.value);
  let [values, members] = [0, 0];
  for (let row = 0; row < rows.numRows; row++) {
    const count = Number(counts?.get(row) ?? 0);
    if (count === 0 || given?.get(row) === null) continue;
    values++;
    members += count;
  }
  const computed = plan.nodes[node];
  const as = computed?.op === "combine" && computed.missing === "zero" ? "counted as 0" : "left out";
  return values === 0 ? undefined : { label, values, total: rows.numRows, members, as };
}

/** That members are left out, as a sentence. */
export function describeLeftOut({ label, values, total, members, as }: LeftOutMembers): string {
  const what = members === 1 ? "1 member without a number is" : `${members} members without a number are`;
  return `${label}: in ${values} of ${total} values ${what} ${as}.`;
}
