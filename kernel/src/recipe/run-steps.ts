import type { Table } from "apache-arrow";
import type { Engine, QueryOptions } from "../engine/engine.ts";
import { UserError } from "../errors.ts";
import type { OnProgress, Work } from "../progress.ts";
import type { CheckStep, CompiledPlan, OperatorStep, Step } from "./compile/types.ts";
import { FetchedShapes, operate } from "./operate.ts";
import type { Plan } from "./plan-types.ts";

/** Runs the steps of a plan and returns the rows of its result. The set operators run beside SQL until their tables are read. */
export async function runSteps(
  engine: Engine,
  { steps, result }: CompiledPlan,
  plan: Plan,
  work: Work,
): Promise<Table> {
  const run = () => runInOrder(engine, steps, plan, work);
  const operators = steps.findIndex(({ kind }) => kind === "operator");
  const isBeside = operators >= 0 && steps.slice(operators).some(({ kind }) => kind !== "operator");
  await (isBeside ? engine.besideOthers(run) : run());
  const stage = "Computing columns";
  work.onProgress?.({ stage });
  return engine.query(result.sql, { ...queryOptions(stage, work), parameters: result.parameters });
}

async function runInOrder(
  engine: Engine,
  steps: CompiledPlan["steps"],
  plan: Plan,
  work: Work,
): Promise<void> {
  const beside = new OperatorsBeside(engine, work);
  try {
    for (const step of steps) {
      work.signal?.throwIfAborted();
      await beside.wait(step.reads);
      work.onProgress?.({ stage: step.stage });
      if (step.kind === "operator") beside.start(step);
      else await runStep(engine, step, plan, work);
    }
    await beside.wait();
  } finally {
    await beside.stop();
  }
}

/** The set operators of a plan that are running. */
class OperatorsBeside {
  readonly #engine: Engine;
  readonly #work: Work;
  readonly #stop = new AbortController();
  readonly #fetched = new FetchedShapes();
  readonly #running = new Map<string, Promise<void>>();
  /** Tables that are waited for: only then what makes them reports how far it is, as SQL reports of itself before. */
  #awaited: ReadonlySet<string> = new Set();

  constructor(engine: Engine, work: Work) {
    this.#engine = engine;
    this.#work = work;
  }

  start(step: OperatorStep): void {
    const { onProgress, signal } = this.#work;
    const report: OnProgress = (progress) => this.#awaited.has(step.table) && onProgress?.(progress);
    const signals = [this.#stop.signal, ...(signal ? [signal] : [])];
    const work = { ...this.#work, onProgress: report, signal: AbortSignal.any(signals) };
    const running = operate(this.#engine, step, work, this.#fetched);
    // Its error is thrown where it is waited for, which may be much later.
    running.catch(() => undefined);
    this.#running.set(step.table, running);
  }

  /** Waits until the tables are there that operators make of these; without names, all. */
  async wait(tables: readonly string[] = [...this.#running.keys()]): Promise<void> {
    this.#awaited = new Set(tables);
    await Promise.all(tables.map((table) => this.#running.get(table)));
    this.#awaited = new Set();
  }

  /** Stops those that still run; when this is done nothing reads the plan's tables any more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#running.values());
  }
}

function queryOptions(stage: string, { signal, onProgress }: Work): QueryOptions {
  return {
    signal,
    onRows: onProgress && ((done, total) => onProgress({ stage, done, total, unit: "rows" })),
  };
}

async function runStep(
  engine: Engine,
  step: Exclude<Step, OperatorStep>,
  plan: Plan,
  work: Work,
): Promise<void> {
  const { sql, parameters } = step.statement;
  const options = { ...queryOptions(step.stage, work), parameters };
  if (step.kind === "sql") return engine.run(sql, options);
  const found = await engine.query(sql, options);
  if (step.kind === "notice") {
    if (Number(found.getChild("number")?.get(0)) === 0) work.onWarning?.(step.sentence);
  } else if (found.numRows > 0) throw missingReference(step, found, plan);
}

function missingReference({ titles }: CheckStep, found: Table, plan: Plan): UserError {
  const title = titles[Number(found.getChild("place")?.get(0))] ?? "";
  const label = String(found.getChild("label")?.get(0));
  const reason: unknown = found.getChild("reason")?.get(0);
  const why =
    reason === null || reason === undefined ? "its value is no number" : plan.reasons[Number(reason)];
  return new UserError(`${title}: the reference subject ${label} has no value: ${why}`, {
    where: title,
    hint: "Choose other reference subjects, or leave such out with missing: skip.",
    code: "normalisation-value-missing",
  });
}
