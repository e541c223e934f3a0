/** A text without blanks around it, as SQL; line breaks and fixed blanks are blanks too. */
export function trimmed(text: string): string {
  return `trim(${text}, ' \t\r\n\u00A0')`;
}

/** Which row and column of a sheet say what a cell means. */
export interface GridLayout {
  /** Column, from 0, that names the subject of a row. */
  readonly code: number;
  /** Row, from 0, that names the measurement of a column. */
  readonly header?: number;
  /** Table of cells. */
  readonly table?: string;
}

/**
 * Cells of sheets beside what they mean: SQL for a FROM clause under the name `cell`, with the columns `file`, `sheet` (index),
 * `sheet_name`, `row`, `col`, `position` (order of reading), `number` (null where the cell is no number), `text` as displayed, `code` (the cell in the
 * subject's column, trimmed) and `header` (the cell in the header's row, trimmed).
 */
export function grid({ code, header, table = "source_cells" }: GridLayout): string {
  const beside = `JOIN ${table} code_cell ON code_cell.file = v.file AND code_cell.sheet = v.sheet AND code_cell.row = v.row AND code_cell.col = ${code}`;
  const above = `JOIN ${table} header_cell ON header_cell.file = v.file AND header_cell.sheet = v.sheet AND header_cell.col = v.col AND header_cell.row = ${header}`;
  const columns = [
    "v.*",
    "((v.file * 1000 + v.sheet)::BIGINT * 4000000 + v.row) * 20000 + v.col AS position",
    `${trimmed("code_cell.text")} AS code`,
    ...(header === undefined ? [] : [`${trimmed("header_cell.text")} AS header`]),
  ];
  return `(SELECT ${columns.join(", ")} FROM ${table} v ${beside} ${header === undefined ? "" : above}) AS cell`;
}
