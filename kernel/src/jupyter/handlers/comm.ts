import { BLOB_COMM_TARGET, BLOB_PIECE_BYTES, type BlobPiece } from "@tombolo/bundle/mime";
import type { CommEvent } from "../../cell/host.ts";
import type { Kernel } from "../kernel.ts";
import { isJson, type Json, type Message } from "../wire.ts";

/** `comm_open`: hands out the binary parts of displayed objects; other targets are those of the notebook. */
export async function commOpen(kernel: Kernel, request: Message): Promise<undefined> {
  const { header, content } = request;
  const { comm_id: comm, target_name: target, data } = content;
  if (target !== BLOB_COMM_TARGET) {
    kernel.comms.set(String(comm), String(target));
    return tellNotebook(kernel, request, "open");
  }
  const want = isJson(data) ? data.want : undefined;
  for (const id of Array.isArray(want) ? want.map(String) : []) {
    const bytes = kernel.blobs.get(id);
    if (!bytes) kernel.publish("comm_msg", header, { comm_id: comm, data: { id, found: false } });
    for (let offset = 0; bytes && offset < Math.max(1, bytes.byteLength); offset += BLOB_PIECE_BYTES) {
      const piece: BlobPiece = { id, found: true, offset, bytes: bytes.byteLength };
      const buffer = bytes.subarray(offset, offset + BLOB_PIECE_BYTES);
      kernel.publish("comm_msg", header, { comm_id: comm, data: { ...piece } }, [buffer]);
    }
  }
  kernel.publish("comm_close", header, { comm_id: comm, data: {} });
  return undefined;
}

/** `comm_msg`: goes to what listens in the notebook. */
export async function commMessage(kernel: Kernel, request: Message): Promise<undefined> {
  return tellNotebook(kernel, request, "message");
}

/** `comm_close`: goes to what listens in the notebook. */
export async function commClose(kernel: Kernel, request: Message): Promise<undefined> {
  kernel.comms.delete(String(request.content.comm_id));
  return tellNotebook(kernel, request, "close");
}

/** `comm_info_request`: the open comms, of one target or of all. */
export async function commInfo(kernel: Kernel, { content }: Message): Promise<Json> {
  const open = [...kernel.comms].filter(
    ([, target]) => typeof content.target_name !== "string" || content.target_name === target,
  );
  return {
    status: "ok",
    comms: Object.fromEntries(open.map(([id, target]) => [id, { target_name: target }])),
  };
}

async function tellNotebook(
  kernel: Kernel,
  { id: parent, content, buffers }: Message,
  event: CommEvent["event"],
): Promise<undefined> {
  await kernel.main.ask("comm", {
    parent,
    event,
    id: String(content.comm_id),
    target: String(content.target_name ?? ""),
    data: content.data,
    buffers: buffers.map((buffer) => new Uint8Array(buffer)),
  });
  return undefined;
}
