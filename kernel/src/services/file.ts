import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FILE_COMM_TARGET, type FileRequest, parseFileRequest } from "@tombolo/bundle/file-protocol";
import { BLOB_PIECE_BYTES } from "@tombolo/bundle/mime";
import { rowNumbers } from "@tombolo/bundle/selection";
import type { Table } from "apache-arrow";
import { takeRows } from "../engine/take-rows.ts";
import { UserError } from "../errors.ts";
import { exportTable } from "../export/export.ts";
import { linkOf } from "../selection/link.ts";
import { linkedRows } from "../selection/linked-rows.ts";
import { makeTemporaryFolder } from "../store/datasets.ts";
import type { Store } from "../store/store.ts";
import { tableReaders } from "../table/readers.ts";
import { defineService } from "./service.ts";

/** `tombolo.file`: the rows of a shown table as a file. */
export const file = defineService({
  target: FILE_COMM_TARGET,
  doc: "Writes the rows of a map that are shown, with their shapes, as a file for the browser to save.",
  async opened(session, comm, data) {
    try {
      const bytes = await fileOf(await session.store(), parseFileRequest(data));
      for (let offset = 0; offset < bytes.length; offset += BLOB_PIECE_BYTES) {
        const piece = bytes.subarray(offset, offset + BLOB_PIECE_BYTES);
        comm.send({ offset, bytes: bytes.length }, [piece]);
      }
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      comm.send({ mistake: error.message });
    }
    comm.close();
  },
});

async function fileOf({ engine, folder: store }: Store, { plan, ending }: FileRequest): Promise<Uint8Array> {
  const data = tableReaders.find(plan)?.data;
  if (!data) throw new UserError("The kernel no longer has this map: run its cell again");
  const folder = makeTemporaryFolder(store);
  try {
    const path = join(folder, `rows.${ending}`);
    await exportTable(engine, shownRows(data), path);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function shownRows(data: Table): Table {
  const shown = linkedRows(linkOf(data)).get("shown");
  return shown ? takeRows(data, [...rowNumbers(shown)]) : data;
}
