import { type TextPlace, UserError } from "../errors.ts";

/** DuckDB's own sentence about the user's SQL, with the line and the mark under it where DuckDB gives them. */
export function explainSql(error: unknown): UserError {
  const text = error instanceof Error ? error.message : String(error);
  return new UserError(`SQL: ${text.trim()}`, { place: placeIn(text), cause: error });
}

/** The place that DuckDB marks. Of a long line it shows a part only, which begins with dots: then the column is not known. */
function placeIn(text: string): TextPlace | undefined {
  const [, head = "", number, shown = "", blanks = ""] = /^((?:LINE (\d+): ))(.*)\n( *)\^/m.exec(text) ?? [];
  if (number === undefined) return undefined;
  const column = shown.startsWith("...") ? undefined : blanks.length - head.length + 1;
  return { line: Number(number), column };
}
