import type { Access } from "@tombolo/bundle";
import type { UnitOfRecord } from "../../store/unit-of-record.ts";

/** How a file of one's own is to be read; what is not said is guessed. */
export interface OwnFileOptions {
  /** Who may see its values; `internal` unless told otherwise, `sensitive` when its rows look like people. */
  readonly access?: Access | undefined;
  /** Why the label is lower than what was guessed; kept with the data. */
  readonly reason?: string | undefined;
  /** What one row is about; guessed from its columns. */
  readonly unit?: UnitOfRecord | undefined;
  /** Label of the subject type of its rows; without it, rows with codes of imported areas become values of those areas. */
  readonly as?: string | undefined;
  /** Column with the label of each row. */
  readonly label?: string | undefined;
  /** Column with the name of each row. */
  readonly name?: string | undefined;
  /** Column with the longitude or easting. */
  readonly x?: string | undefined;
  /** Column with the latitude or northing. */
  readonly y?: string | undefined;
  /** Coordinate system of the coordinates, such as `EPSG:27700`. */
  readonly crs?: string | undefined;
  /** Column with the time of each row: its numbers become timed values. */
  readonly when?: string | undefined;
  /** How times are written, by the name of a format such as `month/day/year`. */
  readonly dates?: string | undefined;
  /** Sign before the decimals of numbers. */
  readonly decimal?: "." | "," | undefined;
  /** Further marks for missing values, parted by blanks. */
  readonly missing?: string | undefined;
  /** Columns that are kept, parted by commas; all unless told otherwise. */
  readonly columns?: string | undefined;
  /** Labels of attributes whose columns have other names in the file: `people=persons`, parted by commas. */
  readonly rename?: string | undefined;
  /** Keeps rows whose label is `Total` or the like. */
  readonly totals?: boolean | undefined;
  /** Row of the headings, counted from 1. */
  readonly header?: number | undefined;
  /** Sheet of a spreadsheet, or layer of a geographic file, by name or number counted from 1. */
  readonly sheet?: string | undefined;
  /** Sign between the fields of a text file. */
  readonly delimiter?: string | undefined;
  /** Encoding of a text file, such as `windows-1252`. */
  readonly encoding?: string | undefined;
}
