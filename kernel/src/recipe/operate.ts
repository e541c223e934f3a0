import type { Engine, ShapesOptions } from "../engine/engine.ts";
import { type GeometryColumn, KIND } from "../engine/operators/geometry-column.ts";
import { columnFromWkb } from "../engine/operators/geometry-column-builder.ts";
import type { OperatorName } from "../engine/operators/operator.ts";
import type { Work } from "../progress.ts";
import type { OperatorStep } from "./compile/types.ts";
import type { Statement } from "./sql.ts";

/** Shapes that one run has fetched: the operators of a recipe often relate the same ones. */
export class FetchedShapes {
  readonly #columns = new Map<string, Promise<GeometryColumn>>();
  readonly #queried = new Map<string, Promise<GeometryColumn>>();

  fetch(engine: Engine, { sql, parameters }: Statement, options: ShapesOptions): Promise<GeometryColumn> {
    const key = JSON.stringify([sql, parameters, options.crs, options.unrepaired]);
    const column =
      this.#columns.get(key) ?? engine.shapes(sql, { ...options, parameters, queried: this.#queried });
    this.#columns.set(key, column);
    return column;
  }
}

/** Runs a set operator beside the engine: fetches its inputs, and puts its answer into the step's table. */
export async function operate(
  engine: Engine,
  step: OperatorStep,
  work: Work,
  fetched: FetchedShapes,
): Promise<void> {
  const { operator } = step;
  const columns =
    operator === "cluster"
      ? await cluster(engine, step, work)
      : await relate(engine, operator, step, work, fetched);
  const { tableOfNumbers } = await import("../engine/arrow.ts");
  const row = Float64Array.from(columns.value.keys());
  await engine.register(step.table, tableOfNumbers({ row, ...columns }));
}

/** A number for each row, NaN where there is none. */
interface Columns {
  readonly value: Float64Array;
  readonly other?: Float64Array;
  readonly [name: string]: Float64Array;
}

/** Relates the shapes of two sets. */
async function relate(
  engine: Engine,
  operator: OperatorName,
  { crs, inputs, options }: OperatorStep,
  work: Work,
  fetched: FetchedShapes,
): Promise<Columns> {
  const { signal } = work;
  // Where a point lies is asked of shapes as the engine's own relations take them.
  const unrepaired = operator === "containing";
  const shapesOf = (statement: Statement) => fetched.fetch(engine, statement, { crs, signal, unrepaired });
  if (!inputs.left) throw new Error("the operator lacks shapes");
  const leftShapes = shapesOf(inputs.left);
  const [left, right, [ranked]] = await Promise.all([
    leftShapes,
    inputs.right ? rightShapes(operator, leftShapes, inputs.right, shapesOf) : columnFromWkb([]),
    numbersOf(engine, inputs.ranked, work),
  ]);
  const { runOperator } = await import("../engine/operators/operator.ts");
  const ranks = ranked && ranksOf(ranked);
  const { values, matches } = await runOperator(
    { operator, left, right, ...(ranks && { ranks }), ...options },
    work,
  );
  return { value: values, other: Float64Array.from(matches, (match) => (match < 0 ? Number.NaN : match)) };
}

/** Operators that say nothing of other left shapes. */
const ONLY_POINTS: ReadonlySet<OperatorName> = new Set(["containing", "within-metres"]);

/** The shapes on the right side; none are fetched where nothing on the left side asks for them. */
async function rightShapes(
  operator: OperatorName,
  left: Promise<GeometryColumn>,
  statement: Statement,
  shapesOf: (statement: Statement) => Promise<GeometryColumn>,
): Promise<GeometryColumn> {
  const isAsked = !ONLY_POINTS.has(operator) || (await left).kinds.includes(KIND.POINT);
  return isAsked ? shapesOf(statement) : columnFromWkb([]);
}

/** The place of each row in a list of all rows. */
function ranksOf(rows: Float64Array): Uint32Array {
  const ranks = new Uint32Array(new SharedArrayBuffer(4 * rows.length));
  for (const [rank, row] of rows.entries()) ranks[row] = rank;
  return ranks;
}

async function cluster(engine: Engine, { inputs, options }: OperatorStep, work: Work): Promise<Columns> {
  const { clusterRows } = await import("../engine/cluster.ts");
  const { count = 1, seed = 1 } = options;
  const groups = await clusterRows(await numbersOf(engine, inputs.values, work), count, seed, work.signal);
  return { value: Float64Array.from(groups, (group) => group ?? Number.NaN) };
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
    const numbers: unknown = vector?.nullCount === 0 ? vector.toArray() : undefined;
    if (numbers instanceof Float64Array) return numbers;
    return Float64Array.from({ length: table.numRows }, (__, row) => vector?.get(row) ?? Number.NaN);
  });
}
