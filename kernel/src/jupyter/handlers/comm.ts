import { BLOB_COMM_TARGET } from "@tombolo/bundle";
import type { Kernel } from "../kernel.ts";
import { isJson, type Json, type Message } from "../wire.ts";

/** `comm_open`: hands out the binary parts of displayed objects; other targets are not ours and are closed. */
export async function commOpen(kernel: Kernel, { header, content }: Message): Promise<undefined> {
  const { comm_id: comm, target_name: target, data } = content;
  const want = target === BLOB_COMM_TARGET && isJson(data) ? data.want : undefined;
  for (const id of Array.isArray(want) ? want.map(String) : []) {
    const bytes = kernel.blobs.get(id);
    const answer = { comm_id: comm, data: { id, found: bytes !== undefined } };
    kernel.publish("comm_msg", header, answer, bytes ? [bytes] : []);
  }
  kernel.publish("comm_close", header, { comm_id: comm, data: {} });
}

/** `comm_msg`: no comm stays open, so there is nobody to tell. */
export async function commMessage(): Promise<undefined> {
  return undefined;
}

/** `comm_close`: already closed by us. */
export async function commClose(): Promise<undefined> {
  return undefined;
}

/** `comm_info_request`: no comm stays open. */
export async function commInfo(): Promise<Json> {
  return { status: "ok", comms: {} };
}
