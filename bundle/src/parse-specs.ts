import { isAccess } from "./access.ts";
import { identifier, list, number, type Properties, record, text } from "./parse.ts";
import type { RowsSpec } from "./selection.ts";
import type { ChartSpec, ColumnSpec, TableSpec } from "./specs.ts";

const LONGEST_TEXT = 2000;
const MOST_COLUMNS = 200;
const MOST_ROWS = 10_000;

/** A chart's specification; the Vega-Lite in it is checked by Vega-Lite itself. */
export function parseChartSpec(value: unknown): ChartSpec {
  const spec = header(value);
  return {
    ...common(spec),
    source: text(spec, "source"),
    vegaLite: record(spec.vegaLite, "vegaLite"),
    ...(spec.rows !== undefined && { rows: identifier(spec, "rows") }),
    ...(spec.plan !== undefined && { plan: identifier(spec, "plan") }),
    ...(spec.table !== undefined && { table: identifier(spec, "table") }),
  };
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
    ...(spec.plan !== undefined && { plan: identifier(spec, "plan") }),
    rowCount: number(spec, "rowCount", 0, Number.MAX_SAFE_INTEGER),
    columns,
    rows: list(spec, "rows", MOST_ROWS).map((row) => {
      if (!Array.isArray(row) || row.length !== columns.length)
        throw new TypeError("rows: a row has one cell for each column");
      return row.map((cell: unknown) => (cell === null ? null : String(cell).slice(0, LONGEST_TEXT)));
    }),
  };
}

/** A specification of a version that is known. */
export function header(value: unknown): Properties {
  const spec = record(value, "specification");
  if (spec.version !== 1) throw new TypeError(`version ${String(spec.version)} is not known`);
  return spec;
}

/** What all specifications have. */
export function common(spec: Properties) {
  if (!isAccess(spec.access)) throw new TypeError("access is not a label");
  const link = spec.link === undefined ? undefined : parseLink(spec.link);
  return { version: 1, access: spec.access, title: text(spec, "title"), ...(link && { link }) } as const;
}

/** Which rows a view stands for. */
export function parseLink(value: unknown): RowsSpec {
  const link = record(value, "link");
  return { key: identifier(link, "key"), count: number(link, "count", 0, 2 ** 31) };
}

/** A column as people read it. */
export function parseColumn(value: unknown): ColumnSpec {
  const column = record(value, "column");
  return {
    name: text(column, "name"),
    title: text(column, "title"),
    unit: text(column, "unit"),
    format: text(column, "format"),
  };
}
