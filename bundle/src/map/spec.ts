import type { Access } from "../access.ts";
import type { ClassMethod } from "../classify/class-limits.ts";
import type { Box, GeometryKind } from "../geometry/geometry.ts";
import type { RowsSpec } from "../selection.ts";
import type { ColumnSpec } from "../specs.ts";

/** What a map shows, without its coordinates and values: those are in blobs, named by the layers. */
export interface MapSpec {
  readonly version: 1;
  readonly access: Access;
  readonly title: string;
  /** Line about sources and licences, printed under the map. */
  readonly source: string;
  /** Coordinate system in which the map is drawn, such as `EPSG:27700`; its unit is metres. */
  readonly crs: string;
  readonly width: number;
  readonly height: number;
  /** From the bottom to the top. */
  readonly layers: readonly MapLayer[];
  /** What is seen first, in metres; everything where it is absent. */
  readonly extent?: Box;
  /** Parts that are shown larger beside the map. */
  readonly insets: readonly MapInset[];
  readonly basemap?: Basemap;
  /** What is not as good as it could be, one sentence each. */
  readonly warnings: readonly string[];
}

/** One layer: features of one kind, in one colouring. */
export interface MapLayer {
  readonly title: string;
  readonly kind: GeometryKind;
  /** Number of features. */
  readonly count: number;
  /** The rows that the features stand for, by which they are linked with other views. */
  readonly link?: RowsSpec;
  /** Blob of the row of each feature at each time, as 32-bit integers, -1 for none; absent where each feature is the row of its number. */
  readonly rows?: string;
  /** Name by which the kernel can be asked for the rows themselves. */
  readonly plan?: string;
  /** Blob of `encodeGeometry`; the id is its content hash, or a random name when the data is not public. */
  readonly geometry: string;
  /** The same features with more points, where `geometry` was made coarser to be sent quickly. */
  readonly fine?: FineGeometry;
  /** Blobs of the features' names and labels, as texts. */
  readonly names: string;
  readonly labels: string;
  /** Columns whose values the layer can show. */
  readonly columns: readonly MapColumn[];
  /** Names of the columns in the tooltip, besides the name. */
  readonly hover: readonly string[];
  readonly colouring: Colouring;
  readonly size?: SizeSpec;
  readonly time?: TimeSpec;
  readonly visible: boolean;
  /** 0 to 1. */
  readonly opacity: number;
}

/** Geometry that is fetched only when a map is enlarged. */
export interface FineGeometry {
  readonly geometry: string;
  /** Metres by which the coarse geometry is off: with as many metres to a pixel it is as good. */
  readonly metres: number;
}

/** How a blob holds a column: single or double precision, little-endian, or texts as deflated JSON. */
export const COLUMN_TYPES = ["f32", "f64", "text"] as const;

/** One of {@link COLUMN_TYPES}. */
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A column of a layer: one value a feature, or one a feature and time. */
export interface MapColumn extends ColumnSpec {
  readonly type: ColumnType;
  /** Blob of the values. Of a dated column those of all features at the first time, then at the second, and so on. */
  readonly values: string;
  /** Whether the numbers of the blob are ordered by `togetherByPlace` and deflated. */
  readonly packed?: boolean;
  readonly dated: boolean;
  /** Blob with 1 for each value that its publisher has taken out, in the order of the values; absent when there is none. */
  readonly suppressed?: string;
}

/** How the features of a layer get their colours. */
export type Colouring =
  | PlainColouring
  | ClassColouring
  | CategoryColouring
  | BivariateColouring
  | DensityColouring;

/** All alike. */
export interface PlainColouring {
  readonly type: "plain";
  readonly colours: readonly string[];
}

/** How many features have no value, and of how many it was taken out. */
export interface Gaps {
  readonly missing: number;
  readonly suppressed: number;
}

/** Numbers in classes, or in shades when the method is `unclassed`. */
export interface ClassColouring extends Gaps {
  readonly type: "classes";
  readonly column: string;
  readonly method: ClassMethod;
  readonly palette: string;
  readonly reversed: boolean;
  /** `limits[i]` to `limits[i + 1]` is class i, the last with its upper limit. */
  readonly limits: readonly number[];
  readonly colours: readonly string[];
  /** Number of features in each class; none for shades. */
  readonly counts: readonly number[];
}

/** Kinds. */
export interface CategoryColouring extends Gaps {
  readonly type: "categories";
  readonly column: string;
  readonly palette: string;
  readonly categories: readonly string[];
  readonly colours: readonly string[];
  readonly counts: readonly number[];
  /** Features of kinds that have no colour of their own. */
  readonly others: number;
}

/** Two columns in three classes each: class 3 × second + first. */
export interface BivariateColouring extends Gaps {
  readonly type: "bivariate";
  readonly columns: readonly [string, string];
  readonly limits: readonly [readonly number[], readonly number[]];
  readonly colours: readonly string[];
  readonly counts: readonly number[];
}

/** Points counted by pixel. */
export interface DensityColouring {
  readonly type: "density";
  readonly palette: string;
  /** From few to many. */
  readonly colours: readonly string[];
}

/** Symbols or lines whose size tells a value: areas of circles and widths of lines are in proportion to it. */
export interface SizeSpec {
  readonly column: string;
  /** The value of the largest size. */
  readonly most: number;
  /** The largest size in pixels: a radius, or a width. */
  readonly pixels: number;
}

/** The times of dated columns. */
export interface TimeSpec {
  /** As people read them, in order. */
  readonly steps: readonly string[];
  /** The step shown first. */
  readonly shown: number;
}

/** A part of the map that is shown larger. */
export interface MapInset {
  readonly title: string;
  /** In metres of the map's coordinate system. */
  readonly box: Box;
}

/** A background of vector tiles; only for maps in `EPSG:3857`. */
export interface Basemap {
  /** Address of a PMTiles archive, or the path of one below the notebook's folder. */
  readonly archive: string;
  readonly attribution: string;
}
