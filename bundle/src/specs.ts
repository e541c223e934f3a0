import type { Access } from "./access.ts";
import type { RowsSpec } from "./selection.ts";

/** One class of a classified map, from `from` (inclusive) to `to` (exclusive, but inclusive in the last class). */
export interface MapClass {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  /** Number of features in the class. */
  readonly count: number;
}

/** What a map shows, without its coordinates: those are in the blob named `geometry`. */
export interface MapSpec {
  readonly version: 1;
  readonly access: Access;
  /** The rows that it shows, by which it is linked with other views. */
  readonly link?: RowsSpec;
  readonly title: string;
  /** Line about sources and licences, printed under the map. */
  readonly source: string;
  /** Blob of {@link encodeGeometry}; the id is its content hash, or a random name when the data is not public. */
  readonly geometry: string;
  /** Blob of an Arrow IPC stream with the columns `label`, `name`, `value` and the hover columns, one row a feature. */
  readonly attributes: string;
  /** Coordinate system the geometry is drawn in, such as `EPSG:27700`; its unit is metres. */
  readonly crs: string;
  readonly width: number;
  readonly height: number;
  /** The column shown by colour, absent for a plain map. */
  readonly column?: ColumnSpec;
  readonly classes: readonly MapClass[];
  /** Features without a value. */
  readonly missing: number;
  /** Columns in the tooltip, besides the name. */
  readonly hover: readonly ColumnSpec[];
}

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

/** A chart: a Vega-Lite 6 specification whose data is inline. */
export interface ChartSpec {
  readonly version: 1;
  readonly access: Access;
  /** The rows that it shows, by which it is linked with other views. */
  readonly link?: RowsSpec;
  readonly title: string;
  readonly vegaLite: Readonly<Record<string, unknown>>;
}

/** A table: the first rows as text, already formatted by the kernel. */
export interface TableSpec {
  readonly version: 1;
  readonly access: Access;
  /** The rows that it shows, by which it is linked with other views. */
  readonly link?: RowsSpec;
  readonly title: string;
  readonly source: string;
  readonly rowCount: number;
  readonly columns: readonly (ColumnSpec & { readonly type: string; readonly missing: number })[];
  /** Text of each shown cell; null is a missing value. */
  readonly rows: readonly (readonly (string | null)[])[];
}
