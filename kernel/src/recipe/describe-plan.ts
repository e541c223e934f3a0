import type { Node, NodeId, OutputShape, Plan, SetId, SubjectSet } from "./plan-types.ts";

/** A plan as indented text. */
export function describePlan(plan: Plan): string {
  const sets = plan.sets.map((set, id) => `  set ${id}: ${describeSet(set)}`);
  const columns = plan.columns.map(({ label, shape, node, unit, kind, access }) => {
    const type = node === undefined ? shape.form : plan.nodes[node]?.type;
    const properties = [type, unit, kind, access].filter((text) => text !== undefined).join(", ");
    return `  ${label} (${properties})\n    = ${describeShape(plan, shape)}`;
  });
  const nodes = plan.nodes.map((node, id) => `  ${id} on set ${node.set}: ${describeNode(node)}`);
  return [
    `subjects: set ${plan.subjects} (${plan.access})`,
    "sets:",
    ...sets,
    "columns:",
    ...columns,
    "nodes, each computed once:",
    ...nodes,
  ].join("\n");
}

function describeSet(set: SubjectSet): string {
  if ("of" in set) return `set ${set.of} where node ${set.where}`;
  const parts = set.selections.map(({ provider, subjectType, match, relation, labels, datasets }) => {
    const rules = [
      match && `${match.attribute} like ${JSON.stringify(match.pattern)}`,
      relation && `${relation.relation} set ${relation.to}`,
      labels && `one of ${labels.length} by code`,
      datasets && `brought by ${datasets.join(", ")}`,
    ].filter((rule) => rule !== undefined);
    return [`${provider}/${subjectType}`, ...rules].join(", ");
  });
  return parts.length === 0 ? "nothing" : parts.join("; ");
}

function describeShape(plan: Plan, shape: OutputShape): string {
  if (shape.form !== "object") return describe(plan, shape.node);
  return `{ ${shape.entries.map((entry) => `${entry.label}: ${describeShape(plan, entry.shape)}`).join(", ")} }`;
}

const SIGNS = { add: "+", sub: "-", mul: "×", div: "/" } as const;

/** A node as a formula; what is on other subjects is named by its number. */
function describe(plan: Plan, id: NodeId): string {
  const node = plan.nodes[id];
  if (!node) return "";
  if (node.op === "arithmetic")
    return `(${describe(plan, node.left)} ${SIGNS[node.operation]} ${describe(plan, node.right)})`;
  if (node.op === "scale")
    return node.factor === 1 ? describe(plan, node.of) : `${describe(plan, node.of)} × ${node.factor}`;
  return describeNode(node);
}

function describeNode(node: Node): string {
  const list = (ids: readonly NodeId[]) => ids.join(", ");
  const on = (set: SetId) => `set ${set}`;
  switch (node.op) {
    case "constant":
      return JSON.stringify(node.value);
    case "number":
      return String(node.value);
    case "name":
    case "label":
      return `${node.op} of the subject`;
    case "coordinate":
      return node.axis === "x" ? "longitude" : "latitude";
    case "area":
    case "length":
      return `${node.op} in EPSG:${node.crs}`;
    case "fixed":
      return `value of ${node.provider}/${node.attribute}`;
    case "latest":
    case "series":
      return `${node.op === "latest" ? "newest value" : "values"} of ${node.provider}/${node.attribute}`;
    case "arithmetic":
      return `${node.left} ${SIGNS[node.operation]} ${node.right}`;
    case "combine":
      return `${node.how === "add" ? "sum" : "product"} of ${list(node.members)}`;
    case "statistic":
      return `${node.statistic} of ${list(node.members)}`;
    case "fraction":
      return `(${node.dividends.join(" + ")}) / ${node.divisor}`;
    case "percentile":
      return `bucket of ${node.of} among ${node.count}, by the values ${node.reference}`;
    case "aggregate":
      return `${node.function} of ${node.of} over ${on(node.members)} within`;
    case "containing":
      return `${node.of} of the subject of ${on(node.container)} that contains it`;
    case "nearest":
      return `${node.of} of the nearest of ${on(node.others)}, at most ${node.limit} ${node.unit} away`;
    case "nearest-distance":
      return `distance to the nearest of ${on(node.others)}`;
    case "count-near":
      return `number of ${on(node.others)} within ${node.metres} m`;
    case "overlap":
      return `overlap-${node.measure} with ${on(node.others)} in EPSG:${node.crs}`;
    case "choose":
      return `first value of ${list(node.members)}`;
    case "choose-level":
      return `level of the first value of ${list(node.members)}`;
    case "match":
      return `${node.of} where ${node.tests.map(({ attribute, values }) => (values ? `${attribute} is ${values.join(" or ")}` : attribute)).join(", or ")}; else 0`;
    case "scale":
      return `${node.of} × ${node.factor}`;
    case "compare":
      return `${node.left} ${node.comparison} ${node.right}`;
    case "present":
      return `${node.of} is there`;
    case "all":
    case "any":
      return node.members.join(node.op === "all" ? " and " : " or ");
    case "not":
      return `not ${node.of}`;
    case "cluster":
      return `cluster among ${node.count} by ${list(node.members)}`;
  }
}
