import type { Dialect } from "../dialects/dialect.ts";
import type { Node, NodeId, Plan, SetId } from "../plan-types.ts";
import { join, named, type Sql, sql } from "../sql.ts";
import { columnNames, emitNodes, type Leaf, type Source, storedReference } from "./emit.ts";
import { leafOf, readLeaf } from "./leaves.ts";
import { findLevels, inputsOf, type Levels, nodeAt, operandsOf, setAt } from "./levels.ts";
import { Lookups, selectFixed, selectLatest, selectSeries } from "./lookups.ts";
import { compileMatch, matchSource } from "./match.ts";
import {
  type Numbered,
  selectAggregates,
  selectBounds,
  selectContaining,
  selectNearest,
} from "./relations.ts";
import { type Compiled, compileScalar, numeric, type Refer, type Reference } from "./scalar.ts";
import { selectSubjects } from "./set-tables.ts";
import { SpatialTables } from "./spatial-tables.ts";
import { TableMaker } from "./table-maker.ts";
import type { Step } from "./types.ts";

/** A node that lies in a table. */
interface Stored {
  readonly table: string;
  /** Read without an alias. */
  readonly reference: Reference;
}

/** Makes the steps of one plan: each table once, after all that it is made from. */
export class PlanCompiler {
  readonly #plan: Plan;
  readonly #dialect: Dialect;
  readonly #maker: TableMaker;
  readonly #spatial: SpatialTables;
  readonly #times: boolean;
  readonly #levels: Levels;
  readonly #lookups = new Map<SetId, Lookups>();
  /** Values that others take, by node. */
  readonly #stored = new Map<NodeId, Stored>();
  /** The tables of spatial relations, by node. */
  readonly #related = new Map<NodeId, string>();

  constructor(plan: Plan, dialect: Dialect, prefix: string, times: boolean) {
    this.#times = times;
    this.#plan = plan;
    this.#dialect = dialect;
    this.#maker = new TableMaker(dialect, prefix);
    this.#spatial = new SpatialTables(this.#maker, dialect, (set) => this.#set(set));
    this.#levels = findLevels(plan);
  }

  get steps(): readonly Step[] {
    return this.#maker.steps;
  }

  /** Names of all tables that the steps make. */
  get tables(): readonly string[] {
    return this.#maker.tables;
  }

  /** A query with `row`, the carried columns and the columns of nodes of a set; the steps before it make its tables. */
  emit(set: SetId, wanted: readonly NodeId[], carried: readonly Source[] = []) {
    const subjects = this.#set(set);
    this.#joins(wanted);
    // Making the tables may have put some of the nodes into one: only now it is certain what is joined.
    const joins = this.#joins(wanted);
    const dialect = this.#dialect;
    const references = new Map<NodeId, Reference>();
    const query = emitNodes(wanted, {
      nodes: this.#plan.nodes,
      dialect,
      carried,
      leaf: remembered((id) => this.#leaf(id)),
      extras: remembered((id) => this.#extras(id)),
      compile: (id, refer) => {
        const compiled = this.#compile(id, refer);
        references.set(id, compiled);
        return compiled;
      },
      from: () => {
        const tables = [...joins].map(
          (table) =>
            sql` LEFT JOIN ${named(table)} ${named(this.#maker.alias(table))} ON ${named(this.#maker.alias(table))}.row = s.row`,
        );
        return sql`FROM ${subjects} s${join(tables, "")}`;
      },
    });
    return {
      query,
      references: (id: NodeId): Reference =>
        references.get(id) ?? this.#leaf(id)?.reference ?? this.#constant(id),
    };
  }

  #constant(id: NodeId): Reference {
    return compileScalar(nodeAt(this.#plan, id), () => this.#constant(id), this.#dialect);
  }

  #set(id: SetId): Sql {
    return this.#maker.table(`set${id}`, "Selecting subjects", () => {
      const set = setAt(this.#plan, id);
      if ("of" in set) return this.#filtered(set.of, set.where);
      const names = {
        set: (other: SetId) => this.#set(other),
        merged: (other: SetId) => this.#merged(other),
      };
      return selectSubjects(set, names, this.#dialect, this.#isOrdered(id));
    });
  }

  /** Whether the order of a set shows in values: groups depend on where they start. */
  #isOrdered(id: SetId): boolean {
    return this.#levels.used(id).some((node) => nodeAt(this.#plan, node).op === "cluster");
  }

  #filtered(of: SetId, where: NodeId): Sql {
    const base = this.#set(of);
    const { table } = this.#store(where);
    return sql`SELECT row_number() OVER (ORDER BY s.row) - 1 AS row, s.provider, s.subject_type, s.label, s.name, s.shape, s.part, s.position
      FROM ${base} s JOIN ${named(table)} v ON v.row = s.row WHERE v.${named(columnNames(where).value)}`;
  }

