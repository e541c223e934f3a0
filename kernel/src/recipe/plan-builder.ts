import type { Node, NodeId, Operation, ReasonId, SetId, SubjectSet, ValueType } from "./plan-types.ts";

/** Collects the sets, nodes and reasons of a plan; equal ones become one. */
export class PlanBuilder {
  readonly sets: SubjectSet[] = [];
  readonly nodes: Node[] = [];
  readonly reasons: string[] = [""];
  readonly #known = new Map<string, number>();

  set(set: SubjectSet): SetId {
    return this.#intern("set", set, this.sets);
  }

  node(set: SetId, type: ValueType, operation: Operation): NodeId {
    return this.#intern("node", { ...operation, set, type }, this.nodes);
  }

  reason(sentence: string): ReasonId {
    return this.#intern("reason", sentence, this.reasons);
  }

  typeOf(node: NodeId): ValueType {
    return this.get(node).type;
  }

  get(node: NodeId): Node {
    const found = this.nodes[node];
    if (!found) throw new Error(`no node ${node}`);
    return found;
  }

  #intern<Item>(kind: string, item: Item, items: Item[]): number {
    const key = `${kind} ${JSON.stringify(item, withoutTitle)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    items.push(item);
    this.#known.set(key, items.length - 1);
    return items.length - 1;
  }
}

/** What a message calls a node is no part of what it is: the first of equal ones names it. */
const withoutTitle = (key: string, value: unknown) => (key === "title" ? undefined : value);
