import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import { BLOB_COMM_TARGET, type BlobPiece } from "@tombolo/bundle";
import { onKernelGone } from "./kernel-gone.ts";
import { partCache } from "./part-cache.ts";

/** Fetches a binary part by its name; rejects when the kernel does not have it or there is no kernel. */
export type FetchBlob = (id: string) => Promise<Uint8Array<ArrayBuffer>>;

const PATIENCE_MILLISECONDS = 15_000;

/** Parts of a notebook are kept up to this size, so that a second view of them is there at once. */
const MOST_KEPT_BYTES = 256_000_000;

/** A part is shown before the browser's copy of it is made: both at once would take longer. */
const REST_MILLISECONDS = 500;

/** No part is larger: a message must not ask for endless memory. */
const MOST_BYTES = 1_000_000_000;

/** Fetches parts from the notebook's kernel, each once as long as that kernel lives and there is room. */
export function blobFetcher(session: ISessionContext): FetchBlob {
  const fetched = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const sizes = new Map<string, number>();
  let kept = 0;
  const forget = (id: string) => {
    kept -= sizes.get(id) ?? 0;
    sizes.delete(id);
    fetched.delete(id);
  };
  onKernelGone(session, () => {
    for (const id of [...fetched.keys()]) forget(id);
  });
  return (id) => {
    const before = fetched.get(id);
    if (before) return before;
    const fetching = connected(session).then((kernel) => fetchPart(kernel, id));
    fetched.set(id, fetching);
    fetching.then(
      ({ byteLength }) => {
        sizes.set(id, byteLength);
        kept += byteLength;
        // What was fetched longest ago goes first: it can be fetched again.
        for (const oldest of sizes.keys()) if (kept > MOST_KEPT_BYTES && oldest !== id) forget(oldest);
      },
      () => forget(id),
    );
    return fetching;
  };
}

/** A part from the browser, which has public ones from before, or else from the kernel. */
async function fetchPart(kernel: Kernel.IKernelConnection, id: string): Promise<Uint8Array<ArrayBuffer>> {
  // A browser may refuse its cache, as in a private window: the kernel has everything.
  const kept = await partCache.find(id).catch(() => undefined);
  if (kept) return kept;
  const bytes = await requestBytes(kernel, BLOB_COMM_TARGET, { want: [id] });
  setTimeout(() => partCache.keep(id, bytes).catch(() => undefined), REST_MILLISECONDS);
  return bytes;
}

/** The notebook's kernel, once it can be asked; rejects when there is none. */
export async function connected(session: ISessionContext): Promise<Kernel.IKernelConnection> {
  await session.ready;
  const kernel = session.session?.kernel;
  if (!kernel) throw new Error("the notebook has no kernel");
  await kernel.info;
  return kernel;
}

/** Closes a comm, unless its kernel or the connection to it has ended before. */
export function closeComm(comm: Kernel.IComm, kernel: Kernel.IKernelConnection): void {
  if (!comm.isDisposed && !kernel.isDisposed && kernel.status !== "dead") comm.close();
}

/** The bytes that a kernel answers a comm with, in pieces; rejects when it answers otherwise, or not at all. */
export function requestBytes(
  kernel: Kernel.IKernelConnection,
  target: string,
  question: Readonly<Record<string, string | string[]>>,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const comm = kernel.createComm(target);
    const wait = () =>
      setTimeout(() => reject(new Error("the kernel did not answer")), PATIENCE_MILLISECONDS);
    let timer = wait();
    let whole: Uint8Array<ArrayBuffer> | undefined;
    let received = 0;
    comm.onMsg = (message) => {
      const piece = bufferOf(message);
      const { mistake } = message.content.data;
      if (!piece) {
        reject(new Error(typeof mistake === "string" ? mistake : "the kernel no longer has this part"));
        return;
      }
      clearTimeout(timer);
      timer = wait();
      const { offset, bytes } = placeOf(message.content.data, piece.byteLength);
      whole ??= bytes === piece.byteLength ? piece : new Uint8Array(bytes);
      if (whole !== piece) whole.set(piece, offset);
      received += piece.byteLength;
      if (received >= bytes) resolve(whole);
    };
    comm.onClose = () => {
      clearTimeout(timer);
      reject(new Error("the kernel closed the connection"));
    };
    comm.open(question);
  });
}

/** Where a piece goes; a message that does not say is the whole part. */
function placeOf(said: object, length: number): Pick<BlobPiece, "offset" | "bytes"> {
  const offset = "offset" in said && typeof said.offset === "number" ? said.offset : 0;
  const bytes = "bytes" in said && typeof said.bytes === "number" ? said.bytes : length;
  if (offset < 0 || offset + length > bytes || bytes > MOST_BYTES)
    throw new RangeError("a part's pieces do not fit");
  return { offset, bytes };
}

/** The bytes of a message's only buffer, in memory of their own so that they are aligned. */
export function bufferOf(message: KernelMessage.ICommMsgMsg): Uint8Array<ArrayBuffer> | undefined {
  const buffer = message.buffers?.[0];
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  if (buffer && ArrayBuffer.isView(buffer))
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).slice();
  return undefined;
}
