import type { Engine } from "../../engine/engine.ts";
import { UserError } from "../../errors.ts";
import { AREA_KINDS } from "../areas/area.ts";
import type { Tables } from "../tables.ts";
import type { Guess } from "./guess.ts";
import { labelSql } from "./rows.ts";

/** Rows and labels of a file. */
export interface LabelCounts {
  readonly rows: number;
  /** Rows with a label. */
  readonly labels: number;
  readonly distinct: number;
  /** Rows without one, such as notes below a table. */
  readonly odd: number;
  /** Rows of totals, which are left out. */
  readonly totals: number;
}

/**
 * Makes `own_labelled`: the rows of `own_rows` that have a label, with it in the column `own_label`. Rows are copied only where it takes
 * long to tell their labels. Throws a UserError when none has one.
 */
export async function labelRows(
  tables: Tables,
  guess: Guess,
  {
    file,
    stem,
    keepsTotals,
  }: { readonly file: string; readonly stem: string; readonly keepsTotals: boolean },
): Promise<LabelCounts> {
  await tables.view("own_coded", `SELECT ${labelSql({ guess, stem })} AS own_label, * FROM own_rows`);
  const counts = await countLabels(tables.engine, guess, keepsTotals);
  if (counts.labels === 0) {
    throw new UserError(`${file} has 0 rows where at least 1 are expected, so nothing was imported`, {
      hint: counts.rows > 0 ? "Choose another column with --label." : "",
    });
  }
  const isPart = counts.odd > 0 || counts.totals > 0;
  const keep = isPart || guess.postcodes ? tables.create : tables.view;
  const kept = isPart ? ` WHERE ${hasLabel(guess, keepsTotals)}` : "";
  await keep("own_kept", `SELECT * FROM own_coded${kept}`);
  await tables.view("own_labelled", "SELECT * FROM own_kept");
  return counts;
}

const PREFIXES = new Map(AREA_KINDS.map(({ kind, prefixes }) => [kind, prefixes.join("|")]));

/** A row of totals among rows that have names. */
const IS_TOTAL = "regexp_full_match(own_label, '(?i)((grand|overall|sub)[ -]?)?totals?:?')";

/**
 * SQL that is true for rows with a label; where labels are codes of areas, what is none, such as `Total`, is no label, and elsewhere a row of
 * totals is none unless its user wants it.
 */
function hasLabel(guess: Guess, keepsTotals: boolean): string {
  if (guess.area) return `regexp_full_match(own_label, '(${PREFIXES.get(guess.area)})[0-9]{6}')`;
  return mayHaveTotals(guess, keepsTotals) ? `own_label <> '' AND NOT ${IS_TOTAL}` : "own_label <> ''";
}

/** Totals are looked for among texts: rows that are numbered, or labelled by bare numbers, are none. */
function mayHaveTotals({ area, label, bare }: Guess, keepsTotals: boolean): boolean {
  return area === undefined && label !== undefined && !bare.has(label) && !keepsTotals;
}

async function countLabels(engine: Engine, guess: Guess, keepsTotals: boolean): Promise<LabelCounts> {
  const has = `coalesce(${hasLabel(guess, keepsTotals)}, false)`;
  const isTotal = mayHaveTotals(guess, keepsTotals) ? IS_TOTAL : "false";
  const result = await engine.query(`SELECT count(*) AS rows, count(*) FILTER (WHERE ${has}) AS labels,
    count(DISTINCT own_label) FILTER (WHERE ${has}) AS distinct_labels, count(*) FILTER (WHERE ${isTotal}) AS totals FROM own_coded`);
  const [rows = 0, labels = 0, distinct = 0, totals = 0] = [
    "rows",
    "labels",
    "distinct_labels",
    "totals",
  ].map((name) => Number(result.getChild(name)?.get(0)));
  return { rows, labels, distinct, odd: rows - labels - totals, totals };
}
