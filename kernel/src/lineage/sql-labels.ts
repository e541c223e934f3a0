import { type Access, strictest } from "@tombolo/bundle/access";
import type { Relation } from "../store/relations.ts";
import type { Mentions, SqlReads } from "./sql-reads.ts";

/** What the labels of a query are found with. */
export interface LabelSources {
  /** What the query reads under a name; undefined when nobody knows. */
  relation(name: string): Relation | undefined;
  /** Label of a file. */
  file(path: string): Access;
  /** What counts for everything of which it cannot be told what it reads. */
  readonly unknown: Access;
}

/** The labels of a query's answer. */
export interface SqlLabels {
  /** Strictest label of all that it reads. */
  readonly whole: Access;
  /** Label of the column at a position and of a name. */
  column(position: number, name: string, count: number): Access;
  /** Publishers' lines of what is read. */
  readonly sources: readonly string[];
}

/**
 * The labels of a query's answer: of everything that it reads, rows and columns that it names. A column has its own where the
 * text tells what it is made from; what chooses, joins and orders the rows counts for every column.
 */
export function sqlLabels(reads: SqlReads | undefined, sources: LabelSources): SqlLabels {
  const { unknown } = sources;
  if (!reads || reads.isOpaque) return { whole: unknown, column: () => unknown, sources: [] };
  const relations = reads.relations.map(
    (name) => sources.relation(name) ?? bare(reads.parts.has(name.toLowerCase()) ? "public" : unknown),
  );
  const rows = [
    ...relations.map((relation) => relation.rows),
    ...reads.files.map((path) => sources.file(path)),
  ];
  const labelOf = ({ names, all }: Mentions): Access =>
    strictest([...rows, ...relations.flatMap((relation) => columnsOf(relation, names, all))]);
  const whole = labelOf(reads.mentions);
  return {
    whole,
    column: columnLabels(reads, relations, whole, labelOf),
    sources: [...new Set(relations.flatMap((relation) => relation.sources))],
  };
}

const bare = (access: Access): Relation => ({ rows: access, columns: new Map(), sources: [] });

function columnsOf({ columns }: Relation, names: ReadonlySet<string>, all: boolean): Access[] {
  return [...columns].flatMap(([name, access]) => (all || names.has(name.toLowerCase()) ? [access] : []));
}

function columnLabels(
  { select, files }: SqlReads,
  relations: readonly Relation[],
  whole: Access,
  labelOf: (mentions: Mentions) => Access,
): SqlLabels["column"] {
  if (!select || files.length > 0) return () => whole;
  const { items, outside } = select;
  const aliased = new Map(
    items.flatMap(({ alias, ...item }) => (alias === undefined ? [] : [[alias, item]])),
  );
  const resolved = (mentions: Mentions) => labelOf(withAliases(mentions, aliased));
  const base = resolved(outside);
  const hasStar = items.some(({ isStar }) => isStar);
  return (position, name, count) => {
    const item = items[position];
    if (!hasStar) return item && count === items.length ? strictest([base, resolved(item)]) : whole;
    const small = name.toLowerCase();
    const named = relations.flatMap((relation) => columnsOf(relation, new Set([small]), false));
    const computed = items.filter((each) => each.alias === small).map(resolved);
    // A column without a name of its own is called by its text, which no table has.
    return named.length + computed.length === 0 ? whole : strictest([base, ...named, ...computed]);
  };
}

/** What the names of columns that the query itself gives stand for. */
function withAliases(mentions: Mentions, aliased: ReadonlyMap<string, Mentions>): Mentions {
  const names = new Set(mentions.names);
  let { all } = mentions;
  for (const name of names) {
    const meant = aliased.get(name);
    if (!meant) continue;
    all ||= meant.all;
    for (const inner of meant.names) names.add(inner);
  }
  return { names, all };
}
