import type { ChartTypeName } from "./types/index.ts";

/** How a table is charted. */
export interface ChartOptions {
  /** Kind of chart; what fits the columns unless told otherwise. */
  readonly type?: ChartTypeName | undefined;
  /** Column along the horizontal axis. */
  readonly x?: string | undefined;
  /** Column along the vertical axis. */
  readonly y?: string | undefined;
  /** Column by whose values series are told apart by colour. */
  readonly colour?: string | undefined;
  /** Column for each of whose values there is a small multiple. */
  readonly facet?: string | undefined;
  /** Only so many bars, those with the largest values. */
  readonly top?: number | undefined;
  /** About how many bins a histogram has. */
  readonly bins?: number | undefined;
  /** How the values of several rows become one bar or one point of a line: the sum of counts and amounts, the mean of others. */
  readonly aggregate?: "mean" | "sum" | "median" | "min" | "max" | "count" | undefined;
  readonly title?: string | undefined;
}
