import type { Case } from "./cases.ts";

/** How a case compares. */
export type Rules = Pick<Case, "tolerance" | "numericStrings">;

/** The first difference between what came and what was expected, with its place; undefined when there is none. */
export function difference(got: unknown, expected: unknown, rules: Rules, place = ""): string | undefined {
  if (typeof expected === "number") return numberDifference(got, expected, rules, place);
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length)
      return `${place}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`;
    return firstOf(expected.map((item, index) => difference(got[index], item, rules, `${place}[${index}]`)));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof got !== "object" || got === null || Array.isArray(got))
      return `${place}: ${JSON.stringify(got)} instead of an object`;
    const other = Object.keys(got).find((key) => !Object.hasOwn(expected, key));
    if (other !== undefined) return `${place}: the property "${other}" is not expected`;
    const values = Object.entries(got);
    return firstOf(
      Object.entries(expected).map(([key, item]) => {
        const own = values.find(([name]) => name === key);
        return own
          ? difference(own[1], item, rules, `${place}.${key}`)
          : `${place}: the property "${key}" is missing`;
      }),
    );
  }
  return Object.is(got, expected)
    ? undefined
    : `${place}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`;
}

function numberDifference(got: unknown, expected: number, rules: Rules, place: string): string | undefined {
  const value = rules.numericStrings && typeof got === "string" && got !== "" ? Number(got) : got;
  const tolerance = rules.tolerance ?? 1e-9;
  const allowed = expected === 0 ? tolerance : tolerance * Math.abs(expected);
  if (typeof value === "number" && Math.abs(value - expected) <= allowed) return undefined;
  return `${place}: ${JSON.stringify(got)} instead of ${expected}`;
}

function firstOf(differences: readonly (string | undefined)[]): string | undefined {
  return differences.find((each) => each !== undefined);
}

/** The rows of a CSV text, cell by cell; quotes as RFC 4180 has them. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (!match) throw new Error(`no CSV: ${text}`);
    const [, quoted, plain = "", end] = match;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== "," && pattern.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

/** Whether two cells of a column are the same: shapes as WKT, numbers by value. */
export function sameCell(column: string, got: string, expected: string, rules: Rules): boolean {
  if (got === expected) return true;
  const numbers = (text: string) => text.match(/-?\d+(\.\d+)?(e[-+]?\d+)?/gi)?.map(Number) ?? [];
  if (column === "geometry") {
    const outline = (text: string) =>
      text
        .toUpperCase()
        .replace(/-?\d+(\.\d+)?(e[-+]?\d+)?/gi, "#")
        .replace(/\s+/g, "");
    return (
      outline(got) === outline(expected) && difference(numbers(got), numbers(expected), rules) === undefined
    );
  }
  const value = expected.trim() === "" ? Number.NaN : Number(expected);
  return Number.isFinite(value) && difference(Number(got), value, rules) === undefined && got.trim() !== "";
}