  #merged(id: SetId): Sql {
    return this.#maker.table(`merged${id}`, "Merging shapes", () => {
      const set = this.#set(id);
      this.#maker.steps.push({
        kind: "notice",
        stage: "Merging shapes",
        statement: sql`SELECT count(*) AS number FROM ${set}`,
        sentence: "No subject matches a rule about place, so no subject can lie to it in any way.",
      });
      return sql`SELECT ${this.#dialect.merge(sql`shape`)} AS shape FROM ${set}`;
    });
  }

  /** The tables that a query of these nodes joins. */
  #joins(wanted: readonly NodeId[]): Set<string> {
    const joins = new Set<string>();
    const seen = new Set<NodeId>();
    for (const id of wanted) this.#prepare(id, joins, seen);
    return joins;
  }

  /** Makes all tables that a node needs, and notes those that its query joins. */
  #prepare(id: NodeId, joins: Set<string>, seen: Set<NodeId>): void {
    if (seen.has(id)) return;
    seen.add(id);
    const node = nodeAt(this.#plan, id);
    const stored = this.#stored.get(id);
    if (stored) {
      joins.add(stored.table);
      return;
    }
    for (const table of this.#tablesOf(id, node)) joins.add(table);
    for (const operand of operandsOf(node)) this.#prepare(operand, joins, seen);
  }

  #tablesOf(id: NodeId, node: Node): string[] {
    switch (node.op) {
      case "fixed":
      case "match":
        return node.op === "match" && node.tests.length === 0 ? [] : [this.#lookupTable("fixed", node.set)];
      case "latest":
      case "series":
        return [this.#lookupTable(node.op, node.set)];
      case "aggregate":
      case "containing":
      case "nearest":
        return [this.#relate(id, node)];
      case "nearest-distance":
        return [this.#spatial.nearest(node.set, node).sql];
      case "area":
      case "length":
        return this.#dialect.measure(node.op, sql`s.shape`, node.crs)
          ? []
          : [this.#spatial.measure(node).sql];
      case "count-near":
        return [this.#spatial.countNear(id, node).sql];
      case "overlap":
        return [this.#spatial.overlap(id, node).sql];
      case "cluster":
        return [this.#cluster(id, node).sql];
      case "percentile":
        this.#bounds(id, node);
        return [];
      default:
        return [];
    }
  }

  #lookupsOf(set: SetId): Lookups {
    const known =
      this.#lookups.get(set) ?? new Lookups(this.#levels.used(set).map((id) => nodeAt(this.#plan, id)));
    this.#lookups.set(set, known);
    return known;
  }

  #lookupTable(kind: "fixed" | "latest" | "series", set: SetId): string {
    const of = { set: this.#set(set), type: typeOfAll(this.#plan, set) };
    const lookups = this.#lookupsOf(set);
    return this.#maker.table(`${kind}${set}`, "Reading values", () => {
      if (kind === "fixed") return selectFixed(of, lookups.fixed.list);
      return kind === "latest"
        ? selectLatest(of, lookups.latest.list, this.#dialect, this.#times)
        : selectSeries(of, lookups.series.list, this.#dialect);
    }).sql;
  }

  /** Puts a node, with all others of its set and round that are taken from a table, into one. */
  #store(id: NodeId): Stored {
    const known = this.#stored.get(id);
    if (known) return known;
    const { set } = nodeAt(this.#plan, id);
    const level = this.#levels.levelOf(id);
    const all = this.#levels.demanded(set, level).filter((each) => !isConstant(nodeAt(this.#plan, each)));
    const wanted = all.includes(id) ? all : [...all, id];
    const { query, references } = this.emit(set, wanted);
    const table = this.#maker.table(`values${set}_${level}`, "Computing values", () => query).sql;
    for (const each of wanted) {
      const reference = storedReference(each, undefined, references(each));
      this.#stored.set(each, { table, reference });
    }
    return this.#stored.get(id) ?? { table, reference: references(id) };
  }

  /** The table of the inputs of some nodes; undefined when all of them are constants. */
  #valuesOf(inputs: readonly NodeId[]): Sql | undefined {
    const tables = new Set(
      inputs.filter((id) => !isConstant(nodeAt(this.#plan, id))).map((id) => this.#store(id).table),
    );
    const [table, ...others] = tables;
    if (table === undefined) return undefined;
    // Values of the same set in tables of different rounds: `v` is all of them side by side.
    if (others.length === 0) return named(table);
    const joined = others.map((other) => sql` JOIN ${named(other)} USING (row)`);
    return sql`(SELECT * FROM ${named(table)}${join(joined, "")})`;
  }

  /** Reads a stored value through the alias `v`. */
  #referStored = (id: NodeId): Reference => {
    const stored = this.#stored.get(id);
    return stored ? storedReference(id, "v", stored.reference) : this.#constant(id);
  };

  /** The table of a spatial relation, with all nodes of the same kind, sets and round. */
  #relate(id: NodeId, node: Numbered<"aggregate" | "containing" | "nearest">["node"]): string {
    const known = this.#related.get(id);
    if (known !== undefined) return known;
    const key = relationKey(node, this.#levels.levelOf(id));
    const group = this.#levels.used(node.set).flatMap((other) => {
      const candidate = nodeAt(this.#plan, other);
      return relationKey(candidate, this.#levels.levelOf(other)) === key
        ? [{ id: other, node: candidate }]
        : [];
    });
    const values = this.#valuesOf(group.flatMap((each) => inputsOf(each.node)));
    const name = `related${id}`;
    const table = this.#maker.table(name, "Combining values", () =>
      this.#selectRelated(node, group, values),
    ).sql;
    for (const each of group) this.#related.set(each.id, table);
    return table;
  }

  #selectRelated(
    node: Numbered<"aggregate" | "containing" | "nearest">["node"],
    group: readonly { readonly id: NodeId; readonly node: Node }[],
    values: Sql | undefined,
  ): Sql {
    const set = this.#set(node.set);
    const refer = this.#referStored;
    switch (node.op) {
      case "aggregate": {
        const nodes = group.filter((each): each is Numbered<"aggregate"> => each.node.op === "aggregate");
        return selectAggregates(
          nodes,
          this.#spatial.pairs(node.set, node.members, node.rule),
          values,
          refer,
          this.#dialect,
        );
      }
      case "containing": {
        const nodes = group.filter((each): each is Numbered<"containing"> => each.node.op === "containing");
        return selectContaining(
          nodes,
          set,
          this.#spatial.pairs(node.container, node.set, node.rule),
          values,
          refer,
        );
      }
      case "nearest": {
        const nodes = group.filter((each): each is Numbered<"nearest"> => each.node.op === "nearest");
        return selectNearest(nodes, set, this.#spatial.nearest(node.set, node), values, refer);
      }
    }
  }

  #cluster(id: NodeId, node: Numbered<"cluster">["node"]): Sql {
    const values = this.#valuesOf(node.members);
    const columns = node.members.map(
      (member, index) => sql`${numeric(this.#referStored(member), this.#dialect)} AS ${named(`x${index}`)}`,
    );
    const rows = values
      ? sql`SELECT ${join(columns, ", ")} FROM ${values} v ORDER BY v.row`
      : sql`SELECT ${join(columns, ", ")} FROM ${this.#set(node.set)} ORDER BY row`;
    return this.#maker.operate(`cluster${id}`, {
      stage: "Clustering",
      operator: "cluster",
      inputs: { values: rows },
      options: { count: node.count, seed: node.seed },
    });
  }

  #bounds(id: NodeId, node: Numbered<"percentile">["node"]): Sql {
    return this.#maker.table(`bounds${id}`, "Finding percentiles", () => {
      const reference = nodeAt(this.#plan, node.reference);
      const set = this.#set(reference.set);
      const values = this.#valuesOf([node.reference]) ?? set;
      const inner = this.#referStored(node.reference);
      const value = numeric(inner, this.#dialect);
      if (node.missing === "refuse") {
        this.#maker.steps.push({
          kind: "check",
          stage: "Finding percentiles",
          title: node.title,
          statement: sql`SELECT s.label, s.name, ${inner.reason ?? sql`NULL`} AS reason FROM ${set} s JOIN ${values} v ON v.row = s.row
            WHERE ${value} IS NULL ORDER BY s.label LIMIT 1`,
        });
      }
      return selectBounds(node, values, value, this.#dialect);
    });
  }

  /** Columns that a node reads besides those of its operands: whether its subject passes a test. */
  #extras(id: NodeId): readonly Source[] {
    const node = nodeAt(this.#plan, id);
    return node.op === "match" && !this.#stored.has(id)
      ? [matchSource(id, node, this.#lookupsOf(node.set))]
      : [];
  }

  #compile(id: NodeId, refer: Refer): Compiled {
    const node = nodeAt(this.#plan, id);
    if (node.op === "match") return compileMatch(id, node, refer);
    if (node.op === "percentile") return this.#compilePercentile(id, node, refer);
    return compileScalar(node, refer, this.#dialect);
  }

  #compilePercentile(id: NodeId, node: Numbered<"percentile">["node"], refer: Refer): Compiled {
    const inner = refer(node.of);
    const value = numeric(inner, this.#dialect);
    const bounds = sql`(SELECT bounds FROM ${this.#bounds(id, node)})`;
    const bucket = sql`least(${node.count}, 1 + ${this.#dialect.countBelow(bounds, value, node.count)})`;
    const number = node.inverse ? sql`${node.count + 1} - ${bucket}` : bucket;
    const own = sql`CASE WHEN ${value} IS NULL THEN ${node.notNumeric} WHEN ${bounds} IS NULL THEN ${node.empty} END`;
    return {
      type: "number",
      value: sql`CASE WHEN ${value} IS NOT NULL AND ${bounds} IS NOT NULL THEN CAST(${number} AS DOUBLE PRECISION) END`,
      reason: inner.reason ? sql`COALESCE(${inner.reason}, ${own})` : own,
    };
  }

  /** A node that a table or the subjects themselves give. */
  #leaf(id: NodeId): Leaf | undefined {
    const stored = this.#stored.get(id);
    if (stored) return leafOf(id, storedReference(id, this.#maker.alias(stored.table), stored.reference));
    return readLeaf(id, nodeAt(this.#plan, id), {
      dialect: this.#dialect,
      times: this.#times,
      lookupsOf: (set) => this.#lookupsOf(set),
      relationOf: (related, node) => this.#maker.alias(this.#relate(related, node)),
      nearestOf: (node) => this.#maker.alias(this.#spatial.nearest(node.set, node).sql),
      measureOf: (node) => this.#maker.alias(this.#spatial.measure(node).sql),
      innerOf: (inner) => this.#stored.get(inner)?.reference ?? this.#constant(inner),
    });
  }
}

/** The provider and type that all subjects of a set share; undefined when they may differ. */
function typeOfAll(plan: Plan, id: SetId) {
  const set = setAt(plan, id);
  if ("of" in set) return typeOfAll(plan, set.of);
  const [only, another] = set.selections;
  const isKnown = only && !another && only.provider !== "*" && only.subjectType !== "*";
  return isKnown ? only : undefined;
}

const isConstant = ({ op }: Node) => op === "constant" || op === "number";

function relationKey(node: Node, level: number): string | undefined {
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

/** Asks once for each node. */
function remembered<Result>(ask: (id: NodeId) => Result): (id: NodeId) => Result {
  const known = new Map<NodeId, { readonly result: Result }>();
  return (id) => {
    const found = known.get(id) ?? { result: ask(id) };
    known.set(id, found);
    return found.result;
  };
}
