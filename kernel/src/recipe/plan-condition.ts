import { strictest } from "@tombolo/bundle/access";
import type { PlanContext, PlannedSet } from "../fields/field.ts";
import { contextFor, type Place, type Planning } from "./plan.ts";
import type { NodeId } from "./plan-types.ts";
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
  const right =
    typeof condition.value === "number"
      ? context.node("number", { op: "number", value: condition.value })
      : context.node("text", { op: "constant", value: condition.value });
  return context.node("boolean", { op: "compare", comparison: condition.is, left: value.node, right });
}

function planAll(
  op: "all" | "any",
  conditions: readonly Condition[],
  context: PlanContext,
  note: Note,
): NodeId {
  return context.node("boolean", { op, members: conditions.map((each) => planTest(each, context, note)) });
}
