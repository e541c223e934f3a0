import type { ColumnUnits } from "../lineage/units-of-record.ts";
import { isRecord } from "../recipe/recipe.ts";
import type { Finding, Verdict } from "./finding.ts";
import type { ReleasedCounts } from "./release.ts";

/** What is kept of a release: how it was made, by whom and why; no value that was hidden. Lies beside the table as `release.json`. */
export interface ReleaseRecord {
  readonly version: 1;
  readonly name: string;
  readonly preset: string;
  readonly reason: string;
  readonly who: string;
  /** Time in UTC. */
  readonly when: string;
  readonly verdict: Verdict;
  /** Whether somebody has taken the responsibility for what the checks left to a person. */
  readonly accepted: boolean;
  /** SHA-256 of the recipe in canonical form; absent for a table that no recipe has made. */
  readonly recipe?: string;
  readonly source: string;
  readonly rows: number;
  readonly columns: readonly ReleasedCounts[];
  /** What the records behind the columns are about, where the recipe tells. */
  readonly unitsOfRecord?: Readonly<Record<string, ColumnUnits["units"]>>;
  /** Every check that was made, with its verdict; none for a preset that lets everything out. */
  readonly checks: Readonly<Record<string, Verdict>>;
  readonly findings: readonly Finding[];
}

/** What a later release needs to know of a record. */
export interface EarlierRecord extends Pick<ReleaseRecord, "name" | "preset" | "source" | "when"> {
  readonly columns: readonly (Pick<ReleasedCounts, "name" | "role" | "of" | "computes"> &
    Partial<Pick<ReleasedCounts, "complements">>)[];
}

/** Reads a record; throws a TypeError naming what is not as it must be. */
export function parseRecord(value: unknown): EarlierRecord {
  if (!isRecord(value) || value.version !== 1) throw new TypeError("this is not a record of a release");
  const text = (key: string): string => {
    const found = value[key];
    if (typeof found !== "string") throw new TypeError(`${key} is not a text`);
    return found;
  };
  const columns = Array.isArray(value.columns) ? value.columns.flatMap(parseColumn) : [];
  return { name: text("name"), preset: text("preset"), source: text("source"), when: text("when"), columns };
}

function parseColumn(value: unknown): EarlierRecord["columns"] {
  if (!isRecord(value)) return [];
  const { name, role, of, computes, complements } = value;
  if (typeof name !== "string" || typeof role !== "string") return [];
  return [
    {
      ...{ name, role },
      ...(typeof of === "string" && { of }),
      ...(typeof computes === "string" && { computes }),
      ...(typeof complements === "number" && { complements }),
    },
  ];
}
