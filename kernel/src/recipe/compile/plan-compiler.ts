import type { Dialect } from "../dialects/dialect.ts";
import type { Node, NodeId, Plan, SetId } from "../plan-types.ts";
import { join, named, type Sql, sql } from "../sql.ts";
import { type Emission, emitNodes, type Leaf, type Source, storedReference } from "./emit.ts";
import { leafOf, readLeaf } from "./leaves.ts";
import { findLevels, inputsOf, type Levels, nodeAt, operandsOf, typeOfAll, wholeTypeOf } from "./levels.ts";
import { Lookups, selectFixed, selectLatest, selectSeries } from "./lookups.ts";
import { compileMatch, matchSource } from "./match.ts";
import {
  boundsSource,
  checkReference,
  compilePercentile,
  groupPercentiles,
  type Percentile,
  selectBounds,
} from "./percentile.ts";
import { type Related, relationKey, selectRelated } from "./related.ts";
import type { Numbered } from "./relations.ts";
import { type Compiled, compileScalar, numeric, type Refer, type Reference } from "./scalar.ts";
import { SpatialTables } from "./spatial-tables.ts";
import { SubjectTables } from "./subject-tables.ts";
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
  readonly #subjects: SubjectTables;
  readonly #spatial: SpatialTables;
  readonly #times: boolean;
  readonly #levels: Levels;
  readonly #lookups = new Map<SetId, Lookups>();
  /** Values that others take, by node. */
  readonly #stored = new Map<NodeId, Stored>();
  /** The tables of spatial relations, by node. */
  readonly #related = new Map<NodeId, string>();
  readonly #percentiles: ReadonlyMap<NodeId, readonly Percentile[]>;
  /** The tables of the bounds of percentiles. */
  readonly #bounded = new Set<string>();

  constructor(plan: Plan, dialect: Dialect, prefix: string, times: boolean) {
    this.#times = times;
    this.#plan = plan;
    this.#dialect = dialect;
    this.#maker = new TableMaker(dialect, prefix);
    this.#levels = findLevels(plan);
    this.#percentiles = groupPercentiles(plan, this.#levels);
    this.#subjects = new SubjectTables(plan, dialect, this.#maker, this.#levels, (node) => this.#store(node));
    this.#spatial = new SpatialTables(this.#maker, dialect, (set) => this.#subjects.of(set));
  }

  get steps(): readonly Step[] {
    return this.#maker.steps;
  }

  /** A query with `row`, the carried columns and the columns of nodes of a set; the steps before it make its tables. */
  emit(
    set: SetId,
    wanted: readonly NodeId[],
    { carried = [], counted = false }: Partial<Pick<Emission, "carried" | "counted">> = {},
  ) {
    const subjects = this.#subjects.of(set);
    this.#joins(wanted);
    // Making the tables may have put some of the nodes into one: only now it is certain what is joined.
    const joins = this.#joins(wanted);
    const dialect = this.#dialect;
    const references = new Map<NodeId, Reference>();
    const query = emitNodes(wanted, {
      nodes: this.#plan.nodes,
      dialect,
      carried,
      counted,
      leaf: remembered((id) => this.#leaf(id)),
      extras: remembered((id) => this.#extras(id)),
      compile: (id, refer) => {
        const compiled = this.#compile(id, refer);
        references.set(id, compiled);
        return compiled;
      },
      from: () => {
        const tables = [...joins].map((table) => {
          const alias = named(this.#maker.alias(table));
          // Of bounds there is one row for all subjects.
          return this.#bounded.has(table)
            ? sql` CROSS JOIN ${named(table)} ${alias}`
            : sql` LEFT JOIN ${named(table)} ${alias} ON ${alias}.row = s.row`;
        });
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
        return [this.#bounds(id)];
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
    const of = {
      set: this.#subjects.of(set),
      type: typeOfAll(this.#plan, set),
      isWhole: wholeTypeOf(this.#plan, set, this.#levels) !== undefined,
    };
    const lookups = this.#lookupsOf(set);
    const select = () => {
      if (kind === "fixed") return selectFixed(of, lookups.fixed.list);
      return kind === "latest"
        ? selectLatest(of, lookups.latest.list, this.#dialect, this.#times)
        : selectSeries(of, lookups.series.list, this.#dialect);
    };
    return this.#maker.table(`${kind}${set}`, "Reading values", select, true).sql;
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
      const reference = storedReference(each, undefined, { ...references(each), leftOut: undefined });
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
  #relate(id: NodeId, node: Related): string {
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
      selectRelated(node, group, {
        set: (set) => this.#subjects.of(set),
        spatial: this.#spatial,
        values,
        refer: this.#referStored,
        dialect: this.#dialect,
      }),
    ).sql;
    for (const each of group) this.#related.set(each.id, table);
    return table;
  }

  #cluster(id: NodeId, node: Numbered<"cluster">["node"]): Sql {
    const values = this.#valuesOf(node.members);
    const columns = node.members.map(
      (member, index) => sql`${numeric(this.#referStored(member), this.#dialect)} AS ${named(`x${index}`)}`,
    );
    const rows = values
      ? sql`SELECT ${join(columns, ", ")} FROM ${values} v ORDER BY v.row`
      : sql`SELECT ${join(columns, ", ")} FROM ${this.#subjects.of(node.set)} ORDER BY row`;
    return this.#maker.operate(`cluster${id}`, {
      stage: "Clustering",
      operator: "cluster",
      inputs: { values: rows },
      options: { count: node.count, seed: node.seed },
    });
  }

  /** The table of the bounds of a percentile, and of those that are found with it. */
  #bounds(id: NodeId): string {
    const group = this.#percentiles.get(id) ?? [];
    const references = group.map(({ node }) => node.reference);
    const table = this.#maker.table(`bounds${group[0]?.id}`, "Finding percentiles", () => {
      const set = this.#subjects.of(nodeAt(this.#plan, references[0] ?? id).set);
      const values = this.#valuesOf(references) ?? set;
      const check = checkReference(group, set, values, this.#referStored, this.#dialect);
      if (check) this.#maker.steps.push(check);
      return selectBounds(group, values, this.#referStored, this.#dialect);
    }).sql;
    this.#bounded.add(table);
    return table;
  }

  /** Columns that a node reads besides those of its operands: whether its subject passes a test. */
  #extras(id: NodeId): readonly Source[] {
    const node = nodeAt(this.#plan, id);
    if (this.#stored.has(id)) return [];
    if (node.op === "match") return [matchSource(id, node, this.#lookupsOf(node.set))];
    return node.op === "percentile" ? [boundsSource(id, this.#maker.alias(this.#bounds(id)))] : [];
  }

  #compile(id: NodeId, refer: Refer): Compiled {
    const node = nodeAt(this.#plan, id);
    if (node.op === "match") return compileMatch(id, node, refer);
    if (node.op === "percentile") return compilePercentile({ id, node }, refer(node.of), this.#dialect);
    return compileScalar(node, refer, this.#dialect);
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
      isConstant: (inner) => isConstant(nodeAt(this.#plan, inner)),
      innerOf: (inner) => this.#stored.get(inner)?.reference ?? this.#constant(inner),
    });
  }
}

const isConstant = ({ op }: Node) => op === "constant" || op === "number";

/** Asks once for each node. */
function remembered<Result>(ask: (id: NodeId) => Result): (id: NodeId) => Result {
  const known = new Map<NodeId, { readonly result: Result }>();
  return (id) => {
    const found = known.get(id) ?? { result: ask(id) };
    known.set(id, found);
    return found.result;
  };
}
