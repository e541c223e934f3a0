import type { Access } from "./access.ts";
import type { RowsSpec } from "./selection.ts";

/** A column of a result as people read it. */
export interface ColumnSpec {
  readonly name: string;
  /** Heading: the name in words. */
  readonly title: string;
  /** Unit such as `km` or `km/km²`; empty for none. */
  readonly unit: string;
  /** A d3-format specifier for numbers, empty for text. */
  readonly format: string;
}

/** A chart: a Vega-Lite 6 specification, which brings its data along or draws the part `rows`. */
export interface ChartSpec {
  readonly version: 1;
  readonly access: Access;
  /** The rows that it shows, by which it is linked with other views. */
  readonly link?: RowsSpec;
  readonly title: string;
  /** Line about sources and licences. */
  readonly source: string;
  readonly vegaLite: Readonly<Record<string, unknown>>;
  /**
   * Blob of an Arrow IPC stream with the data set {@link CHART_ROWS}. Where it has a column `row`, each row drawn is that
   * row of the result; else rows are drawn together, and `selected` counts those of them that are selected.
   */
  readonly rows?: string;
  /** Name under which the kernel reads the rows of the result as a table; see {@link TABLE_COMM_TARGET}. */
  readonly table?: string;
  /** Name under which the kernel draws the chart anew when rows are selected that it draws together; see {@link CHART_COMM_TARGET}. */
  readonly plan?: string;
}

/** A table: the first rows as text, already formatted by the kernel. */
export interface TableSpec {
  readonly version: 1;
  readonly access: Access;
  /** The rows that it shows, by which it is linked with other views. */
  readonly link?: RowsSpec;
  readonly title: string;
  readonly source: string;
  /** Name under which the kernel reads all rows; see {@link TABLE_COMM_TARGET}. */
  readonly plan?: string;
  readonly rowCount: number;
  readonly columns: readonly (ColumnSpec & { readonly type: string; readonly missing: number })[];
  /** Text of each shown cell; null is a missing value. */
  readonly rows: readonly (readonly (string | null)[])[];
}
