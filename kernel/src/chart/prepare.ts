import type { Field, Table } from "apache-arrow";
import { isAllNull } from "../engine/arrow.ts";
import { findColumn, findNumbers, isNumeric } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import type { ChartInput, ChartType, ColumnChoice, PreparedChart } from "./chart-type.ts";
import { type ChartColumn, isDrawable, readColumn } from "./columns.ts";
import { checkAggregate } from "./groups.ts";
import type { ChartOptions } from "./options.ts";
import { chartTypes } from "./types/index.ts";

/** Chooses kind and columns, and makes the chart ready. Throws a UserError for a column or a kind that there is not. */
export function prepareChart(table: Table, options: ChartOptions): PreparedChart {
  const read = columnReader(table);
  const named = (name: string | undefined) =>
    name === undefined ? undefined : read(findColumn(table, name));
  const [x, y] = [named(options.x), named(options.y)];
  const choice = choiceOf(table, x, y, read);
  const name = rowNames(table);
  // Rows that have a time in place of a name are one line.
  const along = x || y || name ? x : choice.times();
  const type = findType(options.type ?? fittingType(along, y, options));
  const colour = named(options.colour);
  const facet = named(options.facet);
  const input: ChartInput = {
    count: table.numRows,
    columns: {
      ...type.choose(choice),
      ...(colour && { colour }),
      ...(facet && { facet }),
      ...(name && { name: read(name) }),
    },
    ...(options.top !== undefined && { top: options.top }),
    ...(options.bins !== undefined && { bins: options.bins }),
    ...(options.aggregate !== undefined && { aggregate: checkAggregate(options.aggregate) }),
  };
  return type.prepare(input);
}

function findType(name: string): ChartType {
  const type = chartTypes.find((each) => each.name === name);
  if (type) return type;
  const names = chartTypes.map((each) => each.name);
  throw new UserError(`There is no kind of chart "${name}"`, {
    where: "type",
    hint: didYouMean(name, names),
  });
}

/** What suits two columns when the user names no kind. */
function fittingType(
  x: ChartColumn | undefined,
  y: ChartColumn | undefined,
  { top, bins, aggregate }: ChartOptions,
): string {
  if (bins !== undefined) return "histogram";
  if (top !== undefined || aggregate !== undefined) return "bar";
  if (x?.kind === "time") return "line";
  return x?.kind === "number" && y?.kind === "number" ? "scatter" : "bar";
}

/** Reads each column once. */
function columnReader(table: Table): (field: Field) => ChartColumn {
  const known = new Map<Field, ChartColumn>();
  return (field) => {
    if (!isDrawable(field)) {
      throw new UserError(`The column "${field.name}" has shapes or bytes, which a chart does not draw`, {
        where: field.name,
        hint: "%map shows shapes.",
      });
    }
    const column = known.get(field) ?? readColumn(table, field);
    known.set(field, column);
    return column;
  };
}

function choiceOf(
  table: Table,
  x: ChartColumn | undefined,
  y: ChartColumn | undefined,
  read: (field: Field) => ChartColumn,
): ColumnChoice {
  const { fields } = table.schema;
  const others = (except: ChartColumn | undefined, fits: (field: Field) => boolean) =>
    fields.filter((field) => isDrawable(field) && fits(field) && field.name !== except?.spec.name);
  const first = (field: Field | undefined) => field && read(field);
  return {
    table,
    x,
    y,
    numbers(except) {
      const field = others(except, isNumeric).at(-1);
      if (field) return read(field);
      const wrong = [y, x].find((column) => column !== undefined && column !== except);
      if (wrong) findNumbers(table, wrong.spec.name);
      throw new UserError("The table has no column with numbers to chart", {
        hint: "%table shows what it has.",
      });
    },
    otherNumbers: (except) => first(others(except, isNumeric)[0]),
    names: () =>
      first(rowNames(table) ?? others(undefined, (field) => !isNumeric(field))[0] ?? fields.find(isDrawable)),
    times() {
      // One after the other: whether texts are dates only their values tell, and the first that are will do.
      const field = others(undefined, (each) => !isNumeric(each)).find((each) => read(each).kind === "time");
      return first(field);
    },
  };
}

/** The column that says what each row is called: names, or labels where the rows have no names. */
function rowNames(table: Table): Field | undefined {
  const drawable = ["name", "label"].flatMap((name) =>
    table.schema.fields.filter((field) => field.name === name && isDrawable(field)),
  );
  return drawable.find((field) => !isAllNull(table.getChild(field.name))) ?? drawable[0];
}
