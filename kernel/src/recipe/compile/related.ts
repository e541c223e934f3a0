import type { Dialect } from "../dialects/dialect.ts";
import type { Node, NodeId, SetId } from "../plan-types.ts";
import type { Sql } from "../sql.ts";
import { type Numbered, selectAggregates, selectContaining, selectNearest } from "./relations.ts";
import type { Reference } from "./scalar.ts";
import type { SpatialTables } from "./spatial-tables.ts";

/** A node that takes its value from subjects that lie to its own in some way. */
export type Related = Numbered<"aggregate" | "containing" | "nearest">["node"];

/** What a table of related values is made from. */
export interface RelatedSources {
  set(id: SetId): Sql;
  readonly spatial: SpatialTables;
  /** The others' values, as `v`; undefined when all are constants. */
  readonly values: Sql | undefined;
  readonly refer: (node: NodeId) => Reference;
  readonly dialect: Dialect;
}

/** What nodes have in common that are computed in one table; undefined for nodes that relate nothing. */
export function relationKey(node: Node, level: number): string | undefined {
  switch (node.op) {
    case "aggregate":
      return `aggregate ${node.set} ${node.members} ${node.rule} ${level}`;
    case "containing":
      return `containing ${node.set} ${node.container} ${node.rule} ${level}`;
    case "nearest":
      return `nearest ${node.set} ${node.others} ${node.limit} ${node.unit} ${node.crs} ${level}`;
    default:
      return undefined;
  }
}

/** The rows `row` and the columns of all nodes of a group, which have the key of `node`. */
export function selectRelated(
  node: Related,
  group: readonly { readonly id: NodeId; readonly node: Node }[],
  { set, spatial, values, refer, dialect }: RelatedSources,
): Sql {
  switch (node.op) {
    case "aggregate": {
      const nodes = group.filter((each): each is Numbered<"aggregate"> => each.node.op === "aggregate");
      const pairs = spatial.pairs(node.set, node.members, node.rule);
      return selectAggregates(nodes, pairs, values, refer, dialect);
    }
    case "containing": {
      const nodes = group.filter((each): each is Numbered<"containing"> => each.node.op === "containing");
      const subjects = set(node.set);
      return selectContaining(
        nodes,
        subjects,
        spatial.pairs(node.container, node.set, node.rule),
        values,
        refer,
      );
    }
    case "nearest": {
      const nodes = group.filter((each): each is Numbered<"nearest"> => each.node.op === "nearest");
      const subjects = set(node.set);
      return selectNearest(nodes, subjects, spatial.nearest(node.set, node), values, refer);
    }
  }
}
