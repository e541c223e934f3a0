import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BookType, utils, write } from "@e965/xlsx";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { readSpreadsheet } from "../../kernel/src/importers/formats/spreadsheet.ts";
import type { SourceFile } from "../../kernel/src/importers/importer.ts";
import type { Progress, Work } from "../../kernel/src/progress.ts";
import { rowsOf, temporaryFolder } from "../support/store.ts";

type Cell = string | number | null;

const folder = temporaryFolder();
let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => {
  engine.close();
  folder.remove();
});

function writeBook(name: string, sheets: Readonly<Record<string, readonly (readonly Cell[])[]>>): string {
  const book = utils.book_new();
  for (const [sheet, rows] of Object.entries(sheets))
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), sheet);
  const path = join(folder.path, name);
  const types: Readonly<Record<string, BookType>> = { xlsx: "xlsx", xls: "biff8", ods: "ods" };
  writeFileSync(path, write(book, { type: "buffer", bookType: types[name.split(".")[1] ?? ""] ?? "xlsx" }));
  return path;
}

async function read(path: string, sheets?: SourceFile["sheets"], work: Work = {}) {
  const source = { address: path, path, format: "spreadsheet", ...(sheets && { sheets }) } as const;
  await readSpreadsheet(engine, [{ path, name: "book", source }], "source", { folder: folder.path, ...work });
  return rowsOf(await engine.query("SELECT * FROM source_cells ORDER BY file, sheet, row, col"));
}

const AWKWARD = [
  'a "quoted", text',
  "two\nlines",
  " blanks ",
  "häß · 日本",
  "=no formula",
  "semi;colon\ttab",
  "''",
  "NULL",
];

test.each(["xlsx", "xls", "ods"])("cells of .%s come as they are", async (ending) => {
  const path = writeBook(`cells.${ending}`, {
    "Data, 1": [
      ["code", ...AWKWARD],
      [null, 1.5, -2e-7, 123_456_789_012, null, 0.1 + 0.2],
    ],
    Notes: [["told"]],
  });
  const cells = await read(path);
  const text = ["code", ...AWKWARD].map((each, col) => [0, 0, col, null, each]);
  const found = cells.map(({ sheet, row, col, number, text: shown }) => [sheet, row, col, number, shown]);
  expect(found.slice(0, text.length)).toEqual(text);
  expect(cells.flatMap(({ number }) => (number === null ? [] : [number]))).toEqual([
    1.5,
    -2e-7,
    123_456_789_012,
    0.1 + 0.2,
  ]);
  expect(cells.at(-1)).toMatchObject({ sheet: 1, sheet_name: "Notes", row: 0, col: 0, text: "told" });
  expect(cells[0]).toMatchObject({ sheet_name: "Data, 1" });
});

test("only the sheets that are wanted are read, and one that is missing is told with those that are there", async () => {
  const path = writeBook("sheets.xlsx", { First: [["a"]], Second: [["b"]], Third: [["c"]] });
  const names = async (sheets: SourceFile["sheets"]) => (await read(path, sheets)).map(({ text }) => text);
  expect(await names([1])).toEqual(["b"]);
  expect(await names(["Third"])).toEqual(["c"]);
  expect(await names(/^F|^T/)).toEqual(["a", "c"]);
  await expect(read(path, ["Fourth"])).rejects.toMatchObject({
    name: "UserError",
    message:
      'book has no sheet "Fourth", so nothing was imported. Its sheets are "First", "Second", "Third".',
  });
});

test("what is no spreadsheet is told in a sentence", async () => {
  const path = join(folder.path, "broken.xlsx");
  writeFileSync(path, "PK\u0003\u0004 and then nothing");
  await expect(read(path)).rejects.toMatchObject({
    name: "UserError",
    message: "book cannot be read: it is damaged, or no spreadsheet",
    where: path,
  });
});

test("a workbook that takes long to open tells that it goes on, and how large it is", async () => {
  const rows = Array.from({ length: 60_000 }, (_, row) => [
    `E${row}`,
    `Area ${row}`,
    row,
    row / 7,
    row / 11,
    "x",
  ]);
  const path = writeBook("slow.xlsx", { Slow: rows });
  const stages: string[] = [];
  await read(path, undefined, { onProgress: ({ stage }) => stages.push(stage) });
  expect(stages[0]).toBe("Opening book");
  expect(stages[1]).toMatch(/^Opening book: [\d.]+ MB, for [\d.]+ s$/);
  expect(stages.at(-1)).toBe("Reading book, sheet Slow");
});

test("reading stops at once when it is cancelled, while the rest goes on, and the next file is read", async () => {
  const rows = Array.from({ length: 40_000 }, (_, row) => [`E${row}`, `Area ${row}`, row / 7]);
  const path = writeBook("long.xlsx", { Long: rows });
  const controller = new AbortController();
  const stages: string[] = [];
  const onProgress = ({ stage }: Progress) => {
    stages.push(stage);
    // Were this thread busy with the file, the sheet would be there before the timer.
    setTimeout(() => controller.abort(), 1);
  };
  await expect(read(path, undefined, { signal: controller.signal, onProgress })).rejects.toThrow(/abort/i);
  expect(stages).toEqual(["Opening book"]);
  const small = writeBook("small.xlsx", { Small: [["next"]] });
  expect((await read(small)).map(({ text }) => text)).toEqual(["next"]);
});
