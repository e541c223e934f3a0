import type { Sql, Statement } from "../sql.ts";

/** A statement that makes a table of its own. */
export interface SqlStep {
  readonly kind: "sql";
  readonly table: string;
  /** What is being done, for people. */
  readonly stage: string;
  readonly statement: Statement;
  /** The table's query, where the query that reads it may hold it instead. */
  readonly inline?: Sql;
}

/** A query that must have no rows; the first row's `label`, `name` and `reason` go into the message, and the title at its `place`. */
export interface CheckStep {
  readonly kind: "check";
  readonly stage: string;
  readonly statement: Statement;
  /** The fields whose reference subjects are checked. */
  readonly titles: readonly string[];
}

/** A query of one `number`; the user is told something when it is zero. */
export interface NoticeStep {
  readonly kind: "notice";
  readonly stage: string;
  readonly statement: Statement;
  readonly sentence: string;
}

/**
 * A set operator, done beside the engine. Its inputs are queries with a row for each subject in the order of `row`: `left` and `right`
 * of one column with shapes, `values` of numbers; `ranked` gives the numbers of the right rows in the order in which the first of equal
 * ones counts.
 * Its answer goes to a table `row`, `value`, and `other`, the number of the right row, where there is one.
 */
export interface OperatorStep {
  readonly kind: "operator";
  readonly stage: string;
  readonly operator:
    | "overlap-length"
    | "overlap-area"
    | "largest-overlap"
    | "containing"
    | "nearest"
    | "within-distance"
    | "within-metres"
    | "area"
    | "cluster";
  readonly table: string;
  /** EPSG code of the system in which it measures; without one the shapes' own degrees. */
  readonly crs?: number | undefined;
  readonly inputs: Readonly<Partial<Record<"left" | "right" | "ranked" | "values", Statement>>>;
  readonly options: Readonly<Record<string, number>>;
}

/** One step of a compiled plan. */
export type Step = SqlStep | CheckStep | NoticeStep | OperatorStep;

/** A step, and the tables of other steps that it reads. */
export type ScheduledStep = Step & { readonly reads: readonly string[] };

/** Which columns of the result hold a node: its value, why it is missing, its time in seconds since 1970, its series. */
export interface ResultColumns {
  readonly value: string;
  readonly reason: string | undefined;
  /** The reason of all that are missing, when there is only one. */
  readonly onlyReason: number | undefined;
  readonly time: string | undefined;
  readonly series: string | undefined;
  /** How many members each value is computed without. */
  readonly leftOut: string | undefined;
}

/** A plan as the steps of one engine. */
export interface CompiledPlan {
  readonly steps: readonly ScheduledStep[];
  /** Gives `label`, `name`, the columns of {@link CompiledPlan.columns}, and `geometry`. */
  readonly result: Statement;
  /** Where the result holds each node of the output. */
  readonly columns: ReadonlyMap<number, ResultColumns>;
  readonly cleanup: readonly string[];
}
