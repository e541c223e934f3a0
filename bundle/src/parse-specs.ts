import { isAccess } from "./access.ts";
import type { RowsSpec } from "./selection.ts";
import type { ChartSpec, ColumnSpec, MapClass, MapSpec, TableSpec } from "./specs.ts";

// A specification may come from a notebook of anyone's, so everything in it is checked and bounded before it is used.

const LONGEST_TEXT = 2000;
const MOST_CLASSES = 12;
const MOST_COLUMNS = 200;
const MOST_ROWS = 10_000;
const MOST_PIXELS = 4096;

type Properties = Readonly<Record<string, unknown>>;

/** A map's specification; throws a TypeError naming the first property that is not as it must be. */
export function parseMapSpec(value: unknown): MapSpec {
  const spec = header(value);
  const column = spec.column === undefined ? undefined : parseColumn(spec.column);
  return {
    ...common(spec),
    source: text(spec, "source"),
    geometry: identifier(spec, "geometry"),
    attributes: identifier(spec, "attributes"),
    crs: text(spec, "crs"),
    width: number(spec, "width", 1, MOST_PIXELS),
    height: number(spec, "height", 1, MOST_PIXELS),
    ...(column && { column }),
    classes: list(spec, "classes", MOST_CLASSES).map(parseClass),
    missing: number(spec, "missing", 0, Number.MAX_SAFE_INTEGER),
    hover: list(spec, "hover", MOST_COLUMNS).map(parseColumn),
  };
}

/** A chart's specification; the Vega-Lite in it is checked by Vega-Lite itself. */
export function parseChartSpec(value: unknown): ChartSpec {
  const spec = header(value);
  return { ...common(spec), vegaLite: record(spec.vegaLite, "vegaLite") };
}

/** A table's specification. */
export function parseTableSpec(value: unknown): TableSpec {
  const spec = header(value);
  const columns = list(spec, "columns", MOST_COLUMNS).map((each) => {
    const column = record(each, "columns");
    return {
      ...parseColumn(column),
      type: text(column, "type"),
      missing: number(column, "missing", 0, Number.MAX_SAFE_INTEGER),
    };
  });
  return {
    ...common(spec),
    source: text(spec, "source"),
    rowCount: number(spec, "rowCount", 0, Number.MAX_SAFE_INTEGER),
    columns,
    rows: list(spec, "rows", MOST_ROWS).map((row) => {
      if (!Array.isArray(row) || row.length !== columns.length)
        throw new TypeError("rows: a row has one cell for each column");
      return row.map((cell: unknown) => (cell === null ? null : String(cell).slice(0, LONGEST_TEXT)));
    }),
  };
}

function header(value: unknown): Properties {
  const spec = record(value, "specification");
  if (spec.version !== 1) throw new TypeError(`version ${String(spec.version)} is not known`);
  return spec;
}

function common(spec: Properties) {
  if (!isAccess(spec.access)) throw new TypeError("access is not a label");
  const link = spec.link === undefined ? undefined : parseLink(spec.link);
  return { version: 1, access: spec.access, title: text(spec, "title"), ...(link && { link }) } as const;
}

function parseLink(value: unknown): RowsSpec {
  const link = record(value, "link");
  return { key: identifier(link, "key"), count: number(link, "count", 0, 2 ** 31) };
}

function parseColumn(value: unknown): ColumnSpec {
  const column = record(value, "column");
  return {
    name: text(column, "name"),
    title: text(column, "title"),
    unit: text(column, "unit"),
    format: text(column, "format"),
  };
}

function parseClass(value: unknown): MapClass {
  const parsed = record(value, "classes");
  const colour = text(parsed, "colour");
  if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new TypeError("colour is not written as #rrggbb");
  return {
    from: number(parsed, "from", -Number.MAX_VALUE, Number.MAX_VALUE),
    to: number(parsed, "to", -Number.MAX_VALUE, Number.MAX_VALUE),
    colour,
    count: number(parsed, "count", 0, Number.MAX_SAFE_INTEGER),
  };
}

function record(value: unknown, what: string): Properties {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${what} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

function text(from: Properties, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
  return value.slice(0, LONGEST_TEXT);
}

function identifier(from: Properties, name: string): string {
  const value = text(from, name);
  if (!/^[0-9a-f-]{8,64}$/.test(value)) throw new TypeError(`${name} is not the name of a part`);
  return value;
}

function number(from: Properties, name: string, least: number, most: number): number {
  const value = from[name];
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new TypeError(`${name} is not a number it can be`);
  return value;
}

function list(from: Properties, name: string, most: number): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value) || value.length > most)
    throw new TypeError(`${name} is not a list of at most ${most}`);
  return value;
}
