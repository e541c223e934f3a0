import { isRecord } from "../../recipe/recipe.ts";

/** What the code of an importer says to us. */
export type Message =
  | { readonly kind: "fetch" | "file"; readonly id: number; readonly name: string }
  | { readonly kind: "rows"; readonly rows: unknown }
  | { readonly kind: "failed"; readonly message: string };

/** Reads a line of the process that runs an importer's code; undefined when it is no message. */
export function parseMessage(line: string): Message | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { kind, id, name, message } = value;
  if ((kind === "fetch" || kind === "file") && typeof id === "number" && typeof name === "string")
    return { kind, id, name };
  if (kind === "rows") return { kind, rows: value.rows };
  if (kind === "failed" && typeof message === "string") return { kind, message: message.slice(0, 200) };
  return undefined;
}

/** A row as the declaration of its importer describes it. */
export type Row = Readonly<Record<string, string | null>>;

const MOST_ROWS = 5_000_000;
const MOST_LETTERS = 100_000;

/**
 * What an importer's code gives as rows, with the declared columns alone, as texts. Throws a TypeError naming the first
 * place that is not as declared.
 */
export function parseRows(value: unknown, columns: readonly string[]): Row[] {
  if (!Array.isArray(value)) throw new TypeError("it gives no list of rows");
  if (value.length > MOST_ROWS) throw new TypeError(`it gives more than ${MOST_ROWS} rows`);
  return value.map((row: unknown, index) => {
    if (!isRecord(row)) throw new TypeError(`row ${index + 1} is not an object`);
    const other = Object.keys(row).find((name) => !columns.includes(name));
    if (other !== undefined)
      throw new TypeError(`row ${index + 1} has "${other.slice(0, 50)}", which is not declared`);
    return Object.fromEntries(
      columns.map((name) => [
        name,
        Object.hasOwn(row, name) ? cellOf(row[name], `${name} of row ${index + 1}`) : null,
      ]),
    );
  });
}

function cellOf(value: unknown, place: string): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") throw new TypeError(`${place} is neither a text nor a number`);
  if (value.length > MOST_LETTERS) throw new TypeError(`${place} is longer than ${MOST_LETTERS} letters`);
  return value;
}
