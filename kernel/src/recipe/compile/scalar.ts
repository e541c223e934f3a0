import type { Dialect } from "../dialects/dialect.ts";
import { isNumber } from "../document.ts";
import type { Node, NodeId } from "../plan-types.ts";
import { bound, coalesce, double, join, Sql, sql } from "../sql.ts";

/** How the SQL around a node reads it. */
export interface Reference {
  readonly type: Node["type"];
  readonly value: Sql;
  /** Number of the reason why it is missing, null when it is not; undefined for what is never missing. */
  readonly reason: Sql | undefined;
  /** The number itself, when all that are missing have the same. */
  readonly onlyReason?: number | undefined;
  readonly time?: Sql | undefined;
  readonly series?: Sql | undefined;
  /** How many members it is computed without, null for none; undefined where none can lack. */
  readonly leftOut?: Sql | undefined;
}

/** What a node becomes: one SQL expression for each of its parts. */
export type Compiled = Reference;

/** Reads the operands of the node that is compiled. */
export type Refer = (node: NodeId) => Reference;

const NULL = new Sql("NULL");
const LARGEST = "1.7976931348623157e308";

/** The number when it is finite; neither infinity nor NaN is a value. */
export function finite(number: Sql): Sql {
  return sql`CASE WHEN abs(${number}) <= ${new Sql(LARGEST)} THEN ${number} END`;
}

/** A value as a number; null when it is none. */
export function numeric({ type, value }: Reference, dialect: Dialect): Sql {
  if (type === "number") return value;
  const [constant] = value.parameters;
  if (value.sql === "CAST(? AS VARCHAR)" && typeof constant === "string") return literal(constant);
  return finite(dialect.number(value));
}

/** A constant text as a number, worked out once. */
function literal(text: string): Sql {
  return isNumber(text) ? double(Number(text)) : sql`CAST(NULL AS DOUBLE PRECISION)`;
}

/** Compiles the operations that need nothing but values of the same subject. */
export function compileScalar(node: Node, refer: Refer, dialect: Dialect): Compiled {
  switch (node.op) {
    case "constant":
      return {
        type: "text",
        value: node.value === null ? sql`CAST(NULL AS VARCHAR)` : bound(node.value),
        reason: undefined,
      };
    case "number":
      return { type: "number", value: double(node.value), reason: undefined };
    case "arithmetic":
      return compileArithmetic(node, refer, dialect);
    case "combine":
      return compileCombine(node, refer, dialect);
    case "statistic":
      return compileStatistic(node, refer, dialect);
    case "fraction":
      return compileFraction(node, refer);
    case "choose":
      return compileChoose(node, refer, dialect);
    case "choose-level":
      return compileChooseLevel(node, refer);
    case "scale": {
      const of = refer(node.of);
      return {
        type: "number",
        value: sql`${numeric(of, dialect)} * ${double(node.factor)}`,
        reason: of.reason,
        onlyReason: of.onlyReason,
        leftOut: of.leftOut,
      };
    }
    case "compare":
      return { type: "boolean", value: compileCompare(node, refer, dialect), reason: undefined };
    case "present":
      return { type: "boolean", value: sql`${refer(node.of).value} IS NOT NULL`, reason: undefined };
    case "not":
      return { type: "boolean", value: sql`NOT (${refer(node.of).value})`, reason: undefined };
    case "all":
    case "any": {
      const members = node.members.map((member) => sql`(${refer(member).value})`);
      return {
        type: "boolean",
        value: join(members, node.op === "all" ? " AND " : " OR "),
        reason: undefined,
      };
    }
    default:
      throw new Error(`${node.op} is not computed from one subject alone`);
  }
}

type NodeOf<Op extends Node["op"]> = Extract<Node, { op: Op }>;

const SIGNS = { add: sql`+`, sub: sql`-`, mul: sql`*`, div: sql`/` } as const;

function compileArithmetic(node: NodeOf<"arithmetic">, refer: Refer, dialect: Dialect): Compiled {
  const operands = [refer(node.left), refer(node.right)];
  const [left = NULL, right = NULL] = operands.map((operand) => numeric(operand, dialect));
  const divisor = node.operation === "div" ? sql`NULLIF(${right}, 0)` : right;
  const result = sql`(${left} ${SIGNS[node.operation]} ${divisor})`;
  const zero = node.operation === "div" ? [sql`WHEN ${right} = 0 THEN ${node.zero}`] : [];
  const own = sql`CASE WHEN ${left} IS NULL OR ${right} IS NULL THEN ${node.notNumeric} ${join(zero, " ")} WHEN ${finite(result)} IS NULL THEN ${node.infinite} END`;
  return {
    type: "number",
    value: finite(result),
    reason: coalesce([...reasonsOf(operands), own]),
    leftOut: total(leftOutOf(operands)),
  };
}

const leftOutOf = (references: readonly Reference[]): Sql[] =>
  references.flatMap(({ leftOut }) => (leftOut === undefined ? [] : [sql`COALESCE(${leftOut}, 0)`]));

const total = (counts: readonly Sql[]): Sql | undefined =>
  counts.length === 0 ? undefined : join(counts, " + ");

