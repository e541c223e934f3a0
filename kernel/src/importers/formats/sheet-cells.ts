import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { type CellObject, read, type WorkBook } from "@e965/xlsx";
import { UserError } from "../../errors.ts";
import type { SourceFile } from "../importer.ts";

/** Which cells are wanted, and where they go. */
export interface SheetRequest {
  readonly path: string;
  /** How people know the file. */
  readonly name: string;
  readonly sheets: SourceFile["sheets"];
  /** File that the cells are written to. */
  readonly target: string;
}

/** A sheet that has been read. */
export interface SheetDone {
  readonly sheet: string;
  readonly cells: number;
  /** Sheets that have been read, and how many there are. */
  readonly done: number;
  readonly total: number;
}

const CELLS_AT_ONCE = 20_000;

/**
 * Writes the cells of a spreadsheet that are not blank as CSV: `sheet` (index from 0), `sheet_name`, `row` and `col` from 0, `number`
 * (empty for what is no number), and `text` as displayed. It takes long and holds its thread all the while. Throws a UserError when the file is
 * damaged, or has not the sheets that are wanted.
 *
 * SheetJS reads XLSX, XLS and ODS, and the last results of formulas. Its community edition left npm at 0.18.5, which has two
 * known flaws; this is 0.20.3 (Apache-2.0), in which both are mended, as npm's `@e965/xlsx` repeats it from the maker's host.
 */
export function writeCells(request: SheetRequest, onSheet: (done: SheetDone) => void): void {
  const book = openBook(request);
  const file = openSync(request.target, "w");
  const total = book.SheetNames.length;
  try {
    for (const [index, sheet] of book.SheetNames.entries()) {
      let [lines, cells] = ["", 0];
      for (const line of linesOf(book, sheet, index)) {
        lines += line;
        if (++cells % CELLS_AT_ONCE > 0) continue;
        writeSync(file, lines);
        lines = "";
      }
      writeSync(file, lines);
      onSheet({ sheet, cells, done: index + 1, total });
    }
  } finally {
    closeSync(file);
  }
}

/** The workbook of a file, with the cells of those sheets alone that are wanted. */
function openBook({ path, name, sheets }: SheetRequest): WorkBook {
  try {
    const content = readFileSync(path);
    const wanted = sheets && wantedSheets(sheets, read(content, { bookSheets: true }).SheetNames, name);
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

function* linesOf(book: WorkBook, name: string, sheet: number): Generator<string> {
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] =
    book.Sheets[name]?.["!data"] ?? [];
  const begin = `${sheet},${quoted(name)}`;
  for (const [row, columns] of rows.entries()) {
    for (const [col, cell] of (columns ?? []).entries()) {
      if (!cell || cell.v === undefined || cell.t === "z") continue;
      const number = cell.t === "n" && typeof cell.v === "number" ? cell.v : "";
      yield `${begin},${row},${col},${number},${quoted(cell.w ?? String(cell.v))}\n`;
    }
  }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
