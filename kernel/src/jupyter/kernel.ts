import type { MessagePort } from "node:worker_threads";
import { Blobs } from "./blobs.ts";
import type { SentBundle, Shown } from "./bridge.ts";
import type { Connection } from "./connection.ts";
import { type Answering, handlers } from "./handlers/index.ts";
import { History } from "./history.ts";
import { MainThread, UnansweredError } from "./main-thread.ts";
import { Queue } from "./queue.ts";
import { openSockets, type Sockets } from "./sockets.ts";
import { Streams } from "./streams.ts";
import { type Json, type Message, Wire } from "./wire.ts";

const MOST_BLOB_BYTES = 256 * 1024 * 1024;
const STREAM_INTERVAL = 100;
const STREAM_CHARACTERS = 512 * 1024;
const MOST_PARENTS = 10_000;

/** The protocol side of the kernel: everything about messages, nothing about TypeScript. */
export class Kernel {
  readonly main: MainThread;
  readonly queue = new Queue();
  readonly history = new History();
  readonly blobs = new Blobs(MOST_BLOB_BYTES);
  /** Number of the last cell that counted. */
  executionCount = 0;
  /** Whether the cells that wait are to be given up when the running one has ended. */
  abortsQueue = false;
  readonly #wire: Wire;
  readonly #sockets: Promise<Sockets>;
  readonly #streams: Streams;
  readonly #parents = new Map<string, Json>();
  #running: Json | undefined;
  #isExiting = false;

  constructor(connection: Connection, port: MessagePort) {
    this.#wire = new Wire(connection.key);
    this.#streams = new Streams(
      ({ parent, name, text }) => this.#send("stream", this.#headerOf(parent), { name, text }),
      STREAM_INTERVAL,
      STREAM_CHARACTERS,
    );
    this.main = new MainThread(port, {
      shown: (output) => this.#show(output),
      interruptRequested: () => void this.interrupt(),
    });
    this.#sockets = openSockets(connection, {
      request: (channel, frames) => this.#receive(channel, frames),
      subscription: (topic) => this.publish("iopub_welcome", {}, { subscription: topic }),
    });
    this.publish("status", {}, { execution_state: "starting" });
  }

  /** Sends on the publishing socket, after all text printed so far. */
  publish(type: string, parent: Json, content: Json | string, buffers: readonly Uint8Array[] = []): void {
    this.#streams.flush();
    this.#send(type, parent, content, buffers);
  }

  /** Keeps the binary parts of a bundle, so that they can be fetched when its message arrives. */
  keepBlobs({ blobs }: SentBundle): void {
    for (const [id, bytes] of blobs ?? []) this.blobs.set(id, bytes);
  }

  /** Ends the running cell and drops those that wait. */
  async interrupt(): Promise<void> {
    this.abortsQueue = this.#running !== undefined;
    await this.main.interrupt();
  }

  /** Sends what is left, closes the sockets and ends the process. */
  async exit(): Promise<void> {
    if (this.#isExiting) return;
    this.#isExiting = true;
    this.#streams.flush();
    const sockets = await this.#sockets;
    await sockets.close();
    this.main.exit();
  }

  #receive(channel: "shell" | "control", frames: Buffer[]): void {
    const request = this.#wire.decode(frames);
    const handler = request && handlers.get(request.type);
    if (!request || !handler) return;
    this.#remember(request);
    if (!handler.queued) {
      void this.#serve(channel, request, handler.answer);
      return;
    }
    const aborted: Answering = async () => ({ status: "aborted", execution_count: this.executionCount });
    this.queue.add({
      run: async () => {
        await this.#serve(channel, request, handler.answer, true);
        if (this.abortsQueue) await this.queue.abort();
        this.abortsQueue = false;
      },
      aborted: () => this.#serve(channel, request, aborted),
    });
  }

  /** The only place where busy, the reply and idle are sent. */
  async #serve(
    channel: "shell" | "control",
    request: Message,
    answer: Answering,
    isCell = false,
  ): Promise<void> {
    const { header, identities, type } = request;
    if (isCell) this.#running = header;
    this.publish("status", header, { execution_state: "busy" });
    const content = await answer(this, request).catch(errorReply);
    this.#streams.flush();
    if (content)
      await this.#reply(channel, type.replace("_request", "_reply"), { header, identities, content });
    if (isCell) this.#running = undefined;
    this.publish("status", header, { execution_state: "idle" });
    // Front ends show the last state they heard of, and the cell is still running.
    if (this.#running) this.publish("status", this.#running, { execution_state: "busy" });
    if (type === "shutdown_request") await this.exit();
  }

  async #reply(
    channel: "shell" | "control",
    type: string,
    { header, identities, content }: { header: Json; identities: readonly Buffer[]; content: Json | string },
  ): Promise<void> {
    const sockets = await this.#sockets;
    sockets.send(channel, this.#wire.encode({ identities, type, parent: header, content }));
  }

  #show(output: Shown): void {
    const parent = this.#headerOf(output.parent);
    switch (output.type) {
      case "stream":
        this.#streams.add(output);
        return;
      case "clear_output":
        this.publish("clear_output", parent, { wait: output.wait });
        return;
      default: {
        this.keepBlobs(output.bundle);
        const transient = JSON.stringify({ display_id: output.id });
        this.publish(output.type, parent, `{${output.bundle.json},"transient":${transient}}`);
        return;
      }
    }
  }

  #send(type: string, parent: Json, content: Json | string, buffers: readonly Uint8Array[] = []): void {
    const frames = this.#wire.encode({ identities: [type], type, parent, content, buffers });
    void this.#sockets.then((sockets) => sockets.send("iopub", frames));
  }

  #remember({ id, header }: Message): void {
    this.#parents.set(id, header);
    const [oldest] = this.#parents;
    if (oldest && this.#parents.size > MOST_PARENTS) this.#parents.delete(oldest[0]);
  }

  #headerOf(id: string): Json {
    return this.#parents.get(id) ?? {};
  }
}

function errorReply(error: unknown): Json {
  if (error instanceof UnansweredError) return { status: "error", ...error.shown };
  const [ename, evalue] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return { status: "error", ename, evalue, traceback: [] };
}
