import { strictest } from "@tombolo/bundle/access";
import type { PlanContext, PlannedSet } from "../fields/field.ts";
import { isNumber } from "./document.ts";
import { shown } from "./mistake.ts";
import { contextFor, type Place, type Planning } from "./plan.ts";
import type { Comparison, NodeId, ValueType } from "./plan-types.ts";
import type { Condition } from "./recipe.ts";
import { mistakeInPattern } from "./words.ts";

/** The subjects of a set that fulfil a condition, as a set of their own. */
export function planCondition(
  condition: Condition,
  set: PlannedSet,
  planning: Planning,
  place: Place,
): PlannedSet {
  const access = [set.access];
  const sources = [...set.sources];
  const context = contextFor(planning, set, { ...place, path: [...place.path, "where"] });
  const where = planTest(condition, context, (planned) => {
    access.push(planned.access);
    sources.push(...planned.sources);
  });
  const id = planning.builder.set({ of: set.id, where });
  return { ...set, id, access: strictest(access), sources };
}

type Note = (planned: Pick<PlannedSet, "access" | "sources">) => void;

function planTest(condition: Condition, context: PlanContext, note: Note): NodeId {
  if ("and" in condition) return planAll("all", condition.and, context, note);
  if ("or" in condition) return planAll("any", condition.or, context, note);
  if ("not" in condition)
    return context.node("boolean", { op: "not", of: planTest(condition.not, context, note) });
  const value = context.single(condition.field, "field");
  note(value);
  const wrong = condition.is === "like" ? mistakeInPattern(String(condition.value)) : undefined;
  if (wrong !== undefined) context.mistake([], wrong);
  if (condition.is === "present") return context.node("boolean", { op: "present", of: value.node });
  const right = planRight(condition, context.get(value.node).type, context);
  return context.node("boolean", { op: "compare", comparison: condition.is, left: value.node, right });
}

/** What a value is compared with: a number in quotes is one where numbers are compared, or where it is asked which is more. */
function planRight(
  { is, value }: { readonly is: Comparison; readonly value: string | number },
  left: ValueType,
  context: PlanContext,
): NodeId {
  const isMeantAsNumber = is !== "like" && (left === "number" || (is !== "=" && is !== "!="));
  if (typeof value === "number" || (isMeantAsNumber && isNumber(value)))
    return context.node("number", { op: "number", value: Number(value) });
  if (left === "number" && is !== "like")
    context.warn(
      `where: "${shown(value)}" is no number, and what it is compared with is one: none fulfils this.`,
    );
  return context.node("text", { op: "constant", value });
}

function planAll(
  op: "all" | "any",
  conditions: readonly Condition[],
  context: PlanContext,
  note: Note,
): NodeId {
  return context.node("boolean", { op, members: conditions.map((each) => planTest(each, context, note)) });
}
