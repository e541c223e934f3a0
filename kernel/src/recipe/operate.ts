import type { Engine } from "../engine/engine.ts";
import type { Work } from "../progress.ts";
import type { OperatorStep } from "./compile/types.ts";
import type { Statement } from "./sql.ts";

type Values = readonly (number | null)[];

/** Runs a set operator beside the engine: fetches its inputs, and puts its answer into the step's table. */
export async function operate(engine: Engine, step: OperatorStep, work: Work): Promise<void> {
  const { tableOfNumbers } = await import("../engine/arrow.ts");
  const value = await OPERATORS[step.operator](engine, step, work);
  await engine.register(step.table, tableOfNumbers({ row: value.map((_, row) => row), value }));
}

type Operator = (engine: Engine, step: OperatorStep, work: Work) => Promise<Values>;

const OPERATORS: Readonly<Record<OperatorStep["operator"], Operator>> = {
  async "overlap-length"(engine, { inputs }, { signal }) {
    const { overlapLength } = await import("../engine/overlap-length.ts");
    const areas = await fetchShapes(engine, inputs.areas, signal);
    const lengths = await overlapLength(areas, await fetchShapes(engine, inputs.others, signal), signal);
    // An area without a shape has no length: that is missing, not zero.
    return areas.map((shape, row) => (shape ? (lengths[row] ?? null) : null));
  },
  async cluster(engine, { inputs, options }, { signal }) {
    const { clusterRows } = await import("../engine/cluster.ts");
    const { count = 1, seed = 1 } = options;
    return clusterRows(await fetchNumbers(engine, inputs.values, signal), count, seed, signal);
  },
};

async function fetchShapes(
  engine: Engine,
  statement: Statement | undefined,
  signal: AbortSignal | undefined,
): Promise<(Uint8Array | null)[]> {
  if (!statement) return [];
  const { sql, parameters } = statement;
  const shapes = (await engine.query(sql, { parameters, signal })).getChild("shape");
  return shapes ? [...shapes].map((shape: unknown) => (shape instanceof Uint8Array ? shape : null)) : [];
}

/** The columns of a query as numbers, NaN where there is none. */
async function fetchNumbers(
  engine: Engine,
  statement: Statement | undefined,
  signal: AbortSignal | undefined,
): Promise<Float64Array[]> {
  if (!statement) return [];
  const { sql, parameters } = statement;
  const table = await engine.query(sql, { parameters, signal });
  return table.schema.fields.map((_, column) => {
    const vector = table.getChildAt(column);
    return Float64Array.from({ length: table.numRows }, (__, row) => vector?.get(row) ?? Number.NaN);
  });
}