/** How many of some members have no number, where they may have none, and how many these are computed without. */
function countLeftOut(members: readonly Reference[], isRefusing: boolean, dialect: Dialect): Sql | undefined {
  const own = members.flatMap((member) => {
    if (member.type === "number" && (isRefusing || member.reason === undefined)) return [];
    return [sql`CAST((${numeric(member, dialect)}) IS NULL AS INTEGER)`];
  });
  return total([...own, ...leftOutOf(members)]);
}

const reasonsOf = (references: readonly Reference[]): Sql[] =>
  references.flatMap(({ reason }) => (reason === undefined ? [] : [reason]));

function compileCombine(node: NodeOf<"combine">, refer: Refer, dialect: Dialect): Compiled {
  const members = node.members.map(refer);
  const neutral = node.how === "add" ? 0 : 1;
  const terms = members.map((member, index) => {
    const filled = sql`COALESCE(${numeric(member, dialect)}, ${double(node.missing === "zero" ? 0 : neutral)})`;
    const scalar = node.scalars?.[index];
    return scalar === undefined ? filled : sql`${double(scalar)} * ${filled}`;
  });
  const sign = node.how === "add" ? " + " : " * ";
  const result = terms.length === 0 ? double(neutral) : sql`(${join(terms, sign)})`;
  const missing = node.missing === "refuse" ? reasonsOf(members) : [];
  const infinite = sql`CASE WHEN ${finite(result)} IS NULL THEN ${node.infinite} END`;
  const reason = coalesce([...missing, infinite]);
  const value =
    missing.length === 0
      ? finite(result)
      : sql`CASE WHEN ${coalesce(missing)} IS NULL THEN ${finite(result)} END`;
  return {
    type: "number",
    value,
    reason,
    leftOut: countLeftOut(members, node.missing === "refuse", dialect),
  };
}

function compileStatistic(node: NodeOf<"statistic">, refer: Refer, dialect: Dialect): Compiled {
  const members = node.members.map(refer);
  const values = members.map((member) => {
    const value = numeric(member, dialect);
    return node.missing === "zero" ? sql`COALESCE(${value}, 0)` : value;
  });
  const statistic = finite(dialect.statistic(node.statistic, values));
  const missing = node.missing === "refuse" ? reasonsOf(members) : [];
  const undefinedReason = sql`CASE WHEN ${statistic} IS NULL THEN ${node.undefined} END`;
  const value =
    missing.length === 0 ? statistic : sql`CASE WHEN ${coalesce(missing)} IS NULL THEN ${statistic} END`;
  return {
    type: "number",
    value,
    reason: coalesce([...missing, undefinedReason]),
    leftOut: countLeftOut(members, node.missing === "refuse", dialect),
  };
}

function compileFraction(node: NodeOf<"fraction">, refer: Refer): Compiled {
  const dividends = node.dividends.map(refer);
  const divisor = refer(node.divisor);
  const total = join([double(0), ...dividends.map(({ value }) => value)], " + ");
  const times = [...dividends, divisor].flatMap(({ time }) => (time === undefined ? [] : [time]));
  const zero = sql`CASE WHEN ${divisor.value} = 0 THEN ${node.zero} END`;
  return {
    type: "number",
    value: finite(sql`((${total}) / NULLIF(${divisor.value}, 0))`),
    reason: coalesce([...reasonsOf([...dividends, divisor]), zero]),
    time: newest(times),
  };
}

/** The newest of some times; undefined where the times of values are not read. */
function newest(times: readonly Sql[]): Sql | undefined {
  return times.length > 1 ? sql`greatest(${join(times, ", ")})` : times[0];
}

function compileChoose(node: NodeOf<"choose">, refer: Refer, dialect: Dialect): Compiled {
  const values = node.members.map((member) => {
    const reference = refer(member);
    return node.type === "text" && reference.type === "number"
      ? dialect.text(reference.value)
      : reference.value;
  });
  const typeless = node.type === "text" ? sql`CAST(NULL AS VARCHAR)` : sql`CAST(NULL AS DOUBLE PRECISION)`;
  const value = coalesce(values.length === 0 ? [typeless] : values);
  return { type: node.type, value, reason: sql`NULL`, onlyReason: node.none };
}

function compileChooseLevel(node: NodeOf<"choose-level">, refer: Refer): Compiled {
  const cases = node.members.map(
    (member, index) => sql`WHEN ${refer(member).value} IS NOT NULL THEN ${bound(node.levels[index] ?? "")}`,
  );
  if (cases.length === 0) return { type: "text", value: sql`CAST(NULL AS VARCHAR)`, reason: undefined };
  return { type: "text", value: sql`CASE ${join(cases, " ")} END`, reason: undefined };
}

function compileCompare(node: NodeOf<"compare">, refer: Refer, dialect: Dialect): Sql {
  const left = refer(node.left);
  const right = refer(node.right);
  const text = (reference: Reference) =>
    reference.type === "text" ? reference.value : dialect.text(reference.value);
  if (node.comparison === "like") return dialect.like(text(left), text(right));
  const sign = new Sql(node.comparison === "!=" ? "<>" : node.comparison);
  if (left.type === "number" || right.type === "number")
    return sql`${numeric(left, dialect)} ${sign} ${numeric(right, dialect)}`;
  return sql`${text(left)} ${sign} ${right.value}`;
}
