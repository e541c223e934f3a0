import { CLASS_METHODS } from "../classify/class-limits.ts";
import { SHADES } from "../classify/classify.ts";
import { type Box, GEOMETRY_KINDS } from "../geometry/geometry.ts";
import * as parse from "../parse.ts";
import { common, header, parseColumn, parseLink } from "../parse-specs.ts";
import {
  COLUMN_TYPES,
  type Colouring,
  type FineGeometry,
  type Gaps,
  type MapColumn,
  type MapInset,
  type MapLayer,
  type MapSpec,
  type SizeSpec,
  type TimeSpec,
} from "./spec.ts";

const MOST_LAYERS = 20;
const MOST_COLUMNS = 200;
const MOST_INSETS = 6;
const MOST_FEATURES = 20_000_000;
const MOST_STEPS = 5000;
const MOST_PIXELS = 4096;

/** A map's specification; throws a TypeError naming the first property that is not as it must be. */
export function parseMapSpec(value: unknown): MapSpec {
  const spec = header(value);
  return {
    ...common(spec),
    source: parse.text(spec, "source"),
    crs: parse.text(spec, "crs"),
    width: parse.number(spec, "width", 1, MOST_PIXELS),
    height: parse.number(spec, "height", 1, MOST_PIXELS),
    layers: parse.list(spec, "layers", MOST_LAYERS).map(parseLayer),
    ...(spec.extent !== undefined && { extent: parseBox(spec.extent, "extent") }),
    insets: parse.list(spec, "insets", MOST_INSETS).map(parseInset),
    ...(spec.basemap !== undefined && { basemap: parseBasemap(spec.basemap) }),
    warnings: parse.texts(spec, "warnings", 20),
  };
}

function parseLayer(value: unknown): MapLayer {
  const layer = parse.record(value, "layer");
  return {
    title: parse.text(layer, "title"),
    kind: parse.oneOf(layer, "kind", GEOMETRY_KINDS),
    count: parse.number(layer, "count", 0, MOST_FEATURES),
    ...(layer.link !== undefined && { link: parseLink(layer.link) }),
    ...(layer.rows !== undefined && { rows: parse.identifier(layer, "rows") }),
    ...(layer.plan !== undefined && { plan: parse.identifier(layer, "plan") }),
    geometry: parse.identifier(layer, "geometry"),
    ...(layer.fine !== undefined && { fine: parseFine(layer.fine) }),
    names: parse.identifier(layer, "names"),
    labels: parse.identifier(layer, "labels"),
    columns: parse.list(layer, "columns", MOST_COLUMNS).map(parseMapColumn),
    hover: parse.texts(layer, "hover", MOST_COLUMNS),
    colouring: parseColouring(layer.colouring),
    ...(layer.size !== undefined && { size: parseSize(layer.size) }),
    ...(layer.time !== undefined && { time: parseTime(layer.time) }),
    visible: parse.flag(layer, "visible"),
    opacity: parse.number(layer, "opacity", 0, 1),
  };
}

function parseFine(value: unknown): FineGeometry {
  const fine = parse.record(value, "fine");
  return { geometry: parse.identifier(fine, "geometry"), metres: parse.number(fine, "metres", 0, 1e7) };
}

function parseMapColumn(value: unknown): MapColumn {
  const column = parse.record(value, "column");
  return {
    ...parseColumn(column),
    type: parse.oneOf(column, "type", COLUMN_TYPES),
    values: parse.identifier(column, "values"),
    ...(column.packed !== undefined && { packed: parse.flag(column, "packed") }),
    dated: parse.flag(column, "dated"),
    ...(column.suppressed !== undefined && { suppressed: parse.identifier(column, "suppressed") }),
  };
}

function parseColouring(value: unknown): Colouring {
  const from = parse.record(value, "colouring");
  const type = parse.oneOf(from, "type", ["plain", "classes", "categories", "bivariate", "density"]);
  const palette = () => parse.text(from, "palette");
  const colours = (most: number) => parse.colours(from, "colours", most);
  switch (type) {
    case "plain":
      return { type, colours: colours(1) };
    case "density":
      return { type, palette: palette(), colours: colours(SHADES) };
    case "classes":
      return {
        type,
        ...parseGaps(from),
        column: parse.text(from, "column"),
        method: parse.oneOf(from, "method", CLASS_METHODS),
        palette: palette(),
        reversed: parse.flag(from, "reversed"),
        limits: limitsOf(from.limits),
        colours: colours(SHADES),
        counts: countsOf(from),
      };
    case "categories":
      return {
        type,
        ...parseGaps(from),
        column: parse.text(from, "column"),
        palette: palette(),
        categories: parse.texts(from, "categories", SHADES),
        colours: colours(SHADES),
        counts: countsOf(from),
        others: parse.count(from, "others"),
      };
    case "bivariate":
      return {
        type,
        ...parseGaps(from),
        columns: pair(parse.texts(from, "columns", 2), "columns"),
        limits: pair(parse.list(from, "limits", 2).map(limitsOf), "limits"),
        colours: colours(9),
        counts: countsOf(from),
      };
  }
}

function parseGaps(from: parse.Properties): Gaps {
  return { missing: parse.count(from, "missing"), suppressed: parse.count(from, "suppressed") };
}

function limitsOf(value: unknown): number[] {
  return parse.list({ limits: value }, "limits", SHADES).map((limit) => parse.finite(limit, "limits"));
}

function countsOf(from: parse.Properties): number[] {
  return parse.list(from, "counts", SHADES).map((value) => parse.numberIn(value, "counts", 0, MOST_FEATURES));
}

function pair<Item>([first, second]: readonly Item[], what: string): [Item, Item] {
  if (first === undefined || second === undefined) throw new TypeError(`${what} is not a pair`);
  return [first, second];
}

function parseSize(value: unknown): SizeSpec {
  const size = parse.record(value, "size");
  return {
    column: parse.text(size, "column"),
    most: parse.finite(size.most, "most"),
    pixels: parse.number(size, "pixels", 0, 200),
  };
}

function parseTime(value: unknown): TimeSpec {
  const time = parse.record(value, "time");
  const steps = parse.texts(time, "steps", MOST_STEPS);
  return { steps, shown: parse.number(time, "shown", 0, Math.max(0, steps.length - 1)) };
}

function parseInset(value: unknown): MapInset {
  const inset = parse.record(value, "inset");
  return { title: parse.text(inset, "title"), box: parseBox(inset.box, "box") };
}

function parseBox(value: unknown, name: string): Box {
  const box = parse.record(value, name);
  const corner = (side: string) => parse.finite(box[side], side);
  return { minX: corner("minX"), minY: corner("minY"), maxX: corner("maxX"), maxY: corner("maxY") };
}

function parseBasemap(value: unknown): NonNullable<MapSpec["basemap"]> {
  const basemap = parse.record(value, "basemap");
  return { archive: parse.text(basemap, "archive"), attribution: parse.text(basemap, "attribution") };
}
