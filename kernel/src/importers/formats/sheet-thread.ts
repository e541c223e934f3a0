import { parentPort } from "node:worker_threads";
import { UserError } from "../../errors.ts";
import { type SheetDone, type SheetRequest, writeCells } from "./sheet-cells.ts";

/** What the thread tells: a sheet that is read, the end, or why there is none. Errors lose their class between threads. */
export type SheetMessage =
  | ({ readonly kind: "sheet" } & SheetDone)
  | { readonly kind: "end" }
  | { readonly kind: "mistake"; readonly message: string; readonly where: string | undefined };

const tell = (message: SheetMessage) => parentPort?.postMessage(message);

parentPort?.on("message", (request: SheetRequest) => {
  try {
    writeCells(request, (done) => tell({ kind: "sheet", ...done }));
    tell({ kind: "end" });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    tell({ kind: "mistake", message: error.message, where: error.where });
  }
});
