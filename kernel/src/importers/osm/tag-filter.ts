import { quoteLiteral } from "../../engine/quote.ts";
import { UserError } from "../../errors.ts";

/** One demand on an entity's tags: that a key is there, or has one of some values, or (with `not`) that it has none of them. */
export interface TagCondition {
  readonly key: string;
  /** Any value when absent. */
  readonly values?: readonly string[];
  readonly not?: boolean;
}

/** Which entities of OpenStreetMap are wanted: those that meet every condition of at least one alternative. */
export type TagFilter = readonly (readonly TagCondition[])[];

/** How a filter is written, for help and messages. */
export const TAG_FILTER_SYNTAX =
  "Write alternatives such as amenity=cafe|pub leisure=park, conditions that belong together such as highway=*&lit=yes, and != for what is not wanted.";

/**
 * Reads a filter: alternatives are parted by blanks or commas, conditions of one alternative by `&`, values by `|`;
 * `key` alone and `key=*` stand for any value. A part in double quotes may hold any sign: `name="Tooting, Common"`.
 */
export function parseTagFilter(text: string): TagFilter {
  const alternatives = [...split(text, /[\s,]/)].map((alternative) =>
    [...split(alternative, /&/)].map((condition) => parseCondition(condition, text)),
  );
  if (alternatives.length > 0) return alternatives;
  throw new UserError("The tag filter is empty", { hint: TAG_FILTER_SYNTAX });
}

/** A filter that accepts the given values of the given keys; `*` is any value. */
export function anyTag(tags: Readonly<Record<string, readonly string[]>>): TagFilter {
  return Object.entries(tags).map(([key, values]) => [values.includes("*") ? { key } : { key, values }]);
}

/** SQL that is true for the entities a filter accepts; `tags` is a MAP of text to text. */
export function tagFilterSql(filter: TagFilter, tags = "tags"): string {
  const alternatives = filter.map((conditions) =>
    conditions.map((condition) => conditionSql(condition, tags)).join(" AND "),
  );
  return alternatives.length === 1 ? `${alternatives[0]}` : `(${alternatives.join(") OR (")})`;
}

/** The keys that a filter asks for, each once. */
export function filterKeys(filter: TagFilter): string[] {
  return [...new Set(filter.flat().flatMap(({ key, not }) => (not ? [] : [key])))];
}

function conditionSql({ key, values, not }: TagCondition, tags: string): string {
  const value = `${tags}[${quoteLiteral(key)}]`;
  if (values === undefined) return `${value} IS ${not ? "" : "NOT "}NULL`;
  const listed = `coalesce(${value} IN (${values.map(quoteLiteral).join(", ")}), false)`;
  return not ? `NOT ${listed}` : listed;
}

function parseCondition(text: string, filter: string): TagCondition {
  const [, key = "", sign, values] = /^("[^"]*"|[^=!"]+?)(?:(!?=)(.*))?$/s.exec(text) ?? [];
  const name = unquote(key);
  const wanted = values === undefined ? [] : [...split(values, /\|/)].map(unquote);
  if (name === "" || (sign !== undefined && wanted.length === 0)) {
    throw new UserError(`"${text}" in the tag filter "${filter}" is not a condition`, {
      where: text,
      hint: TAG_FILTER_SYNTAX,
    });
  }
  const not = sign === "!=" && { not: true };
  return wanted.length === 0 || wanted.includes("*")
    ? { key: name, ...not }
    : { key: name, values: wanted, ...not };
}

const unquote = (text: string) => text.replaceAll('"', "");

/** The parts of a text between separators that stand outside double quotes; empty parts are left out. */
function* split(text: string, separator: RegExp): Generator<string> {
  let part = "";
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    if (quoted || !separator.test(sign)) part += sign;
    else if (part !== "") {
      yield part;
      part = "";
    }
  }
  if (part !== "") yield part;
}
