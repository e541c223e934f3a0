import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import { userJupyterFolder } from "../jupyter-folder.ts";
import type { Language } from "../language/language.ts";
import { Settings } from "../settings.ts";
import { Blobs } from "./blobs.ts";
import type { InputRequest, Questions, SentBundle, Shown } from "./bridge.ts";
import type { Connection, Ports } from "./connection.ts";
import type { DebugAdapter } from "./debugger/adapter.ts";
import { type Answering, handlers } from "./handlers/index.ts";
import { History } from "./history.ts";
import { HistoryFile } from "./history-file.ts";
import { Inputs } from "./input.ts";
import { MainThread, UnansweredError } from "./main-thread.ts";
import { OutputLimit } from "./output-limit.ts";
import type { ProtocolData } from "./protocol.ts";
import type { Job, Queue } from "./queue.ts";
import { Requests } from "./requests.ts";
import { Signals } from "./signals.ts";
import { openSockets, type Sockets } from "./sockets.ts";
import { Streams } from "./streams.ts";
import { Subshells } from "./subshells.ts";
import { type Json, type Message, Wire } from "./wire.ts";

const MOST_BLOB_BYTES = 256 * 1024 * 1024;
/** How long who asks about values waits for a main thread that may be busy, in milliseconds. */
const PATIENCE = 60;
/** How long a kernel that ends waits for its running cells to be stopped, in milliseconds. */
const INTERRUPT_PATIENCE = 1000;
/** How long the debugger has to let go of code that stands still before it is stopped, in milliseconds. */
const RELEASE_PATIENCE = 50;
const STREAM_INTERVAL = 100;
const STREAM_CHARACTERS = 512 * 1024;
const historyPath = process.env.TOMBOLO_HISTORY || join(userJupyterFolder(), "tombolo", "history.jsonl");

/** The protocol side of the kernel: everything about messages, nothing about TypeScript. */
export class Kernel {
  readonly main: MainThread;
  readonly subshells = new Subshells();
  readonly history: History;
  readonly settings = new Settings();
  readonly blobs = new Blobs(MOST_BLOB_BYTES);
  /** Open comms: id → target. */
  readonly comms = new Map<string, string>();
  /** Number of the last cell that counted. */
  executionCount = 0;
  readonly #wire: Wire;
  readonly #sockets: Promise<Sockets>;
  readonly #streams: Streams;
  readonly #limit = new OutputLimit(() => Number(this.settings.get("output-limit")) * 1e6);
  readonly #requests = new Requests();
  readonly #inputs: Inputs;
  /** Requests of cells that run. */
  readonly #running = new Map<string, Json>();
  /** Requests at whose end the cells that wait behind them are given up. */
  readonly #aborting = new Set<string>();
  readonly #signals = new Signals(() => void this.interrupt());
  readonly #folder: string;
  #language: Promise<Language> | undefined;
  #debugger: Promise<DebugAdapter> | undefined;
  /** Header of the last request to the debugger, to which its events belong. */
  #debugRequest: Json = {};
  #isExiting = false;

