import { quoteIdentifier } from "../engine/quote.ts";
import type { Dialect } from "./dialects/dialect.ts";
import type { Expression, Plan, Planned } from "./plan-types.ts";

/** A statement with its bound values. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** A set operator with the statements that fetch its inputs as WKB, in order, and the table its answer goes to. */
export interface MeasureStep {
  readonly table: string;
  readonly operator: "overlap-length";
  readonly areas: Statement;
  readonly lines: Statement;
}

/** A plan as the steps of one engine: setup, then the set operators, then the result. */
export interface CompiledPlan {
  /** Makes the temporary table of the subjects, numbered by `row` from 0. */
  readonly setup: Statement;
  readonly measures: readonly MeasureStep[];
  /** Gives `label`, `name`, one column for each field, and `geometry`. */
  readonly result: Statement;
  readonly cleanup: readonly string[];
}

/** Compiles a plan to SQL. The temporary tables begin with `prefix`. Nothing of the data becomes SQL text: it is bound. */
export function compilePlan(plan: Plan, dialect: Dialect, prefix: string): CompiledPlan {
  const subjects = `${prefix}_subjects`;
  const measures = plan.measures.map((measure, index): MeasureStep => {
    const shape = dialect.wkb(dialect.projected("shape", measure.crs));
    return {
      table: `${prefix}_measure_${index}`,
      operator: measure.operator,
      areas: { sql: `SELECT ${shape} AS shape FROM ${subjects} ORDER BY row`, parameters: [] },
      lines: {
        sql: `SELECT ${shape} AS shape FROM subjects WHERE provider = ? AND subject_type = ?`,
        parameters: [measure.lines.provider, measure.lines.subjectType],
      },
    };
  });
  return {
    setup: selectSubjects(plan, subjects),
    measures,
    result: selectResult(plan, dialect, subjects, measures),
    cleanup: [subjects, ...measures.map(({ table }) => table)].map(
      (table) => `DROP TABLE IF EXISTS ${table}`,
    ),
  };
}

/** Subjects in the order of the recipe's parts, then of the store; one that two parts name comes once, at its first place. */
function selectSubjects({ subjects }: Plan, table: string): Statement {
  const parts = subjects.map(
    (_, part) =>
      `SELECT ${part} AS part, provider, subject_type, label, name, shape, position FROM subjects WHERE provider = ? AND subject_type = ?`,
  );
  const first = "QUALIFY row_number() OVER (PARTITION BY provider, subject_type, label ORDER BY part) = 1";
  const numbered = "SELECT (row_number() OVER (ORDER BY part, position, label)) - 1 AS row, *";
  return {
    sql: `CREATE OR REPLACE TEMP TABLE ${table} AS ${numbered} FROM (SELECT * FROM (${parts.join(" UNION ALL ")}) ${first})`,
    parameters: subjects.flatMap(({ provider, subjectType }) => [provider, subjectType]),
  };
}

function selectResult(
  plan: Plan,
  dialect: Dialect,
  subjects: string,
  measures: readonly MeasureStep[],
): Statement {
  const parameters: string[] = [];
  const columns = plan.columns.map((column) => {
    const sql =
      column.type === "number"
        ? toNumber(column, dialect, parameters)
        : toSql(column.expression, dialect, parameters);
    return `${sql} AS ${quoteIdentifier(column.label)}`;
  });
  const joins = measures.map(({ table }, index) => ` LEFT JOIN ${table} m${index} ON m${index}.row = s.row`);
  const selected = ["s.label AS label", "s.name AS name", ...columns, "s.shape AS geometry"];
  return {
    sql: `SELECT ${selected.join(",\n       ")}\nFROM ${subjects} s${joins.join("")}\nORDER BY s.row`,
    parameters,
  };
}

function toNumber(column: Planned, dialect: Dialect, parameters: string[]): string {
  const sql = numeric(column.expression, dialect, parameters);
  return `CASE WHEN isfinite(${sql}) THEN ${numeric(column.expression, dialect, parameters)} END`;
}

const SIGNS = { add: "+", sub: "-", mul: "*", div: "/" } as const;

function toSql(expression: Expression, dialect: Dialect, parameters: string[]): string {
  switch (expression.op) {
    case "subject-name":
      return "s.name";
    case "constant":
      parameters.push(expression.value);
      return "?::VARCHAR";
    case "fixed-value":
      parameters.push(expression.provider, expression.attribute);
      return `(SELECT max(v.value) FROM fixed_values v WHERE v.subject_provider = s.provider AND v.subject_type = s.subject_type
        AND v.subject_label = s.label AND v.provider = ? AND v.attribute = ?)`;
    case "area":
      return dialect.area(dialect.projected("s.shape", expression.crs));
    case "measure":
      return `m${expression.measure}.value`;
    case "scale":
      return expression.factor === 1
        ? toSql(expression.of, dialect, parameters)
        : `(${toSql(expression.of, dialect, parameters)} * ${expression.factor}::DOUBLE)`;
    case "arithmetic": {
      const left = numeric(expression.left, dialect, parameters);
      const right = numeric(expression.right, dialect, parameters);
      const divisor = expression.operation === "div" ? `NULLIF(${right}, 0)` : right;
      return `(${left} ${SIGNS[expression.operation]} ${divisor})`;
    }
  }
}

/** A text where a number is wanted is read as one; a text that is none is a missing value. */
function numeric(expression: Expression, dialect: Dialect, parameters: string[]): string {
  const sql = toSql(expression, dialect, parameters);
  const text =
    expression.op === "constant" || expression.op === "fixed-value" || expression.op === "subject-name";
  return text ? dialect.number(sql) : sql;
}
