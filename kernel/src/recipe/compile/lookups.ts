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
}

function ofSubject({ type }: Owners): Sql {
  const label = sql`v.subject_label = s.label`;
  return type
    ? sql`v.subject_provider = ${bound(type.provider)} AND v.subject_type = ${bound(type.subjectType)} AND ${label}`
    : sql`v.subject_provider = s.provider AND v.subject_type = s.subject_type AND ${label}`;
}

/** A row of the attributes wanted, numbered. */
function wantedRows(wanted: readonly Wanted[]): Sql {
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
  return sql`SELECT s.row, ${join(columns, ", ")} FROM fixed_values v
    JOIN ${wantedRows(wanted)} ON v.provider = w.provider AND v.attribute = w.attribute
    JOIN ${owners.set} s ON ${ofSubject(owners)} GROUP BY s.row`;
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
  return selectTimed(owners, wanted, columns);
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
  return selectTimed(owners, wanted, columns);
}

function selectTimed(owners: Owners, wanted: readonly Wanted[], columns: readonly Sql[]): Sql {
  return sql`SELECT s.row, ${join(columns, ", ")} FROM timed_values v
    JOIN ${wantedRows(wanted)} ON v.provider = w.provider AND v.attribute = w.attribute
    JOIN ${owners.set} s ON ${ofSubject(owners)} GROUP BY s.row`;
}

function inWindow({ from, to }: Wanted, index: number): Sql {
  const tests = [sql`w.number = ${index}`];
  if (from !== undefined) tests.push(sql`v.timestamp >= CAST(${bound(from)} AS TIMESTAMP)`);
  if (to !== undefined) tests.push(sql`v.timestamp < CAST(${bound(to)} AS TIMESTAMP)`);
  return join(tests, " AND ");
}
