import type { Dialect } from "../dialects/dialect.ts";
import type { ContainmentRule, NearestRule, NodeId, SetId } from "../plan-types.ts";
import { type Sql, sql } from "../sql.ts";
import { type Numbered, placeOf, selectPairs } from "./relations.ts";
import type { TableMaker } from "./table-maker.ts";
import type { OperatorStep } from "./types.ts";

/** How the shapes of two sets relate: tables by the engine's own SQL where it is quick, by set operators elsewhere. */
export class SpatialTables {
  readonly #maker: TableMaker;
  readonly #dialect: Dialect;
  readonly #tableOf: (set: SetId) => Sql;

  constructor(maker: TableMaker, dialect: Dialect, tableOf: (set: SetId) => Sql) {
    this.#maker = maker;
    this.#dialect = dialect;
    this.#tableOf = tableOf;
  }

  /** Which members lie in which of the outer subjects, as a table or a query: `outer_row`, `member_row`. */
  pairs(outer: SetId, members: SetId, rule: ContainmentRule): Sql {
    const outerTable = this.#tableOf(outer);
    const memberTable = this.#tableOf(members);
    const stage = "Finding what lies within";
    const name = `pairs${outer}_${members}_${rule.replace("-", "_")}`;
    if (rule !== "largest-overlap")
      return (
        this.#pointsWithin(outer, members, rule) ??
        this.#maker.table(name, stage, () => selectPairs(outerTable, memberTable, rule, this.#dialect))
      );
    const own = this.#dialect.largestOverlap?.(outerTable, memberTable);
    if (own) return this.#maker.table(name, stage, () => own);
    const found = this.#maker.operate(`shared${outer}_${members}`, {
      stage,
      operator: "largest-overlap",
      inputs: { left: shapesOf(memberTable), ...byLabel(outerTable) },
      options: {},
    });
    return this.#maker.table(
      name,
      stage,
      () => sql`SELECT other AS outer_row, row AS member_row FROM ${found} WHERE other IS NOT NULL`,
    );
  }

  /** The same where a set operator finds points within more quickly than SQL, which is asked of what it leaves open. */
  #pointsWithin(outer: SetId, members: SetId, rule: "within" | "centroid"): Sql | undefined {
    const point = this.#dialect.point?.(placeOf(sql`shape`, rule));
    if (!point) return undefined;
    const outerTable = this.#tableOf(outer);
    const memberTable = this.#tableOf(members);
    const found = this.#maker.operate(`containing${outer}_${members}_${rule}`, {
      stage: "Finding what lies within",
      operator: "containing",
      inputs: { left: sql`SELECT ${point} FROM ${memberTable} ORDER BY row`, right: shapesOf(outerTable) },
      options: {},
    });
    const others = sql`(SELECT * FROM ${memberTable} WHERE row IN (SELECT row FROM ${found} WHERE value IS NULL))`;
    return sql`(SELECT other AS outer_row, row AS member_row FROM ${found} WHERE other IS NOT NULL
      UNION ALL ${selectPairs(outerTable, others, rule, this.#dialect)})`;
  }

  /** The table `row`, `other`, `value`: which of the others is nearest, and how far away it is. */
  nearest(set: SetId, rule: NearestRule): Sql {
    const { others, limit, unit, crs } = rule;
    const from = this.#tableOf(set);
    const to = this.#tableOf(others);
    const name = `nearest${set}_${others}_${unit}${crs ?? ""}_${String(limit).replace(/\W/g, "_")}`;
    const stage = "Finding the nearest";
    const own = this.#dialect.nearest?.(from, to, rule);
    if (own)
      return this.#maker.table(
        name,
        stage,
        () => sql`SELECT row, other, distance AS value FROM (${own}) nearest`,
      );
    return this.#maker.operate(name, {
      stage,
      operator: "nearest",
      crs,
      inputs: { left: shapesOf(from), ...byLabel(to) },
      options: { limit },
    });
  }

  /** The table `row`, `value`: how many are near. */
  countNear(id: NodeId, node: Numbered<"count-near">["node"]): Sql {
    const from = this.#tableOf(node.set);
    const to = this.#tableOf(node.others);
    const stage = "Counting what is near";
    const name = `near${id}`;
    const counted = (pairs: Sql) =>
      sql`SELECT row, CAST(count(*) AS DOUBLE PRECISION) AS value FROM (${pairs}) pairs GROUP BY row`;
    const own = this.#dialect.near?.(from, to, node.metres, node.crs);
    const point = this.#dialect.point?.(sql`shape`);
    if (own && point) {
      const points = this.#maker.operate(`points_near${id}`, {
        stage,
        operator: "within-metres",
        inputs: { left: sql`SELECT ${point} FROM ${from} ORDER BY row`, right: shapesOf(to) },
        options: { limit: node.metres },
      });
      const others = sql`(SELECT * FROM ${from} WHERE row IN (SELECT row FROM ${points} WHERE value IS NULL))`;
      const pairs = this.#dialect.near?.(others, to, node.metres, node.crs) ?? own;
      return this.#maker.table(
        name,
        stage,
        () => sql`SELECT row, value FROM ${points} WHERE value IS NOT NULL UNION ALL ${counted(pairs)}`,
      );
    }
    if (own) return this.#maker.table(name, stage, () => counted(own));
    return this.#maker.operate(name, {
      stage,
      operator: "within-distance",
      crs: node.crs,
      inputs: { left: shapesOf(from), right: shapesOf(to) },
      options: { limit: node.metres },
    });
  }

  /** The table `row`, `value`: area or length of each shape itself. */
  measure({ op, set, crs }: Numbered<"area" | "length">["node"]): Sql {
    return this.#maker.operate(`${op}${set}_${crs}`, {
      stage: "Measuring areas",
      operator: "area",
      crs,
      inputs: { left: shapesOf(this.#tableOf(set)) },
      options: {},
    });
  }

  /** The table `row`, `value`: length or area of what lies inside. */
  overlap(id: NodeId, node: Numbered<"overlap">["node"]): Sql {
    const of = this.#tableOf(node.set);
    const others = this.#tableOf(node.others);
    const stage = node.measure === "length" ? "Measuring lines inside areas" : "Measuring areas inside areas";
    const own = this.#dialect.overlap?.(node.measure, of, others, node.crs);
    if (own) return this.#maker.table(`overlap${id}`, stage, () => own);
    return this.#maker.operate(`overlap${id}`, {
      stage,
      operator: node.measure === "length" ? "overlap-length" : "overlap-area",
      crs: node.crs,
      inputs: { left: shapesOf(of), right: shapesOf(others) },
      options: {},
    });
  }
}

/** Shapes of which the first by label counts where several are equal. */
function byLabel(set: Sql): Pick<OperatorStep["inputs"], "right" | "ranked"> {
  return {
    right: shapesOf(set),
    ranked: sql`SELECT CAST(row AS DOUBLE PRECISION) AS row FROM ${set} ORDER BY label, row`,
  };
}

/** The shapes of a set in the order of its rows. */
function shapesOf(set: Sql): Sql {
  return sql`SELECT shape FROM ${set} ORDER BY row`;
}
