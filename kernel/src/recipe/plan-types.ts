import type { Access } from "@tombolo/bundle";
import type { StatisticKind } from "../engine/columns.ts";

/** Number of a {@link Node} in its plan: a node's operands come before it. */
export type NodeId = number;

/** Number of a {@link SubjectSet} in its plan: the sets that a set is made from come before it. */
export type SetId = number;

/** Number of a sentence in {@link Plan.reasons}, counted from 1: why a value is missing. */
export type ReasonId = number;

/** The four operations of arithmetic, as recipes write them. */
export type ArithmeticOperation = "add" | "sub" | "mul" | "div";

/** What is done with the values of several subjects. */
export type Aggregate = "sum" | "mean" | "max" | "min" | "median" | "stdev" | "count";

/** A statistic over several values of one subject. */
export type Statistic =
  | "mean"
  | "sum"
  | "product"
  | "min"
  | "max"
  | "median"
  | "geometricmean"
  | "variance"
  | "stdev"
  | "kurtosis"
  | "sumoflogs"
  | "sumofsquares";

/** How two values are compared. */
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "like";

/** Which subjects contain another: those that contain its shape, or its centre, or the one that shares most area with it. */
export type ContainmentRule = "within" | "centroid" | "largest-overlap";

/** An attribute by its full name. */
export interface AttributeReference {
  readonly provider: string;
  readonly attribute: string;
}

/** A span of time; timestamps without a zone, the start included, the end excluded. */
export interface TimeWindow {
  readonly from?: string;
  readonly to?: string;
}

/** A test on a fixed value: it is there, or it is one of the values. */
export interface AttributeTest extends AttributeReference {
  readonly values?: readonly string[];
}

/** What a node computes for each subject of its set. Lengths are in metres, areas in square metres or in the unit of the system. */
export type Operation =
  | { readonly op: "constant"; readonly value: string | null }
  | { readonly op: "number"; readonly value: number }
  | { readonly op: "name" }
  | { readonly op: "label" }
  | { readonly op: "coordinate"; readonly axis: "x" | "y"; readonly missing: ReasonId }
  | {
      readonly op: "area" | "length";
      readonly crs: number;
      readonly missing: ReasonId;
      readonly unknown: ReasonId;
    }
  | ({ readonly op: "fixed"; readonly missing: ReasonId } & AttributeReference)
  | ({ readonly op: "latest" | "series"; readonly missing: ReasonId } & AttributeReference & TimeWindow)
  | {
      readonly op: "arithmetic";
      readonly operation: ArithmeticOperation;
      readonly left: NodeId;
      readonly right: NodeId;
      readonly notNumeric: ReasonId;
      readonly zero: ReasonId;
      readonly infinite: ReasonId;
    }
  | {
      readonly op: "combine";
      readonly how: "add" | "mul";
      readonly members: readonly NodeId[];
      readonly scalars?: readonly number[];
      /** What a member that is not computable does: the whole is missing too, it is left out, or it counts zero. */
      readonly missing: MissingPolicy;
      readonly infinite: ReasonId;
    }
  | {
      readonly op: "statistic";
      readonly statistic: Statistic;
      readonly members: readonly NodeId[];
      readonly missing: MissingPolicy;
      readonly undefined: ReasonId;
    }
  | {
      readonly op: "fraction";
      readonly dividends: readonly NodeId[];
      readonly divisor: NodeId;
      readonly zero: ReasonId;
    }
  | {
      readonly op: "percentile";
      readonly of: NodeId;
      /** The same field over the reference subjects. */
      readonly reference: NodeId;
      readonly count: number;
      readonly inverse: boolean;
      readonly missing: "refuse" | "skip";
      readonly notNumeric: ReasonId;
      readonly empty: ReasonId;
      /** Says in a message which field and which reference subjects. */
      readonly title: string;
    }
  | {
      readonly op: "aggregate";
      readonly members: SetId;
      readonly of: NodeId;
      readonly weight?: NodeId;
      readonly function: Aggregate;
      /** How a member belongs: wholly within, or by its centre. */
      readonly rule: Exclude<ContainmentRule, "largest-overlap">;
      readonly empty: ReasonId;
      readonly infinite: ReasonId;
    }
  | {
      readonly op: "containing";
      readonly container: SetId;
      readonly of: NodeId;
      readonly rule: ContainmentRule;
      readonly none: ReasonId;
      readonly several: ReasonId;
    }
  | ({ readonly op: "nearest"; readonly of: NodeId } & NearestRule)
  | ({ readonly op: "nearest-distance" } & NearestRule)
  | {
      readonly op: "count-near";
      readonly others: SetId;
      readonly metres: number;
      readonly crs?: number;
      readonly missing: ReasonId;
    }
  | {
      readonly op: "overlap";
      readonly measure: "length" | "area";
      readonly others: SetId;
      readonly crs: number;
      readonly missing: ReasonId;
    }
  | { readonly op: "choose"; readonly members: readonly NodeId[]; readonly none: ReasonId }
  | { readonly op: "choose-level"; readonly members: readonly NodeId[]; readonly levels: readonly string[] }
  | { readonly op: "match"; readonly tests: readonly AttributeTest[]; readonly of: NodeId }
  | { readonly op: "scale"; readonly factor: number; readonly of: NodeId }
  | { readonly op: "compare"; readonly comparison: Comparison; readonly left: NodeId; readonly right: NodeId }
  | { readonly op: "present"; readonly of: NodeId }
  | { readonly op: "all" | "any"; readonly members: readonly NodeId[] }
  | { readonly op: "not"; readonly of: NodeId }
  | {
      readonly op: "cluster";
      readonly members: readonly NodeId[];
      readonly count: number;
      readonly seed: number;
      readonly missing: ReasonId;
    };

