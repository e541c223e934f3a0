import {
  BLOBS_SYMBOL,
  CHART_MIME,
  type ChartSpec,
  type ColumnSpec,
  DISPLAY_SYMBOL,
  type Displayable,
  formatNumber,
  type MimeBundle,
  VEGA_LITE_MIME,
  withUnit,
} from "@tombolo/bundle";
import type { Field, Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import {
  accessOf,
  describeColumn,
  findColumn,
  findNumbers,
  isNumeric,
  numbersOf,
  textsOf,
} from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { Blobs, placeholder } from "../picture/blobs.ts";
import { linkOf } from "../selection/link.ts";
import { type ChartType, chartTypes } from "./types.ts";

/** How a chart is drawn. */
export interface ChartOptions {
  /** Kind of chart; bar unless told otherwise. */
  readonly type?: ChartType | undefined;
  /** Column along the horizontal axis. */
  readonly x?: string | undefined;
  /** Column along the vertical axis. */
  readonly y?: string | undefined;
  /** Only so many rows, those with the largest values. */
  readonly top?: number | undefined;
  readonly title?: string | undefined;
}

/** A chart that shows itself in a notebook. */
export interface ChartView extends Displayable {
  readonly spec: ChartSpec;
  /** The table that is shown. */
  readonly data: Table;
}

const MOST_ROWS = 5000;

/** Columns of a table as a chart. Throws a UserError for a column that is not there or has no numbers. */
export function chart(table: Table, options: ChartOptions = {}): ChartView {
  const axes = chooseAxes(table, options);
  const rows = chooseRows(rowsOf(table, axes), options.top, axes.value.name);
  if (rows.length > MOST_ROWS) {
    throw new UserError(
      `A chart of ${rows.length} rows would be slow and unreadable; ${MOST_ROWS} are the most`,
      {
        hint: "Choose the largest with --top, or count and group them first with %%sql.",
      },
    );
  }
  const access = accessOf(table);
  const title = options.title ?? axes.value.title;
  const vegaLite = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: title, anchor: "start" },
    data: { values: rows },
    ...chartTypes[options.type ?? "bar"](axes),
  };
  const spec: ChartSpec = { version: 1, access, link: linkOf(table), title, vegaLite };
  const blobs = new Blobs(access);
  const show = async (): Promise<MimeBundle> => {
    if (access !== "public") return placeholder(CHART_MIME, "Chart", access, spec, blobs);
    const { drawChart } = await import("../picture/chart-picture.ts");
    const { picture, width, height } = await drawChart(vegaLite);
    return {
      data: {
        [CHART_MIME]: spec,
        [VEGA_LITE_MIME]: { ...vegaLite, $schema: "https://vega.github.io/schema/vega-lite/v5.json" },
        "image/png": picture,
        "text/plain": describeChart(title, axes, rows),
      },
      metadata: { "image/png": { width, height } },
    };
  };
  return { spec, data: table, [DISPLAY_SYMBOL]: show, [BLOBS_SYMBOL]: blobs };
}

/** What a chart's axes show: the value, and what it is shown against. */
export interface Axes {
  readonly value: ColumnSpec;
  readonly against: ColumnSpec;
  readonly againstNumeric: boolean;
}

type Row = Readonly<Record<string, string | number | null>>;

/** The value is the column with numbers that was named, on either axis; the other is the name of each row. */
function chooseAxes(table: Table, { type = "bar", x, y }: ChartOptions): Axes {
  const named = [y, x].filter((name) => name !== undefined);
  for (const name of named) findColumn(table, name);
  const wanted = type === "histogram" ? (x ?? y) : named.find((name) => isNumeric(findColumn(table, name)));
  const value = findNumbers(table, wanted ?? named[0]);
  if (!value)
    throw new UserError("The table has no column with numbers to chart", {
      hint: "%table shows what it has.",
    });
  const other = named.find((name) => name !== value.name);
  const against = other === undefined ? defaultAgainst(table, type, value) : findColumn(table, other);
  return {
    value: describeColumn(table, value),
    against: describeColumn(table, against),
    againstNumeric: isNumeric(against),
  };
}

function defaultAgainst(table: Table, type: ChartType, value: Field): Field {
  const { fields } = table.schema;
  const numbers =
    type === "scatter" ? fields.find((field) => isNumeric(field) && field.name !== value.name) : undefined;
  const names = ["name", "label"].map((name) => fields.find((field) => field.name === name));
  const text = fields.find((field) => !isNumeric(field) && !isGeometry(field));
  return numbers ?? names.find((field) => field !== undefined) ?? text ?? value;
}

function rowsOf(table: Table, { value, against, againstNumeric }: Axes): Row[] {
  const values = numbersOf(table, value.name);
  const others = againstNumeric ? numbersOf(table, against.name) : textsOf(table, against.name);
  return Array.from(values, (number, row) => {
    const other = others[row] ?? null;
    return {
      [against.name]: typeof other === "number" && !Number.isFinite(other) ? null : other,
      [value.name]: Number.isFinite(number) ? number : null,
    };
  });
}

function chooseRows(rows: readonly Row[], top: number | undefined, by: string): readonly Row[] {
  if (top === undefined) return rows;
  const present = rows.filter((row) => typeof row[by] === "number");
  return present.sort((first, second) => Number(second[by]) - Number(first[by])).slice(0, top);
}

const MOST_LINES = 20;

function describeChart(title: string, { value, against }: Axes, rows: readonly Row[]): string {
  const lines = rows.slice(0, MOST_LINES).map((row) => {
    const number = row[value.name];
    const text =
      typeof number === "number" ? withUnit(formatNumber(number, value.format), value.unit) : "no data";
    return `  ${row[against.name] ?? ""}: ${text}`;
  });
  const rest = rows.length > MOST_LINES ? [`  … and ${rows.length - MOST_LINES} more`] : [];
  return [`Chart: ${title}`, `${value.title} by ${against.title}`, ...lines, ...rest].join("\n");
}
