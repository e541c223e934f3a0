import { readFileSync } from "node:fs";
import type { CellObject, WorkBook } from "@e965/xlsx";
import { Float64, Int32, Table, Utf8, vectorFromArray } from "apache-arrow";
import { UserError } from "../../errors.ts";
import type { SourceFile } from "../importer.ts";
import type { Piece, ReadFile } from "./read.ts";

/**
 * A sheet of XLSX, XLS or ODS becomes rows of the table `source_cells`, one for each cell that is not blank: `file`, `sheet`
 * (index from 0), `sheet_name`, `row` and `col` from 0, `number` (null for what is no number), and `text` as displayed.
 *
 * SheetJS reads all three formats and the last results of formulas. Its community edition left npm at 0.18.5, which has two
 * known flaws; this is 0.20.3 (Apache-2.0), in which both are mended, as npm's `@e965/xlsx` repeats it from the maker's host.
 */
export const readSpreadsheet: ReadFile = async (engine, pieces, table, { signal, onProgress }) => {
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table}_cells
    (file INTEGER, sheet INTEGER, sheet_name VARCHAR, row INTEGER, col INTEGER, number DOUBLE, text VARCHAR)`);
  for (const [file, piece] of pieces.entries()) {
    const book = await openBook(piece);
    for (const [sheet, name] of book.SheetNames.entries()) {
      const cells = cellsOf(book, name);
      if (cells.row.length === 0) continue;
      onProgress?.({ stage: `Reading ${piece.name}, sheet ${name}`, done: cells.row.length, unit: "rows" });
      const { row, col, number, text } = cells;
      const columns = new Table({
        row: vectorFromArray(row, new Int32()),
        col: vectorFromArray(col, new Int32()),
        number: vectorFromArray(number, new Float64()),
        text: vectorFromArray(text, new Utf8()),
      });
      await engine.register("sheet_cells", columns);
      const insert = `INSERT INTO ${table}_cells SELECT ${file}, ${sheet}, ?, row, col, number, text FROM sheet_cells`;
      await engine.run(insert, { parameters: [name], signal });
    }
  }
  await engine.run("DROP TABLE IF EXISTS temp.sheet_cells");
};

/** The workbook of a file, with the cells of those sheets alone that are wanted. */
async function openBook({ path, name, source }: Piece): Promise<WorkBook> {
  const { read } = await import("@e965/xlsx");
  try {
    const content = readFileSync(path);
    const wanted =
      source.sheets && wantedSheets(source.sheets, read(content, { bookSheets: true }).SheetNames, name);
    return read(content, {
      dense: true,
      cellHTML: false,
      cellFormula: false,
      ...(wanted && { sheets: wanted }),
    });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${name} cannot be read: it is damaged, or no spreadsheet`, { where: path, cause });
  }
}

function wantedSheets(
  sheets: NonNullable<SourceFile["sheets"]>,
  names: readonly string[],
  file: string,
): string[] {
  if (sheets instanceof RegExp) return names.filter((name) => sheets.test(name));
  return sheets.map((sheet) => {
    const name = typeof sheet === "number" ? names[sheet] : names.find((each) => each === sheet);
    if (name !== undefined) return name;
    const what = typeof sheet === "number" ? `sheet number ${sheet + 1}` : `sheet "${sheet}"`;
    throw new UserError(`${file} has no ${what}, so nothing was imported`, {
      hint: `Its sheets are ${names.map((each) => `"${each}"`).join(", ")}.`,
    });
  });
}

function cellsOf(book: WorkBook, name: string) {
  const cells = {
    row: [] as number[],
    col: [] as number[],
    number: [] as (number | null)[],
    text: [] as string[],
  };
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] =
    book.Sheets[name]?.["!data"] ?? [];
  rows.forEach((columns, row) => {
    columns?.forEach((cell, col) => {
      if (!cell || cell.v === undefined || cell.t === "z") return;
      cells.row.push(row);
      cells.col.push(col);
      cells.number.push(cell.t === "n" && typeof cell.v === "number" ? cell.v : null);
      cells.text.push(cell.w ?? String(cell.v));
    });
  });
  return cells;
}
