import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { type AreaKind, areaKindNamed } from "../areas/area.ts";
import type { Tables } from "../tables.ts";
import type { Guess } from "./guess.ts";
import type { LabelCounts } from "./label-rows.ts";
import type { OwnFileOptions } from "./options.ts";

/** Rows are areas when at least this part of their names are: other things are called like a place, too. */
const LEAST_NAMED = 0.9;

/** The same name, however it is written: `Kingston-upon-Thames`, `Hammersmith & Fulham`. */
const plain = (text: string) =>
  `trim(regexp_replace(replace(lower(${text}), '&', ' and '), '[^\\p{L}\\p{N}]+', ' ', 'g'))`;

/** Labels of the subjects of the store by subject type and name; a name that two subjects of a type have is of neither. */
const AREAS_BY_NAME = `SELECT provider AS own_provider, subject_type AS own_type, ${plain("name")} AS own_name, any_value(label) AS own_area
  FROM subjects WHERE name IS NOT NULL GROUP BY ALL HAVING count(DISTINCT label) = 1`;

/**
 * The guess for a file whose rows are areas by their names, unless its user makes them subjects of their own: `own_labelled` then has the
 * labels that the store has for them. Where the names are too few, or those of areas of several kinds, the guess stays as it is.
 */
export async function areasByName(
  tables: Tables,
  guess: Guess,
  { labels }: LabelCounts,
  { as }: OwnFileOptions,
): Promise<Guess> {
  const column = guess.label ?? guess.name;
  if (as !== undefined || column === undefined || guess.area || guess.place || guess.postcodes) return guess;
  const key = plain(guess.label === undefined ? quoteIdentifier(column) : "own_label");
  const found =
    await tables.query(`SELECT own_provider, own_type, count(*) AS rows, count(DISTINCT own_area) AS areas FROM own_labelled
    JOIN (${AREAS_BY_NAME}) ON own_name = ${key} GROUP BY own_provider, own_type ORDER BY rows DESC, own_type`);
  const asked = areaKindNamed(column);
  const kinds = found.flatMap(({ own_provider: provider, own_type: type, rows, areas }) => {
    const kind = areaKindNamed(String(type));
    if (kind === undefined || (asked ?? kind) !== kind) return [];
    const isType = `own_provider = ${quoteLiteral(String(provider))} AND own_type = ${quoteLiteral(String(type))}`;
    return [{ kind, isType, rows: Number(rows), areas: Number(areas) }];
  });
  const [best] = kinds;
  if (!best || best.rows < labels * LEAST_NAMED || isOther(kinds, best)) return guess;
  // Rows with one name several times, and nothing else that tells them apart, are something in the area.
  if (guess.label === undefined && best.areas < best.rows) return guess;
  await tables.create(
    "own_named",
    `SELECT coalesce(own_area, own_label) AS own_label, own.* EXCLUDE (own_label) FROM own_labelled own
      LEFT JOIN (SELECT own_name, own_area FROM (${AREAS_BY_NAME}) WHERE ${best.isType}) ON own_name = ${key}`,
  );
  await tables.view("own_labelled", "SELECT * FROM own_named");
  return { ...guess, label: column, area: best.kind, isByName: true };
}

/** Whether the names are as well those of areas of another kind. */
function isOther(
  kinds: readonly { readonly kind: AreaKind; readonly rows: number }[],
  best: { readonly kind: AreaKind; readonly rows: number },
): boolean {
  return kinds.some(({ kind, rows }) => kind !== best.kind && rows === best.rows);
}
