/**
 * Comm target by which a front end reads a table's rows. It opens the comm with `{ plan }`, the
 * kernel says what the table is, `{ ready: TableSpec }`, then the front end sends {@link TableRequest}s and the kernel answers each with one {@link TableAnswer} of the same number. Rows come as an Arrow IPC stream in the only
 * buffer: a column `row`, the row's number in the result, and `c0`, `c1`, … with the texts of its cells.
 */
export const TABLE_COMM_TARGET = "tombolo.table";

/** Which rows of a table are looked at, and in which order. */
export interface TableQuery {
  /** Column by which the rows are ordered; absent for the order that they have. */
  readonly sort?: { readonly column: string; readonly descending: boolean };
  /** Conditions by column, as a person writes them: `> 5`, `2..4`, `north`, `= north`, `missing`. */
  readonly filters: Readonly<Record<string, string>>;
}

/** What a front end asks of a table. */
export type TableRequest = { readonly number: number; readonly query: TableQuery } & (
  | { readonly want: "rows"; readonly start: number; readonly end: number }
  | { readonly want: "statistics"; readonly column: string }
  | { readonly want: "found" }
);

/** What the kernel answers. */
export type TableAnswer = { readonly number: number } & (
  | { readonly give: "rows"; readonly start: number; readonly count: number }
  | { readonly give: "statistics"; readonly statistics: ColumnStatistics }
  /** The rows that the query finds, as a set of rows in the buffer. */
  | { readonly give: "found" }
  | { readonly give: "mistake"; readonly message: string }
);

/** A column in a few figures, as texts that can be read. */
export interface ColumnStatistics {
  /** Name and figure, such as `["Median", "12.5 km"]`. */
  readonly figures: readonly (readonly [string, string])[];
  /** Bars of a small histogram, or of the commonest values: text and count. */
  readonly bars: readonly (readonly [string, number])[];
}

/** A request; throws a TypeError when it is none. */
export function parseTableRequest(value: unknown): TableRequest {
  const request = properties(value);
  const { number, want, start, end, column } = request;
  if (typeof number !== "number") throw new TypeError("a request has a number");
  const query = parseQuery(request.query);
  if (want === "found") return { number, query, want };
  if (want === "statistics" && typeof column === "string") return { number, query, want, column };
  if (want === "rows" && typeof start === "number" && typeof end === "number")
    return { number, query, want, start, end };
  throw new TypeError("a request wants rows or statistics");
}

function parseQuery(value: unknown): TableQuery {
  const { sort, filters } = properties(value);
  const texts = Object.entries(properties(filters)).map(([name, text]) => [name, String(text)]);
  if (sort === undefined) return { filters: Object.fromEntries(texts) };
  const { column, descending } = properties(sort);
  return {
    sort: { column: String(column), descending: descending === true },
    filters: Object.fromEntries(texts),
  };
}

/** The kernel's answer, as far as a view needs it. */
export function parseTableAnswer(value: unknown): TableAnswer {
  const answer = properties(value);
  const { number, give, start, count, message } = answer;
  if (typeof number !== "number") throw new TypeError("an answer has a number");
  if (give === "found") return { number, give };
  if (give === "mistake") return { number, give, message: String(message) };
  if (give === "statistics") return { number, give, statistics: parseStatistics(answer.statistics) };
  if (give === "rows" && typeof start === "number" && typeof count === "number")
    return { number, give, start, count };
  throw new TypeError("an answer gives rows or statistics");
}

function parseStatistics(value: unknown): ColumnStatistics {
  const { figures, bars } = properties(value);
  const pairs = (list: unknown) => (Array.isArray(list) ? list.filter(Array.isArray) : []);
  return {
    figures: pairs(figures).map(([name, text]) => [String(name), String(text)]),
    bars: pairs(bars).map(([text, count]) => [String(text), Number(count)]),
  };
}

function properties(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) throw new TypeError("something is not an object");
  return Object.fromEntries(Object.entries(value));
}
