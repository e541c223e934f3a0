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
  /** Rows without one, such as totals and notes below a table. */
  readonly odd: number;
}

/**
 * Makes `own_labelled`: the rows of `own_rows` that have a label, with it in the column `own_label`. Rows are copied only where it takes
 * long to tell their labels. Throws a UserError when none has one.
 */
export async function labelRows(
  tables: Tables,
  guess: Guess,
  { file, stem }: { readonly file: string; readonly stem: string },
): Promise<LabelCounts> {
  await tables.view("own_coded", `SELECT ${labelSql({ guess, stem })} AS own_label, * FROM own_rows`);
  const counts = await countLabels(tables.engine, guess);
  if (counts.labels === 0) {
    throw new UserError(`${file} has 0 rows where at least 1 are expected, so nothing was imported`, {
      hint: counts.rows > 0 ? "Choose another column with --label." : "",
    });
  }
  const keep = counts.odd > 0 || guess.postcodes ? tables.create : tables.view;
  const odd = counts.odd > 0 ? ` WHERE ${hasLabel(guess)}` : "";
  await keep("own_labelled", `SELECT * FROM own_coded${odd}`);
  return counts;
}

const PREFIXES = new Map(AREA_KINDS.map(({ kind, prefixes }) => [kind, prefixes.join("|")]));

/** SQL that is true for rows with a label; where labels are codes of areas, what is none, such as `Total`, is no label. */
function hasLabel({ area }: Guess): string {
  return area ? `regexp_full_match(own_label, '(${PREFIXES.get(area)})[0-9]{6}')` : "own_label <> ''";
}

async function countLabels(engine: Engine, guess: Guess): Promise<LabelCounts> {
  const has = `coalesce(${hasLabel(guess)}, false)`;
  const result = await engine.query(`SELECT count(*) AS rows, count(*) FILTER (WHERE ${has}) AS labels,
    count(DISTINCT own_label) FILTER (WHERE ${has}) AS distinct_labels FROM own_coded`);
  const [rows = 0, labels = 0, distinct = 0] = ["rows", "labels", "distinct_labels"].map((name) =>
    Number(result.getChild(name)?.get(0)),
  );
  return { rows, labels, distinct, odd: rows - labels };
}
