import { strictest } from "@tombolo/bundle/access";
import { chartTheme } from "@tombolo/bundle/chart-theme";
import {
  BLOBS_SYMBOL,
  CHART_MIME,
  DISPLAY_SYMBOL,
  type Displayable,
  type MimeBundle,
  VEGA_LITE_MIME,
} from "@tombolo/bundle/mime";
import type { ChartSpec } from "@tombolo/bundle/specs";
import {
  CHART_ROWS,
  checkVegaLite,
  HAS_SELECTION,
  isVegaLite,
  ROW,
  selectingRows,
} from "@tombolo/bundle/vega-lite";
import type { Table } from "apache-arrow";
import { titleWithDummy } from "../engine/dummy.ts";
import { isTable } from "../engine/is-table.ts";
import { ownLabel } from "../engine/own-label.ts";
import { type Rows, tableOfRows } from "../engine/own-rows.ts";
import type { RecordRow } from "../engine/record-rows.ts";
import { accessOf, sourceOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { Blobs, liveReference, placeholder } from "../picture/blobs.ts";
import { contentOf, linkOf } from "../selection/link.ts";
import { shownTable } from "../table/shown-table.ts";
import type { DrawnRows } from "./chart-type.ts";
import { isDrawable } from "./columns.ts";
import { encodeRows, objectsOf } from "./drawn-rows.ts";
import type { ChartOptions } from "./options.ts";
import { chartPlans } from "./plans.ts";
import { prepareChart } from "./prepare.ts";
import { checkFields, describeVegaLite, hasOwnData, rowsOfTable } from "./vega-lite.ts";

/** A Vega-Lite specification as a user writes it. */
export type VegaLiteSpecification = Readonly<Record<string, unknown>>;

/** A chart that shows itself in a notebook. */
export interface ChartView extends Displayable {
  readonly spec: ChartSpec;
  /** The table that is shown; absent for a specification that brings its data along. */
  readonly data?: Table;
}

/** A {@link ChartView} of a table. */
export interface TableChartView extends ChartView {
  readonly data: Table;
}

/**
 * Columns of a table as a chart, or any Vega-Lite 6 specification, with a table as its data or with its own. Throws a
 * UserError for a column that is not there or has no numbers.
 */
export function chart(rows: Rows, options?: ChartOptions | VegaLiteSpecification): TableChartView;
export function chart(specification: VegaLiteSpecification): ChartView;
export function chart(
  shown: Rows | VegaLiteSpecification,
  options: ChartOptions | VegaLiteSpecification = {},
): ChartView {
  if (!isTable(shown) && !isList(shown)) return specified(shown);
  const table = tableOfRows(shown);
  return isVegaLite(options) ? specified({ ...options }, table) : charted(table, options);
}

/** Columns of the chart as a table: what rows are called, and what the user has named; all when nothing is named. */
function columnsOf(table: Table, { x, y, colour, facet }: ChartOptions): string[] {
  const names = table.schema.fields.filter(isDrawable).map(({ name }) => name);
  const named = [x, y, colour, facet].filter((name) => name !== undefined);
  const shown = names.filter((name) => named.includes(name) || name === "name" || name === "label");
  return named.length === 0 ? names : shown;
}

function isList(value: object): value is readonly RecordRow[] {
  return Array.isArray(value);
}

/** A chart of one of our own kinds. */
function charted(table: Table, options: ChartOptions): TableChartView {
  const access = accessOf(table);
  const blobs = new Blobs(access);
  const prepared = prepareChart(table, options);
  const link = linkOf(table);
  const source = sourceOf(
    table,
    table.schema.fields.filter(({ name }) => isNamed(name, options)),
  );
  const title = titleWithDummy(options.title ?? prepared.title, source);
  const rows = prepared.rows({});
  const vegaLite = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: title, ...(prepared.note && { subtitle: prepared.note }) },
    data: { name: CHART_ROWS },
    params: [{ name: HAS_SELECTION, value: false }],
    ...prepared.drawing,
  };
  const plan =
    "row" in rows
      ? undefined
      : chartPlans.keep({ chart: prepared, link }, access, [contentOf(table), prepared.drawing, options]);
  const { plan: rowsAsTable } = shownTable(table, { columns: columnsOf(table, options), title }).spec;
  const spec: ChartSpec = {
    version: 1,
    access,
    link,
    title,
    source,
    vegaLite,
    rows: blobs.add(encodeRows(rows)),
    ...(plan && { plan }),
    ...(rowsAsTable && { table: rowsAsTable }),
  };
  const words = () => {
    const lines = [`Chart: ${title}`, prepared.note, ...prepared.describe(rows), source];
    return lines.filter((line) => line !== "").join("\n");
  };
  const values = () => objectsOf(rows);
  return {
    spec,
    data: table,
    [DISPLAY_SYMBOL]: () => bundleOf(spec, table, blobs, values, words),
    [BLOBS_SYMBOL]: blobs,
  };
}

/** Columns whose publishers are named: all, unless the user has chosen some. */
function isNamed(column: string, { x, y, colour, facet }: ChartOptions): boolean {
  const named = [x, y, colour, facet].filter((name) => name !== undefined);
  return named.length === 0 || named.includes(column);
}

