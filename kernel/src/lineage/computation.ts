import { createHash } from "node:crypto";
import type { NodeId, OutputShape, Plan, SetId } from "../recipe/plan-types.ts";
import { nodesOf } from "./inputs.ts";

/** Keys under which a node names other nodes. */
const NODES = new Set([
  "left",
  "right",
  "of",
  "where",
  "reference",
  "divisor",
  "weight",
  "dividends",
  "members",
]);
/** Keys under which a node or a selection names sets. */
const SETS = new Set(["set", "container", "others", "to"]);
/** Keys of sentences and headings, which change nothing of the number. */
const WORDS = new Set([
  "title",
  "missing",
  "unknown",
  "notNumeric",
  "zero",
  "infinite",
  "undefined",
  "empty",
  "none",
  "several",
]);

/** What the columns of a recipe's result compute, by name; undefined for a table that no recipe has made. */
export function computationsOf(plan: Plan | undefined): ReadonlyMap<string, string> | undefined {
  return plan && new Map(plan.columns.map(({ label, shape }) => [label, computationOf(plan, shape)]));
}

/**
 * A digest of what a column computes, whatever the column is called, whichever areas it is computed for and whatever stands
 * beside it in the recipe: two columns with the same digest count the same.
 */
export function computationOf(plan: Plan, shape: OutputShape): string {
  const written = JSON.stringify(nodesOf(shape).map((node) => writeNode(plan, node)));
  return createHash("sha256").update(written).digest("hex");
}

function writeNode(plan: Plan, id: NodeId): unknown {
  const node = plan.nodes[id];
  if (!node) return null;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
      if (WORDS.has(key) && typeof value !== "string") return [];
      // What an aggregate calls its members are subjects.
      const ofSet = SETS.has(key) || (key === "members" && node.op === "aggregate");
      return [[key, ofSet ? writeSets(plan, value) : NODES.has(key) ? writeNodes(plan, value) : value]];
    }),
  );
}

function writeNodes(plan: Plan, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => writeNodes(plan, one));
  return typeof value === "number" ? writeNode(plan, value) : value;
}

function writeSets(plan: Plan, value: unknown): unknown {
  return typeof value === "number" ? writeSet(plan, value) : value;
}

function writeSet(plan: Plan, id: SetId): unknown {
  if (id === plan.subjects) return "the rows";
  const set = plan.sets[id];
  if (!set) return null;
  if ("of" in set) return { of: writeSet(plan, set.of), where: writeNode(plan, set.where) };
  return set.selections.map(({ relation, ...selection }) => ({
    ...selection,
    ...(relation && { relation: relation.relation, to: writeSet(plan, relation.to) }),
  }));
}
