import type { Dialect } from "../dialects/dialect.ts";
import type { Node, NodeId } from "../plan-types.ts";
import { join, named, type Sql, sql } from "../sql.ts";
import { operandsOf } from "./levels.ts";
import { type Compiled, compileScalar, type Refer, type Reference } from "./scalar.ts";

/** A column of the innermost query, from a table that is joined to the subjects. */
export interface Source {
  /** Expression over `s`, the subjects, and the joined tables. */
  readonly expression: Sql;
  /** Name under which the layers above read it. */
  readonly name: string;
}

/** A node as it comes from tables, before any layer: its columns, and how they are read above. */
export interface Leaf {
  readonly sources: readonly Source[];
  readonly reference: Reference;
}

/** What a select of nodes is made from. */
export interface Emission {
  readonly nodes: readonly Node[];
  readonly dialect: Dialect;
  /** A node that tables give; undefined for one that is computed from its operands. */
  leaf(id: NodeId): Leaf | undefined;
  /** Columns that a node needs of tables besides its operands. */
  extras(id: NodeId): readonly Source[];
  /** Compiles a node that is computed from operands and extras. */
  compile(id: NodeId, refer: Refer): Compiled;
  /** `FROM` with the subjects as `s` and the joined tables. */
  from(): Sql;
  /** Columns of the subjects that are wanted as they are. */
  readonly carried: readonly Source[];
  /** Whether it is also wanted how many members values are computed without. */
  readonly counted: boolean;
}

/**
 * A query with `row` and the columns of these nodes. Each layer of it computes the nodes of one depth from the layer
 * below, so that the SQL grows with the number of nodes and not with the number of ways through them.
 */
export function emitNodes(wanted: readonly NodeId[], emission: Emission): Sql {
  const layers = new Layers(wanted, emission);
  const deepest = Math.max(0, ...layers.depths.values());
  for (let depth = 1; depth <= deepest; depth++) layers.add(depth);
  return layers.finish();
}

/** A query that grows layer by layer. */
class Layers {
  readonly depths: ReadonlyMap<NodeId, number>;
  readonly #wanted: readonly NodeId[];
  readonly #emission: Emission;
  readonly #lastUse: ReadonlyMap<NodeId, number>;
  readonly #references = new Map<NodeId, Reference>();
  /** The columns of the last layer, each with the depth up to which it is needed. */
  #columns = new Map<string, number>();
  #query: Sql;

  constructor(wanted: readonly NodeId[], emission: Emission) {
    this.#wanted = wanted;
    this.#emission = emission;
    this.depths = findDepths(wanted, emission);
    this.#lastUse = findLastUse(wanted, this.depths, emission);
    this.#query = this.#innermost();
  }

