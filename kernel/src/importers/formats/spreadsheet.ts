import { randomUUID } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { readFiles } from "../../engine/read-files.ts";
import { UserError } from "../../errors.ts";
import type { Work } from "../../progress.ts";
import type { ReadFile } from "./read.ts";
import type { SheetRequest } from "./sheet-cells.ts";
import type { SheetMessage } from "./sheet-thread.ts";

/** Sources run under a test runner that threads do not have; they take what has been built. */
const FILE = import.meta.url.endsWith(".ts")
  ? "../../../dist/importers/formats/sheet-thread.js"
  : "./sheet-thread.js";

/** How the cells lie in the file that the thread writes. */
const CELLS = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', allow_quoted_nulls = false,
  parallel = false, columns = {sheet: 'INTEGER', sheet_name: 'VARCHAR', row: 'INTEGER', col: 'INTEGER', number: 'DOUBLE', text: 'VARCHAR'}`;

const BEAT_MILLISECONDS = 500;

/** A thread between two files: it has a megabyte of code to load. It does not keep the process alive. */
let idle: Worker | undefined;

/**
 * A sheet of XLSX, XLS or ODS becomes rows of the table `source_cells`, one for each cell that is not blank: `file`, `sheet`
 * (index from 0), `sheet_name`, `row` and `col` from 0, `number` (null for what is no number), and `text` as displayed.
 * Spreadsheets are read in a thread of their own, so that the rest goes on, and cancelled by ending it.
 */
export const readSpreadsheet: ReadFile = async (engine, pieces, table, { folder, ...work }) => {
  const { signal } = work;
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table}_cells
    (file INTEGER, sheet INTEGER, sheet_name VARCHAR, row INTEGER, col INTEGER, number DOUBLE, text VARCHAR)`);
  for (const [file, { path, name, source }] of pieces.entries()) {
    const target = join(folder, `${randomUUID()}.cells`);
    await readInThread({ path, name, sheets: source.sheets, target }, work);
    await engine.run(
      `INSERT INTO ${table}_cells SELECT ${file}, * FROM ${readFiles("read_csv", [target], CELLS)}`,
      { signal },
    );
    rmSync(target);
  }
};

function readInThread(request: SheetRequest, { signal, onProgress }: Work): Promise<void> {
  signal?.throwIfAborted();
  const stage = `Opening ${request.name}`;
  onProgress?.({ stage });
  const worker = idle ?? new Worker(new URL(FILE, import.meta.url));
  idle = undefined;
  worker.ref();
  return new Promise<void>((resolve, reject) => {
    // Nobody knows how far the opening of a workbook is, only how large it is and that it goes on.
    const begun = performance.now();
    const size = `${(statSync(request.path).size / 1e6).toFixed(1)} MB`;
    const beat = setInterval(() => {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      onProgress?.({ stage: `${stage}: ${size}, for ${seconds} s` });
    }, BEAT_MILLISECONDS);
    const leave = () => {
      clearInterval(beat);
      worker.off("message", hear);
      worker.off("error", fail);
      worker.off("exit", fail);
      signal?.removeEventListener("abort", cancel);
    };
    const rest = () => {
      leave();
      worker.unref();
      // Several imports may run at once, each with a thread; one of these is enough afterwards.
      if (idle) void worker.terminate();
      else idle = worker;
    };
    const fail = (error: unknown) => {
      leave();
      reject(error instanceof Error ? error : new Error(`the thread of a spreadsheet ended with ${error}`));
    };
    const cancel = () => {
      leave();
      worker.terminate().then(() => reject(signal?.reason), reject);
    };
    const hear = (message: SheetMessage) => {
      if (message.kind === "sheet") {
        clearInterval(beat);
        const { sheet, done, total } = message;
        onProgress?.({ stage: `Reading ${request.name}, sheet ${sheet}`, done, total });
        return;
      }
      rest();
      if (message.kind === "end") resolve();
      else reject(new UserError(message.message, { where: message.where }));
    };
    worker.on("message", hear);
    worker.on("error", fail);
    worker.on("exit", fail);
    signal?.addEventListener("abort", cancel);
    worker.postMessage(request);
  });
}
