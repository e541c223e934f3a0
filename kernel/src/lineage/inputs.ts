import type { Node, NodeId, OutputShape, Plan, SetId, SubjectSelection } from "../recipe/plan-types.ts";

/** What a column is computed from: subject types and attributes by their full names. */
export interface ColumnInputs {
  readonly subjectTypes: readonly { readonly provider: string; readonly label: string }[];
  readonly attributes: readonly { readonly provider: string; readonly label: string }[];
}

/** Everything that goes into the values of some nodes, whatever lies between. */
export function inputsOf(plan: Plan, nodes: readonly NodeId[]): ColumnInputs {
  const reader = new InputReader(plan);
  for (const node of nodes) reader.readNode(node);
  return reader.inputs();
}

/** What a set of subjects is chosen from. */
export function inputsOfSet(plan: Plan, set: SetId): ColumnInputs {
  const reader = new InputReader(plan);
  reader.readSet(set);
  return reader.inputs();
}

/** The nodes that a column shows. */
export function nodesOf(shape: OutputShape): NodeId[] {
  return shape.form === "object" ? shape.entries.flatMap((entry) => nodesOf(entry.shape)) : [shape.node];
}

class InputReader {
  readonly #plan: Plan;
  readonly #nodes = new Set<NodeId>();
  readonly #sets = new Set<SetId>();
  readonly #types = new Map<string, { provider: string; label: string }>();
  readonly #attributes = new Map<string, { provider: string; label: string }>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  inputs(): ColumnInputs {
    return { subjectTypes: [...this.#types.values()], attributes: [...this.#attributes.values()] };
  }

  readNode(id: NodeId): void {
    const node = this.#plan.nodes[id];
    if (!node || this.#nodes.has(id)) return;
    this.#nodes.add(id);
    this.readSet(node.set);
    for (const set of setsOf(node)) this.readSet(set);
    for (const { provider, attribute } of attributesOf(node))
      this.#attributes.set(JSON.stringify([provider, attribute]), { provider, label: attribute });
    for (const operand of operandsOf(node)) this.readNode(operand);
  }

  readSet(id: SetId): void {
    const set = this.#plan.sets[id];
    if (!set || this.#sets.has(id)) return;
    this.#sets.add(id);
    if ("of" in set) {
      this.readSet(set.of);
      this.readNode(set.where);
      return;
    }
    for (const selection of set.selections) this.#readSelection(selection);
  }

  #readSelection({ provider, subjectType, relation }: SubjectSelection): void {
    this.#types.set(JSON.stringify([provider, subjectType]), { provider, label: subjectType });
    if (relation) this.readSet(relation.to);
  }
}

function attributesOf(node: Node): readonly { readonly provider: string; readonly attribute: string }[] {
  if (node.op === "fixed" || node.op === "latest" || node.op === "series") return [node];
  return node.op === "match" ? node.tests : [];
}

function setsOf(node: Node): SetId[] {
  if (node.op === "aggregate") return [node.members];
  if (node.op === "containing") return [node.container];
  return "others" in node ? [node.others] : [];
}

function operandsOf(node: Node): NodeId[] {
  const operands: NodeId[] = [];
  if ("left" in node) operands.push(node.left, node.right);
  if ("of" in node) operands.push(node.of);
  if (node.op === "percentile") operands.push(node.reference);
  if (node.op === "fraction") operands.push(...node.dividends, node.divisor);
  if (node.op === "aggregate" && node.weight !== undefined) operands.push(node.weight);
  if ("members" in node && node.op !== "aggregate") operands.push(...node.members);
  return operands;
}
