import type { Dialect } from "../dialects/dialect.ts";
import type { NodeId, Plan, SetId } from "../plan-types.ts";
import { named, type Sql, sql } from "../sql.ts";
import { isBoundedBySubjects } from "./bounding.ts";
import { columnNames } from "./emit.ts";
import { type Levels, nodeAt, setAt, typeOfAll, wholeTypeOf } from "./levels.ts";
import { selectSubjects, subjectsInPlace } from "./set-tables.ts";
import type { TableMaker } from "./table-maker.ts";

/** The tables of subjects, each made once. */
export class SubjectTables {
  readonly #plan: Plan;
  readonly #dialect: Dialect;
  readonly #maker: TableMaker;
  readonly #levels: Levels;
  readonly #store: (node: NodeId) => { readonly table: string };

  /** `store` puts a node's values into a table. */
  constructor(
    plan: Plan,
    dialect: Dialect,
    maker: TableMaker,
    levels: Levels,
    store: (node: NodeId) => { readonly table: string },
  ) {
    this.#plan = plan;
    this.#dialect = dialect;
    this.#maker = maker;
    this.#levels = levels;
    this.#store = store;
  }

  /** The subjects of a set, known by `row`: a table in which they are numbered from 0, or where they lie in the store. */
  of(id: SetId): Sql {
    const whole = wholeTypeOf(this.#plan, id, this.#levels);
    if (whole) return subjectsInPlace(whole);
    return this.#maker.table(`set${id}`, "Selecting subjects", () => {
      const set = setAt(this.#plan, id);
      if ("of" in set) return this.#filtered(set.of, set.where);
      const names = {
        set: (other: SetId) => this.of(other),
        merged: (other: SetId) => this.#merged(other),
      };
      return selectSubjects(set, names, this.#dialect, {
        ordered: this.#isOrdered(id),
        plain: this.#isPlain(id),
        ...(isBoundedBySubjects(this.#plan, id) && { beside: this.of(this.#plan.subjects) }),
      });
    });
  }

  /** Whether the order of a set shows in values: groups depend on where they start. */
  #isOrdered(id: SetId): boolean {
    return this.#levels.used(id).some((node) => nodeAt(this.#plan, node).op === "cluster");
  }

  /** Whether nothing but labels and shapes of a set is read: it is neither the result's, nor filtered, nor told of by name. */
  #isPlain(id: SetId): boolean {
    const { sets, nodes, subjects } = this.#plan;
    if (id === subjects || !typeOfAll(this.#plan, id)) return false;
    if (sets.some((set) => "of" in set && set.of === id)) return false;
    if (nodes.some((node) => node.op === "percentile" && nodeAt(this.#plan, node.reference).set === id))
      return false;
    return (
      !this.#isOrdered(id) && !this.#levels.used(id).some((node) => nodeAt(this.#plan, node).op === "name")
    );
  }

  #filtered(of: SetId, where: NodeId): Sql {
    const base = this.of(of);
    const { table } = this.#store(where);
    return sql`SELECT row_number() OVER (ORDER BY s.row) - 1 AS row, s.provider, s.subject_type, s.label, s.name, s.shape, s.part, s.position
      FROM ${base} s JOIN ${named(table)} v ON v.row = s.row WHERE v.${named(columnNames(where).value)}`;
  }

  #merged(id: SetId): Sql {
    return this.#maker.table(`merged${id}`, "Merging shapes", () => {
      const shapes = sql`FROM ${this.of(id)} WHERE shape IS NOT NULL`;
      this.#maker.steps.push({
        kind: "notice",
        stage: "Merging shapes",
        statement: sql`SELECT count(*) AS number ${shapes}`,
        sentence: "The place that the recipe names is not in the store, so no subject can be found by it.",
      });
      return sql`SELECT ${this.#dialect.merge(sql`shape`)} AS shape ${shapes} HAVING count(*) > 0`;
    });
  }
}
