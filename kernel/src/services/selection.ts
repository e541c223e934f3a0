import {
  decodeRows,
  encodeRows,
  parseRowsMessage,
  ROW_STATES,
  type RowSet,
  type RowState,
  type RowsMessage,
  SELECTION_COMM_TARGET,
} from "@tombolo/bundle/selection";
import type { Comm } from "../magics/comms.ts";
import { allLinkedRows, findLinkedRows, linkedRows, listenToAllRows } from "../selection/linked-rows.ts";
import { defineService } from "./service.ts";

/** `tombolo.selection`: selected and shown rows, both ways. */
export const selection = defineService({
  target: SELECTION_COMM_TARGET,
  doc: "Tells which rows of a result are selected and which are shown, and hears of it.",
  opened(_session, comm) {
    for (const rows of allLinkedRows()) {
      for (const state of ROW_STATES) {
        const set = rows.get(state);
        if (set) send(comm, rows.link.key, state, set);
      }
    }
    const stop = listenToAllRows((rows, state, origin) => {
      if (origin !== comm.id) send(comm, rows.link.key, state, rows.get(state));
    });
    comm.onClose(stop);
    comm.onMessage((data, [bytes]) => {
      const { key, state } = parseRowsMessage(data);
      const rows = bytes && decodeRows(bytes);
      const linked = rows ? linkedRows({ key, count: rows.count }) : findLinkedRows(key);
      return linked?.set(state, rows, comm.id);
    });
  },
});

function send(comm: Comm, key: string, state: RowState, rows: RowSet | undefined): void {
  const message: RowsMessage = { key, state };
  comm.send(message, rows ? [encodeRows(rows)] : []);
}
