import type { Table } from "apache-arrow";
import type { ColumnUnits } from "../lineage/units-of-record.ts";
import type { Counts } from "./cells.ts";
import type { Behind } from "./figures.ts";
import type { Finding } from "./finding.ts";
import type { Preset } from "./preset.ts";
import type { Protection } from "./protect-table.ts";
import type { RoleColumn } from "./roles.ts";

/** Everything that a check may look at. */
export interface CheckSubject {
  readonly table: Table;
  readonly preset: Preset;
  readonly columns: readonly RoleColumn[];
  /** What each row is about; empty where nobody knows. */
  readonly rowUnits: ColumnUnits["units"];
  readonly counts: Counts;
  readonly protection: Protection;
  /** What stands behind each figure and amount; absent where nothing is known to. */
  readonly behind: ReadonlyMap<string, Behind>;
  /** Columns of counts that are the sums of others. */
  readonly derived: ReadonlySet<string>;
  /** The column with the largest contribution, or the two largest together, to each amount. */
  readonly largest: ReadonlyMap<string, string>;
}

/** One rule by which a table is looked at before it goes out. */
export interface Check {
  readonly name: string;
  /** What it looks for, and why that discloses. */
  readonly doc: string;
  run(subject: CheckSubject): Finding[];
}

/** Declares a check. */
export function defineCheck(check: Check): Check {
  return check;
}
