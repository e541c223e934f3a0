import type { ClassMethod } from "@tombolo/bundle";

/** Kinds of layers. */
export const LAYER_TYPES = ["plain", "classes", "categories", "bivariate", "symbols", "density"] as const;

/** One of {@link LAYER_TYPES}. */
export type LayerType = (typeof LAYER_TYPES)[number];

/** How a layer is drawn; every option has a good default. */
export interface LayerOptions {
  /**
   * How values are shown: `classes` of numbers by colour (a choropleth), `categories` of texts, `bivariate` for two columns,
   * `symbols` by size, `density` for many points, `plain`. Chosen by the data unless told otherwise.
   */
  readonly type?: LayerType | undefined;
  /** Column shown by colour: the last one with numbers unless told otherwise. */
  readonly column?: string | undefined;
  /** Second column of a bivariate map. */
  readonly with?: string | undefined;
  /** Column shown by the size of symbols, or by the width of lines. */
  readonly size?: string | undefined;
  /** The largest size in pixels: 22 for the radius of symbols, 8 for the width of lines unless told otherwise. */
  readonly pixels?: number | undefined;
  readonly title?: string | undefined;
  /** Unit of the values that are shown, where the data does not say it, or says another. */
  readonly unit?: string | undefined;
  /** What the data is called: the title where no column gives one. */
  readonly called?: string | undefined;
  /** Number of classes, 2 to 9; 5 unless told otherwise. */
  readonly classes?: number | undefined;
  /** How the classes are cut; `quantile` unless told otherwise. */
  readonly method?: ClassMethod | undefined;
  /** Limits between the classes; they make the method `manual`. */
  readonly breaks?: readonly number[] | undefined;
  /** Name of the colours, such as `YlGnBu` or `viridis`. */
  readonly palette?: string | undefined;
  /** Whether the palette is turned round. */
  readonly reversed?: boolean | undefined;
  /** One colour for everything, as `#rrggbb`. */
  readonly colour?: string | undefined;
  /** Columns in the tooltip; all with numbers unless told otherwise. */
  readonly hover?: readonly string[] | undefined;
  /** d3-format specifiers of columns, such as `{ share: ".1%" }`. */
  readonly formats?: Readonly<Record<string, string>> | undefined;
  /** Column that says where the publisher has taken out the values that are shown: by true, or a text such as `[c]`. */
  readonly suppressed?: string | undefined;
  /** Column with the time of each row; rows of one label are then one feature. */
  readonly time?: string | undefined;
  /** Column with the features' names; `name` unless told otherwise. */
  readonly name?: string | undefined;
  readonly visible?: boolean | undefined;
  /** 0 to 1. */
  readonly opacity?: number | undefined;
}

/** A part of the map that is shown larger: a known city, or a box of west, south, east, north in degrees. */
export type InsetOption =
  | string
  | { readonly title: string; readonly box: readonly [number, number, number, number] };

/** How a map is drawn. */
export interface MapOptions extends LayerOptions {
  /** Size in pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Coordinate system to draw in, such as `EPSG:27700`; one that fits the extent unless told otherwise. */
  readonly crs?: string | undefined;
  /** What is seen first: a known city, or west, south, east, north in degrees; everything unless told otherwise. */
  readonly extent?: string | readonly [number, number, number, number] | undefined;
  /** Line about the data's source; what the data says of it unless told otherwise. */
  readonly source?: string | undefined;
  /** Parts shown larger: `"auto"` for the cities in which a national map shows nothing, or a list. */
  readonly insets?: "auto" | readonly InsetOption[] | undefined;
  /** A background: path or address of a PMTiles archive with OpenStreetMap's data. None unless asked for. */
  readonly basemap?: string | undefined;
  /** Line about the background's source. */
  readonly attribution?: string | undefined;
}
