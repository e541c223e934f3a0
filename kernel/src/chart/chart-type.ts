import type { Brush, RowSet } from "@tombolo/bundle";
import type { Table } from "apache-arrow";
import type { ChartColumn } from "./columns.ts";
import type { Aggregate } from "./groups.ts";

/** What a chart is made of. */
export interface ChartInput {
  /** Number of rows of the table. */
  readonly count: number;
  readonly columns: ChartColumns;
  /** Only so many bars, those with the largest values. */
  readonly top?: number;
  /** Number of bins of a histogram. */
  readonly bins?: number;
  readonly aggregate?: Aggregate;
}

/** The columns of a chart by their part in it. */
export interface ChartColumns {
  /** What is measured. */
  readonly value?: ChartColumn;
  /** What it is shown against. */
  readonly against?: ChartColumn;
  /** What tells series apart by colour. */
  readonly colour?: ChartColumn;
  /** What each small multiple has in common. */
  readonly facet?: ChartColumn;
  /** What a row is called. */
  readonly name?: ChartColumn;
}

/** Rows that are selected, and rows that alone are shown. */
export interface RowSets {
  readonly selected?: RowSet | undefined;
  readonly shown?: RowSet | undefined;
}

/** Columns of the rows that Vega draws. NaN and null are missing. */
export type DrawnRows = Readonly<Record<string, Float64Array | readonly (string | number | null)[]>>;

/** A chart that is ready to be drawn for any selection. */
export interface PreparedChart {
  /** Title when the user gives none. */
  readonly title: string;
  /** What the chart leaves out or puts together; empty for nothing. */
  readonly note: string;
  /** Mark and encoding, in the part of Vega-Lite that versions 5 and 6 share; a composition when there are small multiples. */
  readonly drawing: Readonly<Record<string, unknown>>;
  /** The drawn rows. They have a column `row`, their number in the table, or a column `selected`, a count. */
  rows(sets: RowSets): DrawnRows;
  /** The rows of the table that a choice in the chart means; absent where each drawn row is one of the table. */
  find?(brush: NonNullable<Brush>): RowSet;
  /** What the chart shows, in lines for who cannot see it. */
  describe(rows: DrawnRows): readonly string[];
}

/** A kind of chart: one object with its name, its documentation and what it does. */
export interface ChartType {
  readonly name: string;
  readonly doc: string;
  /** Which of the table's columns it shows when the user names only some of them. */
  choose(choice: ColumnChoice): Omit<ChartColumns, "colour" | "facet" | "name">;
  prepare(input: ChartInput): PreparedChart;
}

/** What the user has named, and what the table offers. */
export interface ColumnChoice {
  readonly table: Table;
  readonly x: ChartColumn | undefined;
  readonly y: ChartColumn | undefined;
  /** The last column with numbers, as in maps. */
  numbers(except?: ChartColumn): ChartColumn;
  /** A column with numbers, if there is another one. */
  otherNumbers(except: ChartColumn): ChartColumn | undefined;
  /** What rows are called, else the first column with text; undefined when there is none. */
  names(): ChartColumn | undefined;
  times(): ChartColumn | undefined;
}

/** Declares a kind of chart. */
export function defineChart<const Type extends ChartType>(type: Type): Type {
  return type;
}
