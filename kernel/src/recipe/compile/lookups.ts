import type { Dialect } from "../dialects/dialect.ts";
import type { AttributeReference, Node, TimeWindow } from "../plan-types.ts";
import { bound, join, named, type Sql, sql } from "../sql.ts";

/** An attribute, and the span of time in which its values are looked for. */
type Wanted = AttributeReference & { readonly [Edge in keyof TimeWindow]: TimeWindow[Edge] | undefined };

/** Attributes, each once, by the number of its columns. */
class Numbered {
  readonly list: Wanted[] = [];
  readonly #numbers = new Map<string, number>();

  add({ provider, attribute, from, to }: Wanted): void {
    const key = keyOf({ provider, attribute, from, to });
    if (this.#numbers.has(key)) return;
    this.#numbers.set(key, this.list.length);
    this.list.push({ provider, attribute, from, to });
  }

  numberOf(wanted: Wanted): number {
    return this.#numbers.get(keyOf(wanted)) ?? -1;
  }
}

const keyOf = ({ provider, attribute, from, to }: Wanted): string =>
  JSON.stringify([provider, attribute, from, to]);

/** What of the store's values a set of subjects needs: each attribute once, read in one pass. */
export class Lookups {
  readonly fixed = new Numbered();
  readonly latest = new Numbered();
  readonly series = new Numbered();

  constructor(nodes: readonly Node[]) {
    for (const node of nodes) {
      if (node.op === "fixed") this.fixed.add(node);
      else if (node.op === "match") for (const test of node.tests) this.fixed.add(test);
      else if (node.op === "latest") this.latest.add(node);
      else if (node.op === "series") this.series.add(node);
    }
  }
}

/** The subjects whose values are looked up. */
export interface Owners {
  readonly set: Sql;
  /** The provider and type of all of them, when they share one: then only labels need be compared. */
  readonly type: { readonly provider: string; readonly subjectType: string } | undefined;
  /** Whether they are all of that type, each known by its label: then they need not be looked at. */
  readonly isWhole: boolean;
}

/** The values `v` of the attributes wanted, by the `row` of the subject that has them. */
function selectOfSubjects(
  { set, type, isWhole }: Owners,
  values: "fixed_values" | "timed_values",
  wanted: readonly AttributeReference[],
  columns: readonly Sql[],
): Sql {
  const list = join(columns, ", ");
  const of = sql`FROM ${named(values)} v JOIN ${wantedRows(wanted)} ON v.provider = w.provider AND v.attribute = w.attribute`;
  const isOfType =
    type && sql`v.subject_provider = ${bound(type.provider)} AND v.subject_type = ${bound(type.subjectType)}`;
  if (isWhole && isOfType)
    return sql`SELECT v.subject_label AS row, ${list} ${of} WHERE ${isOfType} GROUP BY v.subject_label`;
  const isSame = isOfType ?? sql`v.subject_provider = s.provider AND v.subject_type = s.subject_type`;
  return sql`SELECT s.row, ${list} ${of} JOIN ${set} s ON ${isSame} AND v.subject_label = s.label GROUP BY s.row`;
}

/** A row of the attributes wanted, numbered. */
function wantedRows(wanted: readonly AttributeReference[]): Sql {
  const rows = wanted.map(
    ({ provider, attribute }, index) => sql`(${bound(provider)}, ${bound(attribute)}, ${index})`,
  );
  return sql`(VALUES ${join(rows, ", ")}) w(provider, attribute, number)`;
}

/** The rows `row`, `f0`, `f1` …: a subject's fixed values. */
export function selectFixed(owners: Owners, wanted: readonly AttributeReference[]): Sql {
  const columns = wanted.map(
    (_, index) => sql`max(v.value) FILTER (WHERE w.number = ${index}) AS ${named(`f${index}`)}`,
  );
  return selectOfSubjects(owners, "fixed_values", wanted, columns);
}

/** The rows `row`, `l0`, `a0`, `l1`, `a1` …: a subject's newest values and their times. */
export function selectLatest(
  owners: Owners,
  wanted: readonly Wanted[],
  dialect: Dialect,
  times: boolean,
): Sql {
  const columns = wanted.flatMap((each, index) => {
    const filter = sql`FILTER (WHERE ${inWindow(each, index)})`;
    return [
      sql`${dialect.latest(sql`v.value`, sql`v.timestamp`)} ${filter} AS ${named(`l${index}`)}`,
      ...(times ? [sql`max(v.timestamp) ${filter} AS ${named(`a${index}`)}`] : []),
    ];
  });
  return selectOfSubjects(owners, "timed_values", wanted, columns);
}

/** The rows `row`, `m0`, `j0` …: the mean of a subject's values and all of them as JSON. */
export function selectSeries(owners: Owners, wanted: readonly Wanted[], dialect: Dialect): Sql {
  const columns = wanted.flatMap((each, index) => {
    const filter = sql`FILTER (WHERE ${inWindow(each, index)})`;
    return [
      sql`avg(v.value) ${filter} AS ${named(`m${index}`)}`,
      sql`${dialect.series(sql`v.timestamp`, sql`v.value`, filter)} AS ${named(`j${index}`)}`,
    ];
  });
  return selectOfSubjects(owners, "timed_values", wanted, columns);
}

function inWindow({ from, to }: Wanted, index: number): Sql {
  const tests = [sql`w.number = ${index}`];
  if (from !== undefined) tests.push(sql`v.timestamp >= CAST(${bound(from)} AS TIMESTAMP)`);
  if (to !== undefined) tests.push(sql`v.timestamp < CAST(${bound(to)} AS TIMESTAMP)`);
  return join(tests, " AND ");
}
