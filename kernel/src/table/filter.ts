import { UserError } from "../errors.ts";
import type { ShownColumn } from "./cells.ts";

const COMPARISON = /^(<=|>=|<|>|!=|=)\s*(.+)$/;
const RANGE = /^(.+?)\s*\.\.\s*(.+)$/;

/** Whether a row's value meets a condition. */
export type Condition = (row: number) => boolean;

/**
 * A condition as a person writes it above a column: `> 5`, `2..4`, `= north`, `!= north`, `missing`, `present`; a text
 * without a sign is looked for anywhere in the cell. Throws a UserError for what is none.
 */
export function conditionOf(column: ShownColumn, written: string): Condition {
  const text = written.trim();
  if (text === "missing") return (row) => column.valueAt(row) === null;
  if (text === "present") return (row) => column.valueAt(row) !== null;
  const [, sign, operand = ""] = COMPARISON.exec(text) ?? [];
  if (column.type === "number" || column.type === "time") return comparison(column, text, sign, operand);
  if (sign === "=" || sign === "!=") {
    return (row) => {
      const found = column.textAt(row);
      return found !== null && (found === operand) === (sign === "=");
    };
  }
  const part = text.toLocaleLowerCase();
  return (row) => column.textAt(row)?.toLocaleLowerCase().includes(part) === true;
}

function comparison(column: ShownColumn, text: string, sign: string | undefined, operand: string): Condition {
  const [, least, most] = RANGE.exec(text) ?? [];
  if (least !== undefined && most !== undefined) {
    const [from, to] = [numberOf(column, least), endOf(column, most)];
    return (row) => within(column, row, (value) => value >= from && value <= to);
  }
  const limit = sign ? operand : text;
  const [from, to] = [numberOf(column, limit), endOf(column, limit)];
  const tests: Readonly<Record<string, (value: number) => boolean>> = {
    "<": (value) => value < from,
    "<=": (value) => value <= to,
    ">": (value) => value > to,
    ">=": (value) => value >= from,
    "!=": (value) => value < from || value > to,
  };
  const test = tests[sign ?? "="] ?? ((value: number) => value >= from && value <= to);
  return (row) => within(column, row, test);
}

function within(column: ShownColumn, row: number, test: (value: number) => boolean): boolean {
  const value = column.valueAt(row);
  return value !== null && test(Number(value));
}

/** A number, or the beginning of a year, a month, a day or a minute. */
function numberOf({ type, title }: ShownColumn, text: string): number {
  const value =
    type === "time"
      ? Date.parse(/^\d{4}$/.test(text) ? `${text}-01-01` : withZone(text))
      : Number(text.replaceAll(",", ""));
  if (!Number.isNaN(value) && text.trim() !== "") return value;
  const [what, example] = type === "time" ? ["a time", "> 2020-05"] : ["a number", "> 5, or 2..4"];
  throw new UserError(`"${title}" is compared with ${what}, and "${text}" is none`, {
    hint: `Write ${example}, or missing.`,
  });
}

/** The end of a year, a month or a day that is meant as a whole. */
function endOf(column: ShownColumn, text: string): number {
  const start = numberOf(column, text);
  if (column.type !== "time") return start;
  const date = new Date(start);
  if (/^\d{4}$/.test(text)) date.setUTCFullYear(date.getUTCFullYear() + 1);
  else if (/^\d{4}-\d\d$/.test(text)) date.setUTCMonth(date.getUTCMonth() + 1);
  else if (/^\d{4}-\d\d-\d\d$/.test(text)) date.setUTCDate(date.getUTCDate() + 1);
  else return start;
  return date.getTime() - 1;
}

/** Times have no zone; JavaScript would read one with a clock as local. */
function withZone(text: string): string {
  return /\d:\d/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text.replace(" ", "T")}Z` : text;
}
