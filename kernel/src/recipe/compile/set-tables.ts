import type { Dialect } from "../dialects/dialect.ts";
import type { SetId, SubjectSelection, SubjectSet } from "../plan-types.ts";
import { bound, join, named, type Sql, sql } from "../sql.ts";

/** Names of the tables that a compiled plan makes. */
export interface TableNames {
  set(id: SetId): Sql;
  /** The shapes of a set, merged into one. */
  merged(id: SetId): Sql;
}

/** What others want of a table of subjects. */
export interface SubjectsWanted {
  /** Whether the numbers follow the order of the subjects. */
  readonly ordered: boolean;
  /** Whether labels and shapes are all: of many subjects the other columns take as long as these. */
  readonly plain: boolean;
  /** Subjects around which a box is drawn: what has no part in it is left out, and mostly not read. */
  readonly beside?: Sql;
}

/**
 * Subjects, numbered; one that two selections name comes once, at its first place. The result is put in the order of `part` and
 * `position` at its end; the numbers follow that order where they matter themselves, for a sort of many shapes takes long.
 */
export function selectSubjects(
  { selections }: Extract<SubjectSet, { selections: readonly unknown[] }>,
  names: TableNames,
  dialect: Dialect,
  { ordered, plain, beside }: SubjectsWanted,
): Sql {
  const columns = plain ? sql`label, shape` : sql`provider, subject_type, label, name, shape, part, position`;
  if (selections.length === 0)
    return sql`SELECT 0 AS row, ${columns} FROM (SELECT *, 0 AS part FROM subjects) s WHERE false`;
  const parts = selections.map((selection, part) => selectPart(selection, part, names, dialect, beside));
  const order = ordered ? sql`ORDER BY part, position, label` : sql``;
  const number = sql`(row_number() OVER (${order})) - 1 AS row`;
  const all = join(parts, " UNION ALL ");
  if (parts.length === 1 && selections[0]?.provider !== "*")
    return sql`SELECT ${number}, ${columns} FROM (${all}) parts`;
  const first = sql`row_number() OVER (PARTITION BY provider, subject_type, label ORDER BY part) AS copy`;
  return sql`SELECT ${number}, ${columns} FROM (SELECT *, ${first} FROM (${all}) parts) copies WHERE copy = 1`;
}

/** All subjects of a type as they lie in the store, each known by its label: no copy of them, and of their shapes, is made. */
export function subjectsInPlace({ provider, subjectType }: SubjectSelection): Sql {
  return sql`(SELECT label AS row, 0 AS part, * FROM subjects WHERE provider = ${bound(provider)} AND subject_type = ${bound(subjectType)})`;
}

function selectPart(
  selection: SubjectSelection,
  part: number,
  names: TableNames,
  dialect: Dialect,
  beside: Sql | undefined,
): Sql {
  const { provider, subjectType, match, relation, labels, datasets } = selection;
  const tests: Sql[] = [];
  if (provider !== "*") tests.push(sql`c.provider = ${bound(provider)}`);
  if (subjectType === "*") tests.push(dialect.isArea(sql`c.shape`));
  else tests.push(sql`c.subject_type = ${bound(subjectType)}`);
  if (match) tests.push(dialect.like(sql`c.${named(match.attribute)}`, bound(match.pattern)));
  if (datasets) tests.push(broughtBy(datasets));
  if (labels) tests.push(sql`c.label IN (${join(labels.map(bound), ", ")})`);
  const related = relation
    ? sql` JOIN ${names.merged(relation.to)} m ON ${dialect.relation(relation.relation, sql`c.shape`, sql`m.shape`)}`
    : sql``;
  // By a join, because only then DuckDB skips the parts of a file that lie elsewhere.
  const bounded = beside
    ? sql` JOIN (SELECT ${dialect.box(sql`shape`)} AS box FROM ${beside} s) b ON c.shape && b.box`
    : sql``;
  return sql`SELECT ${part} AS part, c.provider, c.subject_type, c.label, c.name, c.shape, c.position FROM subjects c${related}${bounded} WHERE ${join(tests, " AND ")}`;
}

/** Which dataset a subject is read from says only who wrote it last: that others have written it too counts as well. */
function broughtBy(datasets: readonly string[]): Sql {
  const names = join(datasets.map(bound), ", ");
  return sql`(c.provider, c.subject_type, c.label) IN (SELECT provider, subject_type, label FROM dataset_subjects WHERE dataset IN (${names}))`;
}
