import {
  assignClasses,
  assignSizes,
  CLASS_RANGE,
  type ClassMethod,
  type Colouring,
  colourCategories,
  colourNumbers,
  colourPairs,
  DEFAULT_PALETTES,
  featureBounds,
  findPalette,
  type MapLayer,
  PALETTE_NAMES,
  type PaintLayer,
  type Palette,
  paletteColours,
  paletteWarnings,
  SHADES,
  type SizeSpec,
} from "@tombolo/bundle";
import type { Field, Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { columnMetadata } from "../engine/columns.ts";
import { findColumn, findNumbers, isNumeric, textsOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { Blobs } from "../picture/blobs.ts";
import { linkOf } from "../selection/link.ts";
import { centresOf } from "./centres.ts";
import { LayerColumns } from "./columns.ts";
import { encodeShapes } from "./encode.ts";
import type { TableLayer } from "./inputs.ts";
import type { LayerType } from "./options.ts";
import type { Placing } from "./project.ts";
import { type FeatureRows, featureRows } from "./rows.ts";
import { pickShapes, readShapes, type Shapes } from "./shapes.ts";

/** A layer that is read, but not yet placed: all layers of a map share one coordinate system. */
export interface DraftLayer {
  readonly input: TableLayer;
  readonly type: LayerType;
  readonly features: FeatureRows;
  readonly shapes: Shapes;
  /** Column shown by colour. */
  readonly column: Field | undefined;
}

/** A layer as it is told and as it is painted. */
export interface BuiltLayer {
  readonly layer: MapLayer;
  readonly painted: PaintLayer;
  readonly warnings: readonly string[];
}

const MOST_HOVER_COLUMNS = 8;

/** From this number on points without a value are counted by pixel. */
const LEAST_FOR_DENSITY = 20_000;

const PLAIN_COLOUR = "#3f6fb0";

/** Reads a layer's shapes and decides how it is shown. */
export function draftLayer(input: TableLayer): DraftLayer {
  const features = featureRows(input.data, input.time);
  const read = readShapes(input.data);
  const picked = features.dated ? pickShapes(read, features.rows) : read;
  const column = input.column === undefined ? undefined : findColumn(input.data, input.column);
  const type = input.type ?? chooseType(input, picked, column);
  const shapes = type === "symbols" ? centresOf(picked) : picked;
  if (type === "density" && shapes.kind !== "point")
    throw new UserError("Only points can be counted by density, and these are not points", { where: "type" });
  const shown = type === "plain" || type === "density" ? undefined : (column ?? defaultColumn(input, type));
  return { input, type, features, shapes, column: shown };
}

function chooseType(input: TableLayer, shapes: Shapes, column: Field | undefined): LayerType {
  if (input.with !== undefined) return "bivariate";
  if (input.colour !== undefined && column === undefined)
    return input.size && shapes.kind !== "line" ? "symbols" : "plain";
  if (input.size !== undefined && shapes.kind === "polygon") return "symbols";
  if (column)
    return isNumeric(column) && columnMetadata(column).kind !== "category" ? "classes" : "categories";
  const numbers = defaultNumbers(input.data);
  if (shapes.kind === "point" && shapes.featureEnds.length >= LEAST_FOR_DENSITY && !input.size)
    return "density";
  return numbers ? "classes" : "plain";
}

const COORDINATE = /^(lon|lng|long|longitude|lat|latitude|easting|northing|x|y|id|objectid|fid)$/i;

/** The last column with numbers that is neither a coordinate nor a number of the rows. */
function defaultNumbers(table: Table): Field | undefined {
  return table.schema.fields.findLast((field) => isNumeric(field) && !COORDINATE.test(field.name));
}

function defaultColumn({ data, size }: TableLayer, type: LayerType): Field | undefined {
  if (type === "symbols") return undefined;
  if (type === "categories") {
    const found = data.schema.fields.findLast((field) => !isNumeric(field) && !isGeometry(field));
    if (!found) throw new UserError("The table has no column with kinds to show", { where: "column" });
    return found;
  }
  return defaultNumbers(data) ?? (size === undefined ? findNumbers(data, undefined) : undefined);
}

/** The layer with its colours and blobs, in the map's coordinate system. */
export function buildLayer(draft: DraftLayer, placing: Placing, blobs: Blobs): BuiltLayer {
  const { input, features, shapes } = draft;
  const { data } = input;
  const { bytes, geometry, fine } = encodeShapes(shapes, placing);
  const shown = [draft.column?.name, input.with, input.size].filter((name) => name !== undefined);
  const suppressed = input.suppressed === undefined ? undefined : { column: input.suppressed, of: shown };
  const columns = new LayerColumns(data, features, input.formats, suppressed);
  const step = features.dated?.time.shown ?? 0;
  const values = columns.at(step);
  const warnings: string[] = [];
  const colouring = colouringOf(draft, columns, step, warnings);
  const size = sizeOf(draft, columns);
  for (const name of shownNames(colouring, size)) columns.add(findColumn(data, name), blobs);
  const hover = hoverColumns(input, draft.column);
  for (const field of hover) columns.add(field, blobs);
  for (const field of data.schema.fields)
    if (isNumeric(field) && !COORDINATE.test(field.name)) columns.offer(field, blobs);
  const { label, name } = namesOf(input, features);
  const layer: MapLayer = {
    title: input.title ?? titleOf(draft, columns.list()),
    ...{ kind: geometry.kind, count: features.count, geometry: blobs.add(bytes) },
    ...(fine && { fine: { geometry: blobs.add(fine.bytes), metres: fine.metres } }),
    ...{ names: columns.addTexts(name, blobs), labels: columns.addTexts(label, blobs) },
    columns: columns.list(),
    hover: hover.map((field) => field.name),
    colouring,
    ...(size && { size }),
    ...(!features.dated && { link: linkOf(data) }),
    ...(features.dated && { time: features.dated.time }),
    visible: input.visible ?? true,
    opacity: checkOpacity(input.opacity ?? 1),
  };
  const painted: PaintLayer = {
    ...{ geometry, bounds: featureBounds(geometry), colours: colouring.colours, opacity: layer.opacity },
    classes: assignClasses(colouring, values),
    sizes: size && assignSizes(size, values, geometry.kind === "line" ? "line" : "point"),
    density: draft.type === "density",
  };
  return { layer, painted, warnings };
}

function colouringOf(
  { type, column, input, shapes }: DraftLayer,
  columns: LayerColumns,
  step: number,
  warnings: string[],
): Colouring {
  const values = columns.at(step);
  const palette = choosePalette(input.palette, type);
  const colour = checkColour(input.colour ?? PLAIN_COLOUR);
  if (type === "density") return densityColouring(palette, input.reversed);
  if (type === "plain" || !column) return { type: "plain", colours: [colour] };
  if (type === "categories") {
    const found = colourCategories(column.name, values, input.palette && palette.name);
    const classes = found.categories.length;
    warnings.push(...paletteWarnings(choosePalette(found.palette, type), { numbers: false, classes }));
    return found;
  }
  if (!isNumeric(column)) findNumbers(input.data, column.name);
  const method = methodOf(input);
  const classes = checkClasses(input.classes ?? 5);
  if (type === "bivariate") {
    const other = findNumbers(input.data, input.with ?? previousNumbers(input.data, column));
    if (!other || other.name === column.name)
      throw new UserError("A bivariate map needs a second column with numbers", { where: "with" });
    if (method === "unclassed" || method === "manual" || method === "pretty")
      throw new UserError(`The method "${method}" does not cut the three classes of a bivariate map`, {
        where: "method",
      });
    return colourPairs([column.name, other.name], values, { method });
  }
  const found = colourNumbers(
    column.name,
    values,
    {
      method,
      classes,
      breaks: input.breaks,
      palette: palette.name,
      reversed: input.reversed ?? false,
      kind: shapes.kind,
    },
    columns.allNumbers(column.name),
  );
  const shades = found.method === "unclassed" ? 2 : found.colours.length;
  warnings.push(...paletteWarnings(palette, { numbers: true, classes: shades }));
  return found;
}

function densityColouring(palette: Palette, reversed = false): Colouring {
  const colours = paletteColours(palette, SHADES, reversed);
  // The palest of a palette look like nothing where there is one point.
  return {
    type: "density",
    palette: palette.name,
    colours: reversed ? colours.slice(0, -12) : colours.slice(12),
  };
}

function previousNumbers(table: Table, column: Field): string | undefined {
  return table.schema.fields.findLast((field) => isNumeric(field) && field.name !== column.name)?.name;
}

function methodOf({ method, breaks }: TableLayer): ClassMethod {
  if (breaks === undefined) {
    if (method === "manual") throw new UserError("Manual classes need their limits", { where: "breaks" });
    return method ?? "quantile";
  }
  if (breaks.length === 0 || breaks.length > CLASS_RANGE.most - 1 || !breaks.every(Number.isFinite))
    throw new UserError(`Manual classes have 1 to ${CLASS_RANGE.most - 1} limits, all of them numbers`, {
      where: "breaks",
    });
  return "manual";
}

function checkClasses(classes: number): number {
  if (Number.isInteger(classes) && classes >= CLASS_RANGE.least && classes <= CLASS_RANGE.most)
    return classes;
  throw new UserError(`A map has ${CLASS_RANGE.least} to ${CLASS_RANGE.most} classes, not ${classes}`, {
    where: "classes",
  });
}

function checkColour(colour: string): string {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour;
  throw new UserError(`"${colour}" is not a colour; write it as #rrggbb, such as ${PLAIN_COLOUR}`, {
    where: "colour",
  });
}

function checkOpacity(opacity: number): number {
  if (opacity >= 0 && opacity <= 1) return opacity;
  throw new UserError(`Opacity is from 0 to 1, not ${opacity}`, { where: "opacity" });
}

function choosePalette(name: string | undefined, type: LayerType): Palette {
  const wanted = name ?? DEFAULT_PALETTES[type === "categories" ? "qualitative" : "sequential"];
  const found = findPalette(wanted);
  if (found) return found;
  throw new UserError(`There is no palette "${wanted}"`, {
    where: "palette",
    hint: didYouMean(wanted, PALETTE_NAMES),
  });
}

function sizeOf({ input, type, shapes }: DraftLayer, columns: LayerColumns): SizeSpec | undefined {
  const name =
    input.size ?? (type === "symbols" ? (input.column ?? defaultNumbers(input.data)?.name) : undefined);
  if (name === undefined) return undefined;
  if (shapes.kind === "polygon")
    throw new UserError("Areas have no size to be shown by; use symbols", { where: "size" });
  const field = findNumbers(input.data, name);
  if (!field) throw new UserError("Symbols need a column with numbers for their size", { where: "size" });
  let most = 0;
  for (const value of columns.allNumbers(field.name))
    if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
  return { column: field.name, most, pixels: input.pixels ?? (shapes.kind === "line" ? 8 : 22) };
}

function shownNames(colouring: Colouring, size: SizeSpec | undefined): string[] {
  const coloured =
    colouring.type === "bivariate" ? colouring.columns : "column" in colouring ? [colouring.column] : [];
  return size ? [...coloured, size.column] : [...coloured];
}

function hoverColumns({ data, hover, formats = {} }: TableLayer, shown: Field | undefined): Field[] {
  for (const name of Object.keys(formats)) findColumn(data, name);
  if (hover) return hover.map((name) => findColumn(data, name));
  return data.schema.fields
    .filter((field) => isNumeric(field) && field.name !== shown?.name)
    .slice(0, MOST_HOVER_COLUMNS);
}

function namesOf({ data, name }: TableLayer, { rows }: FeatureRows) {
  const has = new Set(data.schema.fields.map((field) => field.name));
  const pick = (column: string) => {
    const texts = textsOf(data, findColumn(data, column).name);
    return Array.from(rows, (row) => texts[row] ?? null);
  };
  const label = has.has("label") ? pick("label") : Array.from(rows, (row) => String(row + 1));
  const named = name ?? (has.has("name") ? "name" : undefined);
  return { label, name: named === undefined ? label : pick(named) };
}

function titleOf({ column, type, input }: DraftLayer, columns: MapLayer["columns"]): string {
  const titles = [
    column?.name,
    type === "bivariate" ? input.with : undefined,
    type === "symbols" ? input.size : undefined,
  ]
    .filter((name) => name !== undefined)
    .map((name) => columns.find((each) => each.name === name)?.title ?? name);
  if (type === "density") return "Density of points";
  return titles.length > 0 ? titles.join(" and ") : "Map";
}
