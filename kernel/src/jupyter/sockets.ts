import { Reply, Router, type Socket, type Writable, XPublisher } from "zeromq";
import { addressOf, type Channel, type Connection, type Ports } from "./connection.ts";

/** Frames of one message. */
export type Frames = readonly (Buffer | string | Uint8Array)[];

/** What the sockets are told to do with what they receive. */
export interface Receivers {
  request(channel: "shell" | "control", frames: Buffer[]): void;
  input(frames: Buffer[]): void;
  subscription(topic: string): void;
}

/** The kernel's open sockets. */
export interface Sockets {
  send(channel: "shell" | "control" | "stdin" | "iopub", frames: Frames): void;
  /** The ports that were bound, where they have numbers. */
  readonly ports: Ports;
  /** Sends what is waiting and closes. The process must not end before: open sockets abort it. */
  close(): Promise<void>;
}

/** How long closed sockets go on delivering, in milliseconds. */
const LINGER = 500;
const SETTLING = 20;

/** Binds all sockets of a connection and starts to receive. */
export async function openSockets(connection: Connection, receivers: Receivers): Promise<Sockets> {
  const unlimited = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: LINGER };
  const routers = {
    shell: new Router(unlimited),
    control: new Router(unlimited),
    stdin: new Router(unlimited),
  };
  const iopub = new XPublisher(unlimited);
  iopub.verbosity = "allSubs";
  const hb = new Reply({ linger: 0 });
  const all: Readonly<Record<Channel, Socket>> = { ...routers, iopub, hb };
  await Promise.all(
    Object.entries(all).map(([, socket], index) => {
      const channel = CHANNELS[index];
      return channel ? socket.bind(addressOf(connection, channel)) : undefined;
    }),
  );
  const receiving = [
    receive(routers.shell, (frames) => receivers.request("shell", frames)),
    receive(routers.control, (frames) => receivers.request("control", frames)),
    receive(routers.stdin, (frames) => receivers.input(frames)),
    receive(iopub, ([frame]) => {
      if (frame?.[0] === 1) receivers.subscription(frame.subarray(1).toString());
    }),
    receive(hb, (frames) => hb.send(frames)),
  ];
  const queues = {
    shell: new SendQueue(routers.shell),
    control: new SendQueue(routers.control),
    stdin: new SendQueue(routers.stdin),
    iopub: new SendQueue(iopub),
  };
  return {
    ports: {
      shell: portOf(routers.shell),
      control: portOf(routers.control),
      stdin: portOf(routers.stdin),
      iopub: portOf(iopub),
      hb: portOf(hb),
    },
    send: (channel, frames) => queues[channel].push(frames),
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
      for (const socket of Object.values(all)) socket.close();
      // The add-on still settles what was being received; a process that ends meanwhile aborts.
      await Promise.all(receiving);
      await new Promise((resolve) => setTimeout(resolve, SETTLING));
    },
  };
}

const CHANNELS: readonly Channel[] = ["shell", "control", "stdin", "iopub", "hb"];

function portOf({ lastEndpoint }: Socket): number {
  return Number(/\d+$/.exec(lastEndpoint ?? "")?.[0]);
}

async function receive(
  socket: AsyncIterable<Buffer[]> & Pick<Socket, "closed">,
  take: (frames: Buffer[]) => unknown,
): Promise<void> {
  try {
    for await (const frames of socket) await take(frames);
  } catch (error) {
    // A heartbeat that comes while the sockets are closed cannot be answered any more.
    if (!socket.closed) throw error;
  }
}

/** A ZeroMQ socket takes one `send` at a time and rejects a second one, so sends wait for each other here. */
class SendQueue {
  readonly #socket: Writable;
  readonly #waiting: Frames[] = [];
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(socket: Writable) {
    this.#socket = socket;
  }

  /** Sends when it is the frames' turn; what comes after closing has nobody to go to. */
  push(frames: Frames): void {
    if (this.#isClosed) return;
    this.#waiting.push(frames);
    this.#sending ??= this.#drain();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#sending;
  }

  async #drain(): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift())
      await this.#socket.send([...next]);
    this.#sending = undefined;
  }
}
