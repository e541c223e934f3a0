import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";

/** How the numbers of a column are written. */
export interface NumberFormat {
  /** Sign before the decimals. */
  readonly decimal: "." | ",";
  /** Unit that stands at every number, such as `%` or `GBP`. */
  readonly unit?: string;
  /** Whether each is a number as it stands. */
  readonly isPlain?: boolean;
}

/** Marks by which publishers say that a value is missing or suppressed, in lower case. */
export const MISSING_MARKS: readonly string[] = [
  "*",
  "**",
  "..",
  "...",
  ".",
  ":",
  "c",
  "x",
  "z",
  "u",
  "~",
  "-",
  "–",
  "—",
  "n/a",
  "na",
  "#n/a",
  "nan",
  "null",
  "none",
  "not available",
  "suppressed",
  "[c]",
  "[x]",
  "[z]",
  "[u]",
  "[w]",
  "[low]",
  "[no data]",
  "--",
];

const SIGNS = "£€$";

/** Patterns of numbers, for RE2; money signs and a per cent sign may stand around them. A code such as `007` is no number. */
const around = (number: string) => `[-+−]?[${SIGNS}]?[-+−]?(${number}) ?%?`;
const WHOLE = "0|[1-9][0-9]*";
const BLANKS = " \u00a0\u202f'’";
const POINT = around(
  `((${WHOLE})(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|[1-9][0-9]{0,2}((,[0-9]{3})+|([${BLANKS}][0-9]{3})+)(\\.[0-9]+)?`,
);
const COMMA = around(`(${WHOLE})(,[0-9]+)?|[1-9][0-9]{0,2}([.${BLANKS}][0-9]{3})+(,[0-9]+)?`);

/** The marks that are none among texts: a letter may be a name or a code there. */
export const textMarks = (marks: readonly string[]): readonly string[] =>
  marks.filter((mark) => !/^\p{L}$/u.test(mark));

/** A column as SQL text: trimmed, with nothing where it is empty or holds one of the marks (in lower case). */
export function presentSql(column: string, marks: readonly string[]): string {
  const text = `trim(${quoteIdentifier(column)})`;
  if (marks.length === 0) return `nullif(${text}, '')`;
  return `CASE WHEN ${text} <> '' AND lower(${text}) NOT IN (${marks.map(quoteLiteral).join(", ")}) THEN ${text} END`;
}

/**
 * The number that a text without blanks around it is as computers write it, found without a pattern, which makes long columns quick; null
 * where it is none. In the alphabet `:` follows the digits: names such as `inf` come behind it, codes such as `007` between `00` and `0:`.
 */
export const plainNumberSql = (value: string) =>
  `CASE WHEN ${value} < ':' AND NOT (${value} >= '00' AND ${value} < '0:') THEN TRY_CAST(${value} AS DOUBLE) END`;
const PLAIN = `(${plainNumberSql("value")}) IS NOT NULL`;
const quick = (pattern: string) =>
  `CASE WHEN ${PLAIN} THEN true ELSE regexp_full_match(value, ${quoteLiteral(pattern)}) END`;

/** Conditions on a text `value` that tell how a number is written. */
export const NUMBER_TESTS = {
  plain: PLAIN,
  point: quick(POINT),
  comma: `regexp_full_match(value, ${quoteLiteral(COMMA)})`,
  percent: "suffix(value, '%')",
  ...currencyTests(),
};

function currencyTests(): Record<"GBP" | "EUR" | "USD", string> {
  const test = (sign: string) => `regexp_matches(value, ${quoteLiteral(`^[-+−]?[${sign}]`)})`;
  return { GBP: test("£"), EUR: test("€"), USD: test("$") };
}

/** Name of one of the {@link NUMBER_TESTS}. */
export type NumberTest = keyof typeof NUMBER_TESTS;

/**
 * The format in which all the values of a column are numbers; undefined when some are not. Where `1,234` could be
 * either, the comma parts thousands, as publishers of this country write.
 */
export function numberFormatOf(
  counts: Readonly<Record<NumberTest, number>>,
  filled: number,
  decimal?: "." | ",",
): NumberFormat | undefined {
  const sign = decimal ?? (counts.point === filled ? "." : ",");
  if (filled === 0 || counts[sign === "." ? "point" : "comma"] !== filled) return undefined;
  const units = { "%": counts.percent, GBP: counts.GBP, EUR: counts.EUR, USD: counts.USD };
  const unit = Object.entries(units).find(([, count]) => count === filled)?.[0];
  const isPlain = sign === "." && counts.plain === filled;
  return { decimal: sign, ...(unit && { unit }), ...(isPlain && { isPlain }) };
}

/** A text as SQL of a number, by the column's format; null where it is none. */
export function numberSql(text: string, { decimal }: NumberFormat): string {
  const minus = `replace(${text}, '−', '-')`;
  const groups = decimal === "." ? "," : ".";
  const bare = `regexp_replace(${minus}, ${quoteLiteral(`[${SIGNS}%+${BLANKS}${groups}]`)}, '', 'g')`;
  if (decimal === ",") return `TRY_CAST(replace(${bare}, ',', '.') AS DOUBLE)`;
  return `coalesce(TRY_CAST(${text} AS DOUBLE), TRY_CAST(${bare} AS DOUBLE))`;
}
