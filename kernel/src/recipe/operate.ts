import type { Engine } from "../engine/engine.ts";
import type { Work } from "../progress.ts";
import type { OperatorStep } from "./compile/types.ts";
import type { Statement } from "./sql.ts";

/** Runs a set operator beside the engine: fetches its inputs, and puts its answer into the step's table. */
export async function operate(engine: Engine, step: OperatorStep, work: Work): Promise<void> {
  const { tableOfNumbers } = await import("../engine/arrow.ts");
  const { value } = { value: await computeOperator(engine, step, work) };
  await engine.register(step.table, tableOfNumbers({ row: value.map((_, row) => row), value }));
}

async function computeOperator(
  engine: Engine,
  { operator, inputs, options }: OperatorStep,
  { signal }: Work,
): Promise<(number | null)[]> {
  if (operator === "cluster") throw new Error(`cluster ${JSON.stringify(options)} comes later`);
  const areas = await fetchShapes(engine, inputs.areas, signal);
  const others = await fetchShapes(engine, inputs.others, signal);
  if (operator === "overlap-area") throw new Error("comes later");
  const { overlapLength } = await import("../engine/overlap-length.ts");
  const lengths = await overlapLength(areas, others, signal);
  // An area without a shape has no length: that is missing, not zero.
  return areas.map((shape, row) => (shape ? (lengths[row] ?? null) : null));
}

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
