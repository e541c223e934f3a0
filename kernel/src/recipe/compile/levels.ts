import type { Node, NodeId, OutputShape, Plan, SetId, SubjectSelection } from "../plan-types.ts";

/** Nodes of the same subjects that this one is computed from. */
export function operandsOf(node: Node): readonly NodeId[] {
  switch (node.op) {
    case "arithmetic":
    case "compare":
      return [node.left, node.right];
    case "combine":
    case "statistic":
    case "choose":
    case "choose-level":
    case "all":
    case "any":
      return node.members;
    case "fraction":
      return [...node.dividends, node.divisor];
    case "percentile":
    case "scale":
    case "match":
    case "present":
    case "not":
      return [node.of];
    default:
      return [];
  }
}

/** Nodes, of other subjects or of all subjects at once, whose values must lie in a table before this one is computed. */
export function inputsOf(node: Node): readonly NodeId[] {
  switch (node.op) {
    case "aggregate":
      return node.weight === undefined ? [node.of] : [node.of, node.weight];
    case "containing":
    case "nearest":
      return [node.of];
    case "percentile":
      return [node.reference];
    case "cluster":
      return node.members;
    default:
      return [];
  }
}

/** Sets that a node looks at besides its own. */
export function setsOf(node: Node): readonly SetId[] {
  switch (node.op) {
    case "aggregate":
      return [node.members];
    case "containing":
      return [node.container];
    case "nearest":
    case "nearest-distance":
    case "count-near":
    case "overlap":
      return [node.others];
    default:
      return [];
  }
}

/** The nodes that an output names. */
export function nodesOfShape(shape: OutputShape): NodeId[] {
  if (shape.form === "object") return shape.entries.flatMap((entry) => nodesOfShape(entry.shape));
  return shape.form === "value" && shape.textBy !== undefined ? [shape.node, shape.textBy] : [shape.node];
}

/** What of a plan is computed, and in which round each node can be. */
export interface Levels {
  levelOf(node: NodeId): number;
  /** Nodes of a set that others take from a table, by level. */
  demanded(set: SetId, level: number): readonly NodeId[];
  /** Nodes of a set that are computed at all. */
  used(set: SetId): readonly NodeId[];
}

/** Finds the rounds of a plan: a node comes after all tables that it is computed from. */
export function findLevels(plan: Plan): Levels {
  const levels: number[] = [];
  const bases: number[] = [];
  const baseOf = (set: SetId): number => (bases[set] ??= computeBase(set));
  const levelOf = (id: NodeId): number => (levels[id] ??= computeLevel(id));

  function computeBase(id: SetId): number {
    const set = setAt(plan, id);
    if ("of" in set) return Math.max(baseOf(set.of), 1 + levelOf(set.where));
    return Math.max(0, ...set.selections.map(({ relation }) => (relation ? baseOf(relation.to) : 0)));
  }

  function computeLevel(id: NodeId): number {
    const node = nodeAt(plan, id);
    const sets = [node.set, ...setsOf(node)].map(baseOf);
    return Math.max(
      ...sets,
      ...operandsOf(node).map(levelOf),
      ...inputsOf(node).map((input) => 1 + levelOf(input)),
    );
  }

  const used = usedNodes(plan);
  const demanded = new Map<string, Set<NodeId>>();
  const demand = (id: NodeId) => {
    const key = `${nodeAt(plan, id).set} ${levelOf(id)}`;
    const known = demanded.get(key) ?? new Set();
    demanded.set(key, known.add(id));
  };
  for (const id of used) for (const input of inputsOf(nodeAt(plan, id))) demand(input);
  plan.sets.forEach((set) => {
    if ("of" in set && used.has(set.where)) demand(set.where);
  });
  return {
    levelOf,
    demanded: (set, level) => [...(demanded.get(`${set} ${level}`) ?? [])],
    used: (set) => [...used].filter((id) => nodeAt(plan, id).set === set),
  };
}

function usedNodes(plan: Plan): Set<NodeId> {
  const used = new Set<NodeId>();
  const seen = new Set<SetId>();
  const pending = plan.columns.flatMap((column) => nodesOfShape(column.shape));
  const visitSet = (id: SetId) => {
    if (seen.has(id)) return;
    seen.add(id);
    const set = setAt(plan, id);
    if ("of" in set) {
      pending.push(set.where);
      visitSet(set.of);
    } else for (const { relation } of set.selections) if (relation) visitSet(relation.to);
  };
  visitSet(plan.subjects);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (used.has(id)) continue;
    used.add(id);
    const node = nodeAt(plan, id);
    pending.push(...operandsOf(node), ...inputsOf(node));
    for (const set of [node.set, ...setsOf(node)]) visitSet(set);
  }
  return used;
}

/** A node of a plan. */
export function nodeAt(plan: Plan, id: NodeId): Node {
  const node = plan.nodes[id];
  if (!node) throw new Error(`no node ${id}`);
  return node;
}

/** A set of a plan. */
export function setAt(plan: Plan, id: SetId) {
  const set = plan.sets[id];
  if (!set) throw new Error(`no set ${id}`);
  return set;
}

/**
 * The selection of a set that is all subjects of a type and of which no row numbers are wanted, as set operators and pairs want them: such
 * a set needs no table of its own. Undefined for any other.
 */
export function wholeTypeOf(plan: Plan, id: SetId, levels: Levels): SubjectSelection | undefined {
  const type = typeOfAll(plan, id);
  if (!type || type.match || type.relation || type.labels || type.datasets) return undefined;
  const isMadeFrom = plan.sets.some((set) =>
    "of" in set ? set.of === id : set.selections.some(({ relation }) => relation?.to === id),
  );
  const isLookedAt = plan.nodes.some((node) => setsOf(node).includes(id));
  const isNumbered = levels
    .used(id)
    .map((node) => nodeAt(plan, node))
    .some((node) => setsOf(node).length > 0 || NUMBERED.has(node.op));
  return isMadeFrom || isLookedAt || isNumbered || "of" in setAt(plan, id) ? undefined : type;
}

/** Nodes that look at no other set and still need the subjects in a row. */
const NUMBERED: ReadonlySet<Node["op"]> = new Set(["area", "length", "cluster"]);

/** What a set is chosen from, whatever its conditions. */
export function selectionsOf(plan: Plan, id: SetId): readonly SubjectSelection[] {
  const set = setAt(plan, id);
  return "of" in set ? selectionsOf(plan, set.of) : set.selections;
}

/** The provider and type that all subjects of a set share; undefined when they may differ. */
export function typeOfAll(plan: Plan, id: SetId): SubjectSelection | undefined {
  const [only, another] = selectionsOf(plan, id);
  const isKnown = only && !another && only.provider !== "*" && only.subjectType !== "*";
  return isKnown ? only : undefined;
}
