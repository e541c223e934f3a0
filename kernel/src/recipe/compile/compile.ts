import type { Dialect } from "../dialects/dialect.ts";
import type { Plan } from "../plan-types.ts";
import { named, sql } from "../sql.ts";
import { columnNames } from "./emit.ts";
import { inlineTables } from "./inline.ts";
import { nodesOfShape } from "./levels.ts";
import { PlanCompiler } from "./plan-compiler.ts";
import { scheduleSteps } from "./schedule.ts";
import type { CompiledPlan, ResultColumns } from "./types.ts";

/** How a plan is compiled. */
export interface CompileOptions {
  /** Whether the result has the times of values; true unless told otherwise. Only GeoJSON shows them. */
  readonly times?: boolean | undefined;
}

/**
 * Compiles a plan to the steps of one engine. The temporary tables begin with `prefix`. Nothing of the data or of the recipe becomes
 * SQL text: it is bound.
 */
export function compilePlan(
  plan: Plan,
  dialect: Dialect,
  prefix: string,
  options: CompileOptions = {},
): CompiledPlan {
  const compiler = new PlanCompiler(plan, dialect, prefix, options.times ?? true);
  const outputs = new Set(
    plan.columns.flatMap(({ node, shape }) => [
      ...nodesOfShape(shape),
      ...(node === undefined ? [] : [node]),
    ]),
  );
  const carried = ["label", "name", "shape", "part", "position"].map((name) => ({
    name,
    expression: named(`s.${name}`),
  }));
  const { query, references } = compiler.emit(plan.subjects, [...outputs], { carried, counted: true });
  const columns = new Map<number, ResultColumns>();
  const selected = [sql`label`, sql`name`];
  for (const id of outputs) {
    const { reason, onlyReason, time, series, leftOut } = references(id);
    const names = columnNames(id);
    const column: ResultColumns = {
      value: names.value,
      reason: onlyReason === undefined && reason ? names.reason : undefined,
      onlyReason,
      time: time && names.time,
      series: series && names.series,
      leftOut: leftOut && names.leftOut,
    };
    columns.set(id, column);
    selected.push(named(column.value));
    if (column.reason) selected.push(named(column.reason));
    if (column.time)
      selected.push(
        sql`CAST(EXTRACT(EPOCH FROM ${named(column.time)}) AS DOUBLE PRECISION) AS ${named(column.time)}`,
      );
    if (column.series) selected.push(named(column.series));
    if (column.leftOut)
      selected.push(sql`CAST(${named(column.leftOut)} AS DOUBLE PRECISION) AS ${named(column.leftOut)}`);
  }
  const list = selected.reduce((before, next) => sql`${before}, ${next}`);
  const { steps, result } = inlineTables({
    steps: compiler.steps,
    result: sql`SELECT ${list}, shape AS geometry FROM (${query}) result ORDER BY part, position, label`,
  });
  return {
    steps: scheduleSteps(steps, prefix),
    result,
    columns,
    cleanup: steps.flatMap((step) => ("table" in step ? [`DROP TABLE IF EXISTS ${step.table}`] : [])),
  };
}
