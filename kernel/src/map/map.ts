import {
  BLOBS_SYMBOL,
  type ClassMethod,
  classify,
  classLimits,
  DISPLAY_SYMBOL,
  type Displayable,
  encodeGeometry,
  isPaletteName,
  legendEntries,
  MAP_MIME,
  type MapSpec,
  type MimeBundle,
  NO_CLASS,
  PALETTE_NAMES,
  type PaletteName,
  paletteColours,
  withUnit,
} from "@tombolo/bundle";
import { type Field, type Table, tableFromArrays, tableToIPC } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import {
  accessOf,
  describeColumn,
  findColumn,
  findNumbers,
  isNumeric,
  numbersOf,
  sourceOf,
  textsOf,
} from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { Blobs, placeholder } from "../picture/blobs.ts";
import { drawMap } from "../picture/map-picture.ts";
import { linkOf } from "../selection/link.ts";
import { projectShapes } from "./project.ts";

/** How a map is drawn; every option has a good default. */
export interface MapOptions {
  /** Column shown by colour: the last one with numbers unless told otherwise. */
  readonly column?: string | undefined;
  readonly title?: string | undefined;
  /** Number of classes, 2 to 9; 5 unless told otherwise. */
  readonly classes?: number | undefined;
  readonly method?: ClassMethod | undefined;
  /** Name of the colours. */
  readonly palette?: string | undefined;
  /** Columns in the tooltip; all with numbers unless told otherwise. */
  readonly hover?: readonly string[] | undefined;
  /** Size in pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A map that shows itself in a notebook. */
export interface MapView extends Displayable {
  readonly spec: MapSpec;
  /** The table that is shown. */
  readonly data: Table;
}

const MOST_HOVER_COLUMNS = 8;

/**
 * A table with shapes as a map, coloured by one of its columns. Shapes are WKB in longitude and latitude; the map is drawn
 * in a projected system that fits them. Throws a UserError for a table without shapes or a column that is not there.
 */
export function map(table: Table, options: MapOptions = {}): MapView {
  const shapes = shapesOf(table);
  const field = findNumbers(table, options.column);
  const access = accessOf(table);
  const blobs = new Blobs(access);
  const { geometry, crs } = projectShapes(shapes);
  const values = field ? numbersOf(table, field.name) : new Float64Array(table.numRows).fill(Number.NaN);
  const limits = classLimits(values, checkClasses(options.classes ?? 5), options.method ?? "quantile");
  const classOf = classify(values, limits);
  const hover = hoverColumns(table, field, options.hover);
  const column = field && describeColumn(table, field);
  const spec: MapSpec = {
    version: 1,
    access,
    link: linkOf(table),
    title: options.title ?? column?.title ?? "Map",
    source: sourceOf(table),
    geometry: blobs.add(encodeGeometry(geometry)),
    attributes: blobs.add(encodeAttributes(table, values, hover)),
    crs,
    width: options.width ?? 760,
    height: options.height ?? 500,
    ...(column && { column }),
    classes: describeClasses(limits, classOf, findPalette(options.palette)),
    missing: countOf(classOf, NO_CLASS),
    hover: hover.map((each) => describeColumn(table, each)),
  };
  const show = async (): Promise<MimeBundle> => {
    if (access !== "public") return placeholder(MAP_MIME, "Map", access, spec, blobs);
    const picture = await drawMap(spec, geometry, classOf);
    return {
      data: { [MAP_MIME]: spec, "image/png": picture, "text/plain": describeMap(spec, table.numRows) },
      metadata: { "image/png": { width: spec.width, height: spec.height } },
    };
  };
  return { spec, data: table, [DISPLAY_SYMBOL]: show, [BLOBS_SYMBOL]: blobs };
}

function shapesOf(table: Table): (Uint8Array | null)[] {
  const field = table.schema.fields.find(isGeometry);
  const vector = field && table.getChild(field.name);
  if (!vector) {
    throw new UserError("The table has no shapes, so there is nothing to put on a map", {
      hint: "Results of %%recipe have them; in SQL select the column with the shapes as well.",
    });
  }
  return [...vector].map((shape: unknown) => (shape instanceof Uint8Array ? shape : null));
}

function checkClasses(classes: number): number {
  if (Number.isInteger(classes) && classes >= 2 && classes <= 9) return classes;
  throw new UserError(`A map has 2 to 9 classes, not ${classes}`, { where: "classes" });
}

function findPalette(name: string | undefined): PaletteName {
  if (name === undefined) return "yellow-green-blue";
  if (isPaletteName(name)) return name;
  throw new UserError(`There is no palette "${name}"`, {
    where: "palette",
    hint: didYouMean(name, PALETTE_NAMES),
  });
}

function hoverColumns(
  table: Table,
  shown: Field | undefined,
  wanted: readonly string[] | undefined,
): Field[] {
  if (wanted) return wanted.map((name) => findColumn(table, name));
  return table.schema.fields
    .filter((field) => isNumeric(field) && field.name !== shown?.name)
    .slice(0, MOST_HOVER_COLUMNS);
}

function describeClasses(
  limits: readonly number[],
  classOf: Uint8Array,
  palette: PaletteName,
): MapSpec["classes"] {
  const count = Math.max(0, limits.length - 1);
  const colours = paletteColours(palette, count);
  return colours.map((colour, index) => ({
    from: limits[index] ?? 0,
    to: limits[index + 1] ?? 0,
    colour,
    count: countOf(classOf, index),
  }));
}

function countOf(classOf: Uint8Array, wanted: number): number {
  return classOf.reduce((count, each) => (each === wanted ? count + 1 : count), 0);
}

/** Label, name, value and the tooltip's columns as an Arrow stream, one row a feature. */
function encodeAttributes(table: Table, values: Float64Array, hover: readonly Field[]): Uint8Array {
  const names = new Set(table.schema.fields.map(({ name }) => name));
  const label = names.has("label")
    ? textsOf(table, "label")
    : Array.from(values, (_, row) => String(row + 1));
  const name = names.has("name") ? textsOf(table, "name") : label;
  const columns: Record<string, Float64Array | (string | null)[]> = { label, name, value: values };
  hover.forEach((field, index) => {
    columns[`hover${index}`] = isNumeric(field) ? numbersOf(table, field.name) : textsOf(table, field.name);
  });
  return tableToIPC(tableFromArrays(columns), "stream");
}

/** The map in words and numbers, for who cannot see it and for where nothing else is shown. */
function describeMap(spec: MapSpec, features: number): string {
  const { title, column, source } = spec;
  const heading = column ? withUnit(column.title, column.unit && `(${column.unit})`) : "";
  const entries = legendEntries(spec).map(({ text, count }) => [text, `${count}`] as const);
  const width = Math.max(0, ...entries.map(([text]) => text.length));
  const lines = entries.map(([text, count]) => `  ${text.padEnd(width)}  ${count.padStart(6)}`);
  const unit = features === 1 ? "feature" : "features";
  return [`Map: ${title}`, `${features} ${unit}${heading ? ` by ${heading}` : ""}`, ...lines, source]
    .filter((line) => line !== "")
    .join("\n");
}