  constructor(connection: Connection, { port, input, folder }: Omit<ProtocolData, "connectionFile">) {
    this.#folder = folder;
    this.#wire = new Wire(connection.key);
    this.history = new History(new HistoryFile(historyPath));
    this.#streams = new Streams(
      ({ parent, name, text }) => this.#send("stream", this.#requests.headerOf(parent), { name, text }),
      STREAM_INTERVAL,
      STREAM_CHARACTERS,
    );
    this.main = this.#mainThread(port);
    this.#inputs = new Inputs(input, (answer) => this.main.answerInput(answer));
    this.#sockets = openSockets(connection, {
      request: (channel, frames) => this.#receive(channel, frames),
      input: (frames) => {
        const reply = this.#wire.decode(frames);
        if (reply?.type === "input_reply") this.#inputs.reply(reply);
      },
      subscription: (topic) => this.publish("iopub_welcome", {}, { subscription: topic }),
    });
    this.publish("status", {}, { execution_state: "starting" });
  }

  /** The ports of the sockets, when they are open. */
  async ports(): Promise<Ports> {
    return (await this.#sockets).ports;
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

  /** What TypeScript knows of the notebook; its process starts when it is asked first. */
  language(): Promise<Language> {
    this.#language ??= import("../language/language.ts").then(({ Language }) => new Language(this.#folder));
    return this.#language;
  }

  /** Whether something has asked for types before. */
  get knowsTypes(): boolean {
    return this.#language !== undefined;
  }

  /** Asks the main thread, but while a cell runs, which may loop, not for long. */
  async askBriefly<Kind extends keyof Questions>(
    kind: Kind,
    input: Questions[Kind]["input"],
  ): Promise<Questions[Kind]["answer"] | undefined> {
    const answer = this.main.ask(kind, input).catch(() => undefined);
    if (this.#running.size === 0) return answer;
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE, undefined));
    return Promise.race([answer, late]);
  }

  /** Asks the debugger, which is loaded when it is asked first. */
  async debug({ header, content }: Message): Promise<Json> {
    this.#debugRequest = header;
    this.#debugger ??= import("./debugger/adapter.ts").then(
      ({ DebugAdapter }) =>
        new DebugAdapter({
          publish: (event) => this.publish("debug_event", this.#debugRequest, event),
          turn: (on) => this.main.ask("debug", { on }),
          globals: () => this.main.ask("variables", { reference: 0 }),
          members: (reference) => this.askBriefly("variables", { reference }),
          isBusy: () => this.#running.size > 0,
          rich: (name) => this.askBriefly("rich", { name }),
        }),
    );
    return (await this.#debugger).answer(content);
  }

  /** Gives up the cells that wait behind a request when it has been answered. */
  abortAfter({ id }: Message): void {
    this.#aborting.add(id);
  }

  /** Ends the running cells; those that wait are given up because they do. */
  async interrupt(): Promise<void> {
    this.#inputs.interrupt();
    const debugged = await this.#debugger;
    const released = debugged?.terminate();
    // An inspector that evaluates something without end hears nothing until that has been stopped.
    if (released) await Promise.race([released, delay(RELEASE_PATIENCE)]);
    await this.main.interrupt(debugged !== undefined);
  }

  /** Sends what is left, closes the sockets and ends the process. */
  async exit(): Promise<void> {
    if (this.#isExiting) return;
    this.#isExiting = true;
    // A cell that still runs ends like one that is interrupted, so that the main thread can end the process.
    await Promise.race([this.interrupt(), delay(INTERRUPT_PATIENCE)]);
    this.#streams.flush();
    // Not waited for: one that is still starting ends when its input does, with this process.
    void this.#language?.then((language) => language.end());
    // The process would wait for an inspector that is attached.
    await (await this.#debugger)?.end();
    const sockets = await this.#sockets;
    await sockets.close();
    await this.main.exit();
  }

  #mainThread(port: MessagePort): MainThread {
    return new MainThread(port, {
      shown: (output) => this.#show(output),
      asked: (request) => void this.#ask(request),
      interruptRequested: () => void this.interrupt(),
      settingChanged: (name, value) => this.settings.set(name, value),
      compiled: async (code) => (await this.#debugger)?.compiled(code),
      comm: ({ parent, event, id, target, data, buffers }) => {
        if (event === "open") this.comms.set(id, target);
        if (event === "close") this.comms.delete(id);
        const type = event === "message" ? "comm_msg" : `comm_${event}`;
        const content = { comm_id: id, data, ...(event === "open" && { target_name: target }) };
        this.publish(type, this.#requests.headerOf(parent), content, buffers);
      },
    });
  }

  #receive(channel: "shell" | "control", frames: Buffer[]): void {
    const request = this.#wire.decode(frames);
    const handler = request && handlers.get(request.type);
    if (!request || !handler) return;
    this.#requests.add(request);
    const queue = handler.queued ? this.subshells.queueOf(request.header.subshell_id) : undefined;
    if (queue) this.#enqueue(queue, channel, request, handler.answer);
    else void this.#serve(channel, request, handler.queued ? noSubshell : handler.answer);
  }

  #enqueue(queue: Queue, channel: "shell" | "control", request: Message, answer: Answering): void {
    const aborted: Answering = async () => ({ status: "aborted", execution_count: this.executionCount });
    queue.add({
      run: async () => {
        this.#running.set(request.id, request.header);
        const ended = this.#signals.cellRuns();
        let givenUp: Job[] = [];
        await this.#serve(channel, request, async (kernel) => {
          const content = await answer(kernel, request).catch(errorReply);
          // Before the reply is out: what is sent by somebody who has seen it is not meant.
          if (this.#aborting.delete(request.id)) givenUp = queue.takeWaiting();
          return content;
        });
        ended();
        (await this.#debugger)?.cellEnded();
        for (const job of givenUp) await job.aborted();
      },
      aborted: () => this.#serve(channel, request, aborted),
    });
  }

  /** The only place where busy, the reply and idle are sent. */
  async #serve(channel: "shell" | "control", request: Message, answer: Answering): Promise<void> {
    const { header, identities, type, id } = request;
    this.publish("status", header, { execution_state: "busy" });
    const content = await answer(this, request).catch(errorReply);
    this.#streams.flush();
    const sockets = await this.#sockets;
    if (content) {
      const reply = { identities, type: type.replace("_request", "_reply"), parent: header, content };
      sockets.send(channel, this.#wire.encode(reply));
    }
    this.#running.delete(id);
    this.publish("status", header, { execution_state: "idle" });
    // Front ends show the last state they heard of, and a cell is still running. JupyterLab takes a message of a cell as a
    // sign to ask the debugger for variables, which would go on for ever if it were told so after each such request.
    for (const running of this.#running.values())
      this.publish("status", type === "debug_request" ? {} : running, { execution_state: "busy" });
    if (type === "shutdown_request") await this.exit();
  }

  #show(output: Shown): void {
    const parent = this.#requests.headerOf(output.parent);
    switch (output.type) {
      case "stream":
        for (const part of this.#limit.take(output)) this.#streams.add(part);
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

  /** Sends a question of a cell to the client that sent the cell, and to no other. */
  async #ask(request: InputRequest): Promise<void> {
    const asking = this.#requests.find(request.parent);
    if (!asking || asking.content.allow_stdin === false) {
      this.#inputs.refuse(request);
      return;
    }
    this.#inputs.add(request);
    this.#streams.flush();
    const { header: parent, identities } = asking;
    const content = { prompt: request.question, password: request.password };
    const sockets = await this.#sockets;
    sockets.send("stdin", this.#wire.encode({ identities, type: "input_request", parent, content }));
  }

  #send(type: string, parent: Json, content: Json | string, buffers: readonly Uint8Array[] = []): void {
    const frames = this.#wire.encode({ identities: [type], type, parent, content, buffers });
    void this.#sockets.then((sockets) => sockets.send("iopub", frames));
  }
}

const noSubshell: Answering = async (_kernel, { header }) => {
  throw new Error(`There is no subshell ${String(header.subshell_id)}`);
};

function errorReply(error: unknown): Json {
  if (error instanceof UnansweredError) return { status: "error", ...error.shown };
  const [ename, evalue] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return { status: "error", ename, evalue, traceback: [] };
}