/** What is done with a member that has no value. */
export type MissingPolicy = "refuse" | "skip" | "zero";

/** Which subject is nearest, and how far away it may be. */
export interface NearestRule {
  readonly others: SetId;
  /** Largest distance, in degrees or in metres. */
  readonly limit: number;
  readonly unit: "degrees" | "metres";
  /** Metres are measured in the plane of this system; on the ellipsoid where there is none. */
  readonly crs?: number;
  readonly none: ReasonId;
}

/** A value for each subject of a set. Equal nodes of a plan are one. */
export type Node = Operation & {
  readonly set: SetId;
  readonly type: ValueType;
};

/** What SQL gives for a node. */
export type ValueType = "number" | "text" | "boolean";

/** Subjects by type, and which of them. */
export interface SubjectSelection {
  /** `*` stands for any provider. */
  readonly provider: string;
  /** `*` stands for any type that has an extent. */
  readonly subjectType: string;
  readonly match?: { readonly attribute: "label" | "name"; readonly pattern: string };
  readonly relation?: { readonly relation: GeoRelation; readonly to: SetId };
  /** Only the subjects with one of these labels: an area in words, found by codes. */
  readonly labels?: readonly string[];
  /** Only the subjects that one of these datasets brought. */
  readonly datasets?: readonly string[];
}

/** How the shape of a candidate lies to that of the others, merged into one. */
export type GeoRelation =
  | "within"
  | "equals"
  | "disjoint"
  | "intersects"
  | "touches"
  | "crosses"
  | "contains"
  | "overlaps";

/** Subjects, each once, in the order of the selections, then of the store; or those of another set that fulfil a condition. */
export type SubjectSet =
  | { readonly selections: readonly SubjectSelection[] }
  | { readonly of: SetId; readonly where: NodeId };

/** How a value is written to a document. */
export type OutputShape =
  /** `textBy` says by row how the value becomes text, where that differs between rows. */
  | { readonly form: "value"; readonly node: NodeId; readonly text: TextForm; readonly textBy?: NodeId }
  /** Timestamp and value, or the bare number when the recipe has no timestamps. */
  | { readonly form: "timed"; readonly node: NodeId }
  | { readonly form: "series"; readonly node: NodeId }
  /** A series, and its mean under a label of its own. */
  | { readonly form: "series-mean"; readonly node: NodeId }
  /** Others under their labels; `omit` leaves out those that are missing, otherwise one missing makes all missing. */
  | { readonly form: "object"; readonly omit: boolean; readonly entries: readonly OutputEntry[] };

/** A part of an object in a document. */
export interface OutputEntry {
  readonly label: string;
  /** What it is called where timestamps are not written, when that is something else. */
  readonly bareLabel?: string;
  readonly shape: OutputShape;
}

/** How a value becomes text: as it stands; as a number when it is one; a number; a number with two decimals; a bare zero. */
export type TextForm = "text" | "either" | "number" | "two-decimals" | "0";

/** A field with all that is known of its values. */
export interface Planned {
  /** The single value, which operands and CSV take; a field without one is refused there. */
  readonly node?: NodeId | undefined;
  readonly shape: OutputShape;
  readonly unit?: string | undefined;
  readonly kind?: StatisticKind | undefined;
  readonly access: Access;
  /** Lines of the publishers whose data it takes. */
  readonly sources: readonly string[];
  /** Columns that come with it, such as the level of a back-off; only a field that is a column itself has them. */
  readonly companions?: readonly PlannedColumn[] | undefined;
}

/** A column of a plan. */
export interface PlannedColumn extends Planned {
  readonly label: string;
}

/** A recipe as a small relational tree: sets of subjects, nodes on them, columns. Independent of any engine. */
export interface Plan {
  readonly sets: readonly SubjectSet[];
  readonly nodes: readonly Node[];
  /** The set whose subjects are the rows. */
  readonly subjects: SetId;
  /** How many subjects of their types the store has, where that is known. */
  readonly ofTypes?: number | undefined;
  readonly columns: readonly PlannedColumn[];
  /** Sentences by number, from 1; the first is never used. */
  readonly reasons: readonly string[];
  readonly access: Access;
  readonly sources: readonly string[];
  readonly warnings: readonly string[];
}
