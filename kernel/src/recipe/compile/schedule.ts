import type { Statement } from "../sql.ts";
import type { ScheduledStep, Step } from "./types.ts";

/**
 * Steps in an order in which the set operators, and what these need, come as early as they can: they run beside SQL, first those that
 * need least. The others keep theirs. `prefix` begins the names of the tables.
 */
export function scheduleSteps(steps: readonly Step[], prefix: string): ScheduledStep[] {
  const makers = new Map(steps.flatMap((step) => ("table" in step ? [[step.table, step] as const] : [])));
  const names = new RegExp(`\\b${prefix}_\\w+`, "g");
  const placed = new Set<Step>();
  const scheduled: ScheduledStep[] = [];
  const place = (step: Step): void => {
    if (placed.has(step)) return;
    placed.add(step);
    const named = new Set(statementsOf(step).flatMap(({ sql }) => sql.match(names) ?? []));
    const reads = [...named].filter((table) => makers.has(table) && makers.get(table) !== step);
    for (const table of reads) place(makers.get(table) ?? step);
    scheduled.push({ ...step, reads });
  };
  const operators = steps.filter((step) => step.kind === "operator");
  const byNeeds = operators.toSorted((one, other) => statementsOf(one).length - statementsOf(other).length);
  for (const step of [...byNeeds, ...steps]) place(step);
  return scheduled;
}

function statementsOf(step: Step): Statement[] {
  if (step.kind !== "operator") return [step.statement];
  return Object.values(step.inputs).filter((input) => input !== undefined);
}
