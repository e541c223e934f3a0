import type { Access } from "@tombolo/bundle";
import type { StatisticKind } from "../engine/columns.ts";

/** What a column is computed from, independent of any engine. Lengths are in metres, areas in square metres. */
export type Expression =
  | { readonly op: "subject-name" }
  | { readonly op: "constant"; readonly value: string }
  | { readonly op: "fixed-value"; readonly provider: string; readonly attribute: string }
  | { readonly op: "area"; readonly crs: number }
  | { readonly op: "measure"; readonly measure: number }
  | { readonly op: "scale"; readonly factor: number; readonly of: Expression }
  | {
      readonly op: "arithmetic";
      readonly operation: ArithmeticOperation;
      readonly left: Expression;
      readonly right: Expression;
    };

/** The four operations of arithmetic, as recipes write them. */
export type ArithmeticOperation = "add" | "sub" | "mul" | "div";

/** A set operator: one number for each subject, from all subjects of another type. Each engine does it as it does best. */
export interface Measure {
  readonly operator: "overlap-length";
  readonly lines: SubjectReference;
  readonly crs: number;
}

/** A subject type with its provider, found in the catalogue. */
export interface SubjectReference {
  readonly provider: string;
  readonly subjectType: string;
}

/** An expression with all that is known of its values. */
export interface Planned {
  readonly expression: Expression;
  readonly type: "number" | "text";
  readonly unit?: string | undefined;
  readonly kind?: StatisticKind | undefined;
  readonly access: Access;
  /** Lines of the publishers whose data it takes. */
  readonly sources: readonly string[];
  /** Why a value can be missing, to be said when one is. */
  readonly missing: string;
}

/** A column of a plan. */
export interface PlannedColumn extends Planned {
  readonly label: string;
}

/** A recipe as a small relational tree: subjects, set operators, columns. */
export interface Plan {
  readonly subjects: readonly SubjectReference[];
  readonly access: Access;
  readonly sources: readonly string[];
  readonly measures: readonly Measure[];
  readonly columns: readonly PlannedColumn[];
  readonly warnings: readonly string[];
}
