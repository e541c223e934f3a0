import { randomUUID } from "node:crypto";
import { UserError } from "../errors.ts";
import type { Comm, Comms } from "../magics/comms.ts";
import type { CommEvent } from "./host.ts";

type Opened = Parameters<Comms["register"]>[1];

/** The comms of a notebook, by id, and the targets that the front end may open. */
export class NotebookComms implements Comms {
  readonly #send: (event: CommEvent) => void;
  readonly #open = new Map<string, OpenComm>();
  readonly #targets = new Map<string, Opened>();

  constructor(send: (event: CommEvent) => void) {
    this.#send = send;
  }

  open(target: string, data: unknown = {}, buffers: readonly Uint8Array[] = []): Comm {
    const comm = this.#keep(randomUUID(), target);
    this.#send({ event: "open", id: comm.id, target, data, buffers });
    return comm;
  }

  register(target: string, opened: Opened): void {
    this.#targets.set(target, opened);
  }

  /** Open comms: id → target. */
  list(): Record<string, string> {
    return Object.fromEntries([...this.#open].map(([id, { target }]) => [id, target]));
  }

  /** Takes a message of the front end. A comm of an unknown target is closed again. */
  async receive({ event, id, target, data, buffers }: CommEvent): Promise<void> {
    if (event === "open") {
      const opened = this.#targets.get(target);
      if (!opened) this.#send({ event: "close", id, target: "", data: {}, buffers: [] });
      else await opened(this.#keep(id, target), data, buffers);
      return;
    }
    const comm = this.#open.get(id);
    if (event === "close") this.#open.delete(id);
    await comm?.receive(event, data, buffers);
  }

  #keep(id: string, target: string): OpenComm {
    const send = (event: CommEvent) => {
      if (!this.#open.has(id)) throw new UserError(`The comm to "${target}" is closed`);
      if (event.event === "close") this.#open.delete(id);
      this.#send(event);
    };
    const comm = new OpenComm(id, target, send);
    this.#open.set(id, comm);
    return comm;
  }
}

class OpenComm implements Comm {
  readonly id: string;
  readonly target: string;
  readonly #send: (event: CommEvent) => void;
  readonly #received: ((data: unknown, buffers: readonly Uint8Array[]) => unknown)[] = [];
  /** Messages that came before anybody listened. */
  readonly #early: (readonly [unknown, readonly Uint8Array[]])[] = [];
  readonly #closed: (() => unknown)[] = [];

  constructor(id: string, target: string, send: (event: CommEvent) => void) {
    this.id = id;
    this.target = target;
    this.#send = send;
  }

  send(data: unknown, buffers: readonly Uint8Array[] = []): void {
    this.#send({ event: "message", id: this.id, target: "", data, buffers });
  }

  onMessage(received: (data: unknown, buffers: readonly Uint8Array[]) => unknown): void {
    this.#received.push(received);
    for (const [data, buffers] of this.#early.splice(0)) void received(data, buffers);
  }

  onClose(closed: () => unknown): void {
    this.#closed.push(closed);
  }

  close(data: unknown = {}): void {
    this.#send({ event: "close", id: this.id, target: "", data, buffers: [] });
  }

  async receive(event: "message" | "close", data: unknown, buffers: readonly Uint8Array[]): Promise<void> {
    if (event === "close") for (const closed of this.#closed) await closed();
    else if (this.#received.length === 0) this.#early.push([data, buffers]);
    else for (const received of this.#received) await received(data, buffers);
  }
}