  /** The subjects and what the joined tables give of the nodes. */
  #innermost(): Sql {
    const { carried, from } = this.#emission;
    const selected = new Map<string, Sql>([["row", sql`s.row`]]);
    const take = ({ name, expression }: Source, until: number) => {
      selected.set(name, expression);
      this.#columns.set(name, Math.max(until, this.#columns.get(name) ?? 0));
    };
    this.#columns.set("row", Number.POSITIVE_INFINITY);
    for (const source of carried) take(source, Number.POSITIVE_INFINITY);
    for (const [id, depth] of this.depths) {
      const leaf = depth === 0 ? this.#emission.leaf(id) : undefined;
      for (const source of leaf?.sources ?? []) take(source, this.#lastUse.get(id) ?? 0);
      if (leaf) this.#references.set(id, leaf.reference);
      for (const source of this.#emission.extras(id)) take(source, depth);
    }
    return select([...selected], from());
  }

  /** Puts a layer on top: the nodes of one depth, and what is still needed of the layer below. */
  add(depth: number): void {
    const kept = [...this.#columns].filter(([, until]) => until > depth);
    const fresh = [...this.depths].flatMap(([id, own]) =>
      own === depth ? [{ id, ...stored(id, this.#emission.compile(id, this.#refer)) }] : [],
    );
    const columns: [string, Sql][] = kept.map(([name]) => [name, named(name)]);
    this.#columns = new Map(kept);
    for (const { id, parts, reference } of fresh) {
      columns.push(...parts);
      for (const [name] of parts) this.#columns.set(name, this.#lastUse.get(id) ?? depth);
      this.#references.set(id, reference);
    }
    this.#query = select(columns, sql`FROM (${this.#query}${this.#emission.dialect.fence}) layer_${depth}`);
  }

  finish(): Sql {
    const outputs = this.#wanted.flatMap((id) => {
      const { leftOut, ...reference } = this.#refer(id);
      return outputColumns(id, this.#emission.counted ? { ...reference, leftOut } : reference);
    });
    const carried = this.#emission.carried.map(({ name }): [string, Sql] => [name, named(name)]);
    return select([["row", sql`row`], ...carried, ...outputs], sql`FROM (${this.#query}) layers`);
  }

  #refer = (id: NodeId): Reference => this.#references.get(id) ?? inline(id, this.#emission, this.#refer);
}

function select(columns: readonly (readonly [string, Sql])[], from: Sql): Sql {
  const list = columns.map(([name, expression]) =>
    expression.sql === name ? expression : sql`${expression} AS ${named(name)}`,
  );
  return sql`SELECT ${join(list, ", ")} ${from}`;
}

/** Names of the columns that hold a node in a query or table. */
export const columnNames = (id: NodeId) => ({
  value: `v${id}`,
  reason: `r${id}`,
  time: `t${id}`,
  series: `j${id}`,
  leftOut: `n${id}`,
});

/** The reason of a column whose values are all missing for the same. */
export function reasonWhere(column: string, reason: number): Sql {
  return sql`CASE WHEN ${named(column)} IS NULL THEN ${reason} END`;
}

function outputColumns(
  id: NodeId,
  { value, reason, onlyReason, time, series, leftOut }: Reference,
): [string, Sql][] {
  const names = columnNames(id);
  return [
    [names.value, value],
    ...(reason && onlyReason === undefined ? [[names.reason, reason] satisfies [string, Sql]] : []),
    ...(time ? [[names.time, time] satisfies [string, Sql]] : []),
    ...(series ? [[names.series, series] satisfies [string, Sql]] : []),
    ...(leftOut ? [[names.leftOut, leftOut] satisfies [string, Sql]] : []),
  ];
}

/** The columns of a computed node, and how they are read above. */
function stored(id: NodeId, compiled: Compiled) {
  return { parts: outputColumns(id, compiled), reference: storedReference(id, undefined, compiled) };
}

/** A node whose columns lie in a table or query, read through its alias where it has one. */
export function storedReference(
  id: NodeId,
  alias: string | undefined,
  { type, reason, onlyReason, time, series, leftOut }: Reference,
): Reference {
  const names = columnNames(id);
  const place = (name: string) => (alias === undefined ? name : `${alias}.${name}`);
  const column = (name: string) => named(place(name));
  return {
    type,
    value: column(names.value),
    reason:
      onlyReason === undefined ? reason && column(names.reason) : reasonWhere(place(names.value), onlyReason),
    onlyReason,
    time: time && column(names.time),
    series: series && column(names.series),
    leftOut: leftOut && column(names.leftOut),
  };
}

/** Constants need no column: they are written where they are used. */
function inline(id: NodeId, { nodes, dialect }: Emission, refer: Refer): Reference {
  const node = nodes[id];
  if (node?.op !== "constant" && node?.op !== "number")
    throw new Error(`node ${id} is read before it is computed`);
  return compileScalar(node, refer, dialect);
}

const isConstant = (node: Node | undefined) => node?.op === "constant" || node?.op === "number";

function findDepths(wanted: readonly NodeId[], emission: Emission): Map<NodeId, number> {
  const depths = new Map<NodeId, number>();
  const visit = (id: NodeId): number => {
    const node = emission.nodes[id];
    if (!node || isConstant(node)) return 0;
    const known = depths.get(id);
    if (known !== undefined) return known;
    const depth = emission.leaf(id) ? 0 : 1 + Math.max(0, ...operandsOf(node).map(visit));
    depths.set(id, depth);
    return depth;
  };
  for (const id of wanted) visit(id);
  return depths;
}

function findLastUse(
  wanted: readonly NodeId[],
  depths: ReadonlyMap<NodeId, number>,
  emission: Emission,
): Map<NodeId, number> {
  const lastUse = new Map<NodeId, number>(wanted.map((id) => [id, Number.POSITIVE_INFINITY]));
  for (const [id, depth] of depths) {
    const node = emission.nodes[id];
    if (!node || depth === 0) continue;
    for (const operand of operandsOf(node)) lastUse.set(operand, Math.max(depth, lastUse.get(operand) ?? 0));
  }
  return lastUse;
}