/** A chart of somebody's own specification. */
function specified(vegaLite: VegaLiteSpecification): ChartView;
function specified(vegaLite: VegaLiteSpecification, table: Table): TableChartView;
function specified(vegaLite: VegaLiteSpecification, table?: Table): ChartView {
  check(vegaLite);
  if (table) checkFields(table, vegaLite);
  const own = hasOwnData(vegaLite) ? ownLabel(vegaLite) : undefined;
  const access = strictest([table ? accessOf(table) : "public", own?.access ?? "public"]);
  const blobs = new Blobs(access);
  const rows = table && rowsOfTable(table, vegaLite);
  const source = [table ? sourceOf(table) : "", own?.source ?? ""].filter((line) => line !== "").join(" ");
  const title = titleWithDummy(titleOf(vegaLite), source);
  // Columns of the same names are the user's, and then there is no place to say which row is which.
  const linked = rows && !(ROW in rows) && !("selected" in rows) ? table : undefined;
  const numbers = linked && Float64Array.from({ length: linked.numRows }, (_, row) => row);
  const drawn: DrawnRows | undefined = numbers ? { ...rows, [ROW]: numbers } : rows;
  const spec: ChartSpec = {
    version: 1,
    access,
    title,
    source,
    vegaLite: rows
      ? { ...linkable(titled(vegaLite, title), linked), data: { name: CHART_ROWS } }
      : titled(vegaLite, title),
    ...(drawn && { rows: blobs.add(encodeRows(drawn)) }),
    ...(linked && { link: linkOf(linked), ...tablePlan(linked, title) }),
  };
  const words = (refused: readonly string[]) => describeVegaLite(title, vegaLite, refused);
  const show = () => bundleOf(spec, table, blobs, () => drawn && objectsOf(drawn), words);
  return { spec, ...(table && { data: table }), [DISPLAY_SYMBOL]: show, [BLOBS_SYMBOL]: blobs };
}

/** A specification whose marks are known by their rows, and which is told whether any row is selected. */
function linkable(vegaLite: VegaLiteSpecification, table: Table | undefined): object {
  if (!table) return vegaLite;
  const { params = [] } = vegaLite;
  const own = Array.isArray(params) ? params : [];
  return selectingRows({ ...vegaLite, params: [{ name: HAS_SELECTION, value: false }, ...own] });
}

function tablePlan(table: Table, title: string): Pick<ChartSpec, "table"> {
  const { plan } = shownTable(table, { title }).spec;
  return plan === undefined ? {} : { table: plan };
}

function check(vegaLite: VegaLiteSpecification): void {
  if (!isVegaLite(vegaLite)) {
    throw new UserError("This is not a Vega-Lite specification: it has no mark and no layers", {
      hint: "chart(table) draws a table.",
    });
  }
  try {
    checkVegaLite(vegaLite);
  } catch (error) {
    throw new UserError(
      `The specification cannot be drawn: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** A specification whose title has been added to. */
function titled(vegaLite: VegaLiteSpecification, title: string): VegaLiteSpecification {
  if (title === titleOf(vegaLite)) return vegaLite;
  const { title: before } = vegaLite;
  return { ...vegaLite, title: typeof before === "object" ? { ...before, text: title } : title };
}

function titleOf({ title }: VegaLiteSpecification): string {
  if (typeof title === "object" && title !== null && "text" in title) return [title.text].flat().join(" ");
  return typeof title === "string" ? title : "Vega-Lite chart";
}

type Values = Record<string, string | number | null>[] | undefined;

async function bundleOf(
  spec: ChartSpec,
  table: Table | undefined,
  blobs: Blobs,
  rows: () => Values,
  words: (refused: readonly string[]) => string,
): Promise<MimeBundle> {
  if (spec.access !== "public") return placeholder(CHART_MIME, { ...spec, table }, spec, blobs);
  const values = rows();
  const { drawChart } = await import("../picture/chart-picture.ts");
  const { picture, width, height, refused } = await drawChart(spec.vegaLite, values, spec.source);
  const others = forOthers(spec.vegaLite, values);
  return {
    data: {
      [CHART_MIME]: isSmall(spec) ? spec : liveReference(spec.title, spec.access, spec, blobs),
      ...(others && { [VEGA_LITE_MIME]: others }),
      "image/png": picture,
      "text/plain": words(refused),
    },
    metadata: { "image/png": { width, height } },
  };
}

const MOST_SAVED_ROWS = 5000;
const MOST_SAVED_CHARACTERS = 200_000;

/** The chart with its data, for front ends that know Vega-Lite but not us; undefined when it would make the notebook large. */
function forOthers(vegaLite: VegaLiteSpecification, values: Values): object | undefined {
  if (values && values.length > MOST_SAVED_ROWS) return undefined;
  const { usermeta: _, ...specification } = vegaLite;
  const whole = {
    ...specification,
    $schema: "https://vega.github.io/schema/vega-lite/v5.json",
    ...(values && { data: { values }, config: chartTheme("light", "sans-serif") }),
  };
  return isSmall(whole) ? whole : undefined;
}

/** Whether something can be saved in a notebook; what is larger the front end asks for while the kernel lives. */
function isSmall(saved: object): boolean {
  return JSON.stringify(saved).length <= MOST_SAVED_CHARACTERS;
}
