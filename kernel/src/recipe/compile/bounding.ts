import type { Node, Plan, SetId } from "../plan-types.ts";
import { nodeAt, setAt, setsOf } from "./levels.ts";

/** Up to so many subjects of a type may lie in a small part of the map. */
const FEW = 1000;

/**
 * Whether of a set no more counts than what the box around the plan's subjects meets: others look at it for what lies within the
 * subjects, or contains them, and for nothing else. Where the subjects are all of a large type it is not worth the look.
 */
export function isBoundedBySubjects(plan: Plan, id: SetId): boolean {
  const { ofTypes = Number.POSITIVE_INFINITY, subjects } = plan;
  return (ofTypes <= FEW || areChosen(plan, subjects)) && areOnlyBeside(plan, id);
}

/** Whether subjects are chosen one by one or by where they lie. */
function areChosen(plan: Plan, id: SetId): boolean {
  const set = setAt(plan, id);
  if ("of" in set) return true;
  return set.selections.every(
    ({ match, relation, labels }) => match !== undefined || relation !== undefined || labels !== undefined,
  );
}

/** Whether a set is looked at, beside the plan's subjects and only there, for containment, which says nothing of other subjects of the set. */
function areOnlyBeside(plan: Plan, id: SetId): boolean {
  const { nodes, sets, subjects } = plan;
  if (id === subjects) return false;
  const isTarget = sets.some(
    (set) => "selections" in set && set.selections.some(({ relation }) => relation?.to === id),
  );
  const lookers = nodes.filter((node) => setsOf(node).includes(id));
  const filtered = sets.flatMap((set, other) => ("of" in set && set.of === id ? [other] : []));
  return (
    !isTarget &&
    lookers.length + filtered.length > 0 &&
    lookers.every(({ op, set }) => set === subjects && (op === "aggregate" || op === "containing")) &&
    filtered.every((other) => areOnlyBeside(plan, other)) &&
    !nodes.some((node) => comparesAll(plan, node, id))
  );
}

/** Whether a node's values depend on which subjects a set has. */
const comparesAll = (plan: Plan, node: Node, id: SetId): boolean =>
  (node.op === "cluster" && node.set === id) ||
  (node.op === "percentile" && nodeAt(plan, node.reference).set === id);
