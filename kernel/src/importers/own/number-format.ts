import { quoteIdentifier, quoteLiteral } from "../../engine/quote.ts";

/** How the numbers of a column are written. */
export interface NumberFormat {
  /** Sign before the decimals. */
  readonly decimal: "." | ",";
  /** Unit that stands at every number, such as `%` or `GBP`. */
  readonly unit?: string;
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

const CURRENCIES = { "£": "GBP", "€": "EUR", $: "USD" } as const;
const SIGNS = Object.keys(CURRENCIES).join("");

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

/** A column as SQL text: trimmed, with nothing where it is empty or holds one of the marks. */
export function presentSql(column: string, marks: readonly string[]): string {
  const text = `trim(${quoteIdentifier(column)})`;
  const listed = marks.map((mark) => quoteLiteral(mark.toLowerCase())).join(", ");
  return `CASE WHEN ${text} <> '' ${listed === "" ? "" : `AND lower(${text}) NOT IN (${listed})`} THEN ${text} END`;
}

/** Counts over the texts `value` that {@link numberFormatOf} needs, as SQL of one struct. */
export const NUMBER_COUNTS = `{
  point: count(*) FILTER (WHERE regexp_full_match(value, ${quoteLiteral(POINT)})),
  comma: count(*) FILTER (WHERE regexp_full_match(value, ${quoteLiteral(COMMA)})),
  percent: count(*) FILTER (WHERE suffix(value, '%')),
  ${Object.entries(CURRENCIES)
    .map(
      ([sign, code]) =>
        `${code}: count(*) FILTER (WHERE regexp_matches(value, ${quoteLiteral(`^[-+−]?[${sign}]`)}))`,
    )
    .join(", ")}
}`;

/** What {@link NUMBER_COUNTS} gives. */
export type NumberCounts = Readonly<Record<"point" | "comma" | "percent" | "GBP" | "EUR" | "USD", number>>;

/**
 * The format in which all the values of a column are numbers; undefined when some are not. Where `1,234` could be
 * either, the comma parts thousands, as publishers of this country write.
 */
export function numberFormatOf(
  counts: NumberCounts,
  filled: number,
  decimal?: "." | ",",
): NumberFormat | undefined {
  const sign = decimal ?? (counts.point === filled ? "." : ",");
  if (filled === 0 || counts[sign === "." ? "point" : "comma"] !== filled) return undefined;
  const units = { "%": counts.percent, GBP: counts.GBP, EUR: counts.EUR, USD: counts.USD };
  const unit = Object.entries(units).find(([, count]) => count === filled)?.[0];
  return { decimal: sign, ...(unit && { unit }) };
}

/** A text as SQL of a number, by the column's format; null where it is none. */
export function numberSql(text: string, { decimal }: NumberFormat): string {
  const minus = `replace(${text}, '−', '-')`;
  const groups = decimal === "." ? "," : ".";
  const bare = `regexp_replace(${minus}, ${quoteLiteral(`[${SIGNS}%+${BLANKS}${groups}]`)}, '', 'g')`;
  return `TRY_CAST(${decimal === "." ? bare : `replace(${bare}, ',', '.')`} AS DOUBLE)`;
}
