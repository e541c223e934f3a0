import type { Engine } from "../engine/engine.ts";
import type { GeometryColumn } from "../engine/operators/geometry-column.ts";
import type { OperatorName } from "../engine/operators/operator.ts";
import type { Work } from "../progress.ts";
import type { OperatorStep } from "./compile/types.ts";
import type { Statement } from "./sql.ts";

/** Shapes that one run has fetched: the operators of a recipe often measure the same ones. */
export type FetchedShapes = Map<string, Promise<GeometryColumn>>;

/** Runs a set operator beside the engine: fetches its inputs, and puts its answer into the step's table. */
export async function operate(
  engine: Engine,
  step: OperatorStep,
  work: Work,
  fetched: FetchedShapes,
): Promise<void> {
  const { tableOfNumbers } = await import("../engine/arrow.ts");
  const { operator } = step;
  const columns =
    operator === "cluster"
      ? await cluster(engine, step, work)
      : await relate(engine, operator, step, work, fetched);
  await engine.register(step.table, tableOfNumbers({ row: columns.value.map((_, row) => row), ...columns }));
}

interface Columns {
  readonly value: readonly (number | null)[];
  readonly other?: readonly (number | null)[];
  readonly [name: string]: readonly (number | null)[];
}

/** Relates the shapes of two sets. */
async function relate(
  engine: Engine,
  operator: OperatorName,
  { crs, inputs, options }: OperatorStep,
  work: Work,
  fetched: FetchedShapes,
): Promise<Columns> {
  const { runOperator } = await import("../engine/operators/operator.ts");
  const { columnFromWkb } = await import("../engine/operators/geometry-column.ts");
  const [left, right, [rows]] = await Promise.all([
    shapesOf(engine, inputs.left, crs, work, fetched),
    inputs.right ? shapesOf(engine, inputs.right, crs, work, fetched) : columnFromWkb([]),
    numbersOf(engine, inputs.rows, work),
  ]);
  const { values, matches } = await runOperator({ operator, left, right, ...options }, work);
  const value = Array.from(values, (number) => (Number.isNaN(number) ? null : number));
  const other = Array.from(matches, (match) => (match < 0 ? null : (rows?.[match] ?? match)));
  return { value, other };
}

async function cluster(engine: Engine, { inputs, options }: OperatorStep, work: Work): Promise<Columns> {
  const { clusterRows } = await import("../engine/cluster.ts");
  const { count = 1, seed = 1 } = options;
  return { value: await clusterRows(await numbersOf(engine, inputs.values, work), count, seed, work.signal) };
}

function shapesOf(
  engine: Engine,
  statement: Statement | undefined,
  crs: number | undefined,
  { signal }: Work,
  fetched: FetchedShapes,
): Promise<GeometryColumn> {
  if (!statement) throw new Error("the operator lacks shapes");
  const { sql, parameters } = statement;
  const key = JSON.stringify([sql, parameters, crs]);
  const shapes =
    fetched.get(key) ?? engine.shapes(sql, { parameters, signal, ...(crs !== undefined && { crs }) });
  fetched.set(key, shapes);
  return shapes;
}

/** The columns of a query as numbers, NaN where there is none. */
async function numbersOf(
  engine: Engine,
  statement: Statement | undefined,
  { signal }: Work,
): Promise<Float64Array[]> {
  if (!statement) return [];
  const { sql, parameters } = statement;
  const table = await engine.query(sql, { parameters, signal });
  return table.schema.fields.map((_, column) => {
    const vector = table.getChildAt(column);
    return Float64Array.from({ length: table.numRows }, (__, row) => vector?.get(row) ?? Number.NaN);
  });
}
