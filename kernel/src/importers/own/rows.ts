import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";
import { fromSystem } from "../coordinate-system.ts";
import type { ImporterAttribute, Rows } from "../importer.ts";
import type { Guess, ValueColumn } from "./guess.ts";
import { numberSql, presentSql } from "./number-format.ts";
import type { Place } from "./place.ts";
import { coordinateSql } from "./profile.ts";

/** How the rows of `own_rows` become subjects and values. */
export interface RowPlan {
  readonly guess: Guess;
  /** Beginning of the labels of numbered rows. */
  readonly stem: string;
  /** Whether the rows make subjects of their own, or only carry values of areas that are there. */
  readonly makesSubjects: boolean;
  /** Whether a time belongs to what tells the rows apart. */
  readonly isTimed: boolean;
}

/** SQL of the label of a row: codes in capitals, postcodes with one blank, numbered rows by their number. */
export function labelSql({ guess, stem }: Pick<RowPlan, "guess" | "stem">): string {
  if (guess.label === undefined) return `${quoteLiteral(`${stem}/`)} || (position + 1)`;
  const text = presentSql(guess.label, []);
  if (guess.area) return `upper(${text})`;
  if (guess.postcodes) return `regexp_replace(upper(replace(${text}, ' ', '')), '(...)$', ' \\1')`;
  return trimmed(guess.label, guess);
}

/** To trim what needs none takes longer than to read it. */
function trimmed(column: string, { bare }: Guess): string {
  return bare.has(column) ? quoteIdentifier(column) : `trim(${quoteIdentifier(column)})`;
}

/** The texts of a column that is kept; null where there is none. */
export function valueText({ column, marks }: ValueColumn, { bare }: Guess): string {
  return bare.has(column) ? quoteIdentifier(column) : presentSql(column, marks);
}

/** SELECTs for the store over `own_labelled`, which is `own_rows` with the column `own_label`. */
export function ownRows(plan: RowPlan): Rows {
  const { guess, isTimed, makesSubjects } = plan;
  const numbers = guess.values.filter(({ number }) => isTimed && number);
  const fixed = guess.values.filter((value) => !numbers.includes(value));
  return {
    ...(makesSubjects && { subjects: subjects(plan) }),
    attributes: attributeSelect(ownAttributes(plan)),
    ...(fixed.length > 0 && { fixed: fixed.map((value) => fixedSelect(value, plan)).join(" UNION ALL ") }),
    ...(numbers.length > 0 && {
      timed: numbers.map((value) => timedSelect(value, plan)).join(" UNION ALL "),
    }),
  };
}

/** The attributes of a file, one for each column that is kept. */
export function ownAttributes({ guess, isTimed }: RowPlan): ImporterAttribute[] {
  return guess.values.map(({ column, label = column, unit, number }) => ({
    label,
    description: column,
    ...(unit && { unit }),
    ...(unit === "%" && { kind: "rate" as const }),
    values: isTimed && number ? "timed" : "fixed",
  }));
}

function subjects({ guess, isTimed }: RowPlan): string {
  const name = guess.name === undefined ? "NULL::VARCHAR" : trimmed(guess.name, guess);
  // Of rows at several times of one subject the last tells its name and place.
  return `SELECT own_label AS label, ${name} AS name, ${shapeSql(guess)} AS shape, position FROM own_labelled WHERE own_label IS NOT NULL
    ${isTimed ? "QUALIFY row_number() OVER (PARTITION BY own_label ORDER BY position DESC) = 1" : ""}`;
}

function shapeSql({ place }: Guess): string {
  if (!place) return "NULL::GEOMETRY('OGC:CRS84')";
  if (place.type === "shape") return "geom";
  return `ST_SetCRS(${fromSystem(rawShapeSql(place), place.crs)}, 'OGC:CRS84')`;
}

/** The shape in the coordinate system of the file. */
function rawShapeSql(place: Exclude<Place, { type: "shape" }>): string {
  if (place.type === "wkt")
    return `ST_GeomFromText(regexp_replace(${quoteIdentifier(place.column)}, '^SRID=[0-9]+;', ''))`;
  if (place.type === "hex") return `ST_GeomFromHEXEWKB(${quoteIdentifier(place.column)})`;
  if (place.type === "point")
    return `ST_Point(${numberSql(quoteIdentifier(place.x), place.numbers[0])}, ${numberSql(quoteIdentifier(place.y), place.numbers[1])})`;
  const [x, y] = place.isNorthFirst ? ([1, 0] as const) : ([0, 1] as const);
  const text = quoteIdentifier(place.column);
  return `ST_Point(${coordinateSql(text, x)}, ${coordinateSql(text, y)})`;
}

function fixedSelect(kept: ValueColumn, { guess }: RowPlan): string {
  const { column, label = column, number } = kept;
  const text = valueText(kept, guess);
  const value = number && !number.isPlain ? `(${wholeOrNot(numberSql(text, number))})` : text;
  return `SELECT own_label AS label, ${quoteLiteral(label)} AS attribute, ${value} AS value FROM own_labelled
    WHERE own_label IS NOT NULL AND ${text} IS NOT NULL`;
}

function timedSelect(kept: ValueColumn, { guess }: RowPlan): string {
  const { column, label = column, number } = kept;
  const text = valueText(kept, guess);
  const value = number ? numberSql(text, number) : "NULL::DOUBLE";
  const time = guess.time ? guess.time.format.sql(`trim(${quoteIdentifier(guess.time.column)})`) : "NULL";
  return `SELECT own_label AS label, ${quoteLiteral(label)} AS attribute, (${time})::TIMESTAMP AS time, ${value} AS value FROM own_labelled
    WHERE own_label IS NOT NULL AND ${text} IS NOT NULL AND ${time} IS NOT NULL`;
}

/** A number as text without needless decimals. */
const wholeOrNot = (number: string) =>
  `CASE WHEN ${number} = floor(${number}) AND abs(${number}) < 1e15 THEN ${number}::BIGINT::VARCHAR ELSE ${number}::VARCHAR END`;

function attributeSelect(attributes: readonly ImporterAttribute[]): string {
  const rows = attributes.map(({ label, description, unit, kind, values }) =>
    [label, description, unit, kind, values]
      .map((text) => (text === undefined ? "NULL::VARCHAR" : quoteLiteral(text)))
      .join(", "),
  );
  if (rows.length === 0) return "SELECT '' AS label, '' AS description WHERE false";
  return `SELECT * FROM (VALUES ${rows.map((row) => `(${row})`).join(", ")}) AS found(label, description, unit, kind, values)`;
}
