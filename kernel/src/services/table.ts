import { encodeRows } from "@tombolo/bundle/selection";
import {
  parseTableRequest,
  TABLE_COMM_TARGET,
  type TableAnswer,
  type TableRequest,
} from "@tombolo/bundle/table-protocol";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { UserError } from "../errors.ts";
import { linkOf } from "../selection/link.ts";
import { linkedRows } from "../selection/linked-rows.ts";
import type { TableReader } from "../table/reader.ts";
import { tableReaders } from "../table/readers.ts";
import { statisticsOf } from "../table/statistics.ts";
import { defineService } from "./service.ts";

const MOST_ROWS = 2000;

/** `tombolo.table`: the rows of a table that is shown, and its columns in figures. */
export const table = defineService({
  target: TABLE_COMM_TARGET,
  doc: "Reads rows of a shown table in any order and by any conditions, and describes its columns.",
  opened(_session, comm, data) {
    const plan = typeof data === "object" && data !== null && "plan" in data ? String(data.plan) : "";
    const reader = tableReaders.find(plan);
    // The kernel that showed it has ended, or showed too much since: what was saved is all there is.
    if (!reader) return comm.close();
    comm.onMessage((message) => {
      const request = parseTableRequest(message);
      const { answer, bytes } = answered(reader, request);
      comm.send(answer, bytes ? [bytes] : []);
    });
    comm.send({ ready: reader.spec });
  },
});

function answered(reader: TableReader, request: TableRequest): { answer: TableAnswer; bytes?: Uint8Array } {
  const { number } = request;
  try {
    if (request.want === "found")
      return { answer: { number, give: "found" }, bytes: encodeRows(reader.found(request.query)) };
    const rows = reader.rows(request.query, linkedRows(linkOf(reader.data)).get("shown"));
    if (request.want === "statistics") {
      const statistics = statisticsOf(reader.column(request.column), rows);
      return { answer: { number, give: "statistics", statistics } };
    }
    const start = Math.max(0, Math.floor(request.start));
    const page = rows.subarray(start, Math.min(request.end, start + MOST_ROWS));
    return { answer: { number, give: "rows", start, count: rows.length }, bytes: encodePage(reader, page) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { answer: { number, give: "mistake", message: error.message } };
  }
}

function encodePage({ columns }: TableReader, page: Int32Array): Uint8Array {
  const cells = columns.map(
    (column, index) => [`c${index}`, Array.from(page, (row) => column.textAt(row))] as const,
  );
  return tableToIPC(tableFromArrays({ row: page, ...Object.fromEntries(cells) }), "stream");
}
