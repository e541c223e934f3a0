import { setTimeout as delay } from "node:timers/promises";
import type { SentBundle } from "../bridge.ts";
import { isJson, type Json } from "../wire.ts";
import type { DebuggedCode, Variable } from "./code.ts";
import { DebugRun } from "./debug-run.ts";
import { requests, requestsInRun } from "./requests.ts";
import type { Script } from "./scripts.ts";
import { Sources } from "./sources.ts";

/** What the debugger asks of the kernel. */
export interface DebuggedKernel {
  /** Sends an event of the Debug Adapter Protocol to all front ends. */
  publish(event: Json): void;
  /** Starts or ends a debugging run on the main thread; answered with the code there is when that thread is free. */
  turn(on: boolean): Promise<readonly DebuggedCode[]>;
  /** The variables of the notebook, when the main thread is free to tell them. */
  globals(): Promise<readonly Variable[]>;
  /** The members of a thing that was listed; undefined while the main thread is busy. */
  members(reference: number): Promise<readonly Variable[] | undefined>;
  /** Whether a cell runs. */
  isBusy(): boolean;
  /** How a cell would show a variable; undefined when there is none, or while the main thread is busy. */
  rich(name: string): Promise<SentBundle | undefined>;
}

/** How long a front end waits for a main thread that may be busy, in milliseconds. */
const PATIENCE = 100;
const FILTERS = [
  { filter: "uncaught", label: "Uncaught Exceptions", default: false },
  { filter: "all", label: "All Exceptions", default: false },
];

/** Speaks the Debug Adapter Protocol for the main thread, one request after the other. */
export class DebugAdapter {
  readonly sources = new Sources();
  readonly #kernel: DebuggedKernel;
  #run: DebugRun | undefined;
  #sequence = 0;
  #lastGlobals: readonly Variable[] = [];
  #asking: Promise<void> | undefined;
  #before: Promise<unknown> = Promise.resolve();

  constructor(kernel: DebuggedKernel) {
    this.#kernel = kernel;
  }

  /** The response to a request. */
  answer(request: Json): Promise<Json> {
    const answer = this.#before.then(() => this.#answer(request));
    this.#before = answer;
    return answer;
  }

  /** Takes code that is about to run; it may run when this settles. */
  async compiled(code: DebuggedCode): Promise<void> {
    await this.#run?.add(code).catch((error) => this.#complain(error));
  }

  /** Takes note that a cell has ended. */
  cellEnded(): void {
    this.#run?.cellEnded();
  }

  /** Ends the code that stands still, because it is interrupted. */
  async terminate(): Promise<void> {
    await this.#run?.terminate();
  }

  /** `initialize`: attaches the inspector. */
  async begin(): Promise<Json> {
    if (!this.#run) {
      const run = new DebugRun(this.sources, {
        stopped: (reason, text) => {
          const more = text === undefined ? {} : { text, description: text };
          this.tell("stopped", { reason, threadId: 1, allThreadsStopped: true, ...more });
        },
        failed: (error) => this.#complain(error),
        said: (message) => this.tell("output", { category: "console", output: `${message}\n` }),
        continued: () => this.tell("continued", { threadId: 1, allThreadsContinued: true }),
      });
      await run.begin();
      this.#run = run;
      // A cell that is running may keep this waiting; its own code is told when it can be.
      const told = this.#kernel.turn(true).then(async (codes) => {
        for (const code of codes) await run.add(code);
      });
      void told.catch((error) => this.#complain(error));
    }
    return {
      supportsConfigurationDoneRequest: true,
      supportsModulesRequest: true,
      supportsConditionalBreakpoints: true,
      supportsHitConditionalBreakpoints: true,
      supportsLogPoints: true,
      exceptionBreakpointFilters: FILTERS,
    };
  }

  /** `disconnect`: lets everything go on without a debugger. */
  async end(): Promise<Json> {
    const run = this.#run;
    this.#run = undefined;
    if (run) {
      await run.end();
      void this.#kernel.turn(false).catch((error) => this.#complain(error));
    }
    return {};
  }

  /** `debugInfo`: all that a front end must know to take part. */
  info(): Json {
    const { hash, prefix, suffix } = this.sources;
    return {
      isStarted: this.#run !== undefined,
      hashMethod: hash.method,
      hashSeed: hash.seed,
      tmpFilePrefix: prefix,
      tmpFileSuffix: suffix,
      breakpoints: this.#run?.breakpoints.list() ?? [],
      stoppedThreads: this.#run?.pause ? [1] : [],
      richRendering: true,
      exceptionPaths: [],
      copyToGlobals: true,
    };
  }

  /** The files of the user's that cells have loaded. */
  files(): readonly Script[] {
    return this.#run?.scripts.files() ?? [];
  }

  /** The variables of the notebook. */
  async globals(): Promise<readonly Variable[]> {
    const pause = this.#run?.pause;
    if (pause) return pause.globals();
    // JupyterLab asks at every message of a running cell; while one question waits, the others are not worth waiting for.
    const isWaiting = this.#asking !== undefined && this.#kernel.isBusy();
    this.#asking ??= this.#askGlobals();
    if (!isWaiting) await Promise.race([this.#asking, delay(PATIENCE)]);
    return this.#lastGlobals;
  }

  /** The members of what was listed under a number. */
  async members(reference: number): Promise<readonly Variable[]> {
    const pause = this.#run?.pause;
    return pause ? pause.variables(reference) : ((await this.#kernel.members(reference)) ?? []);
  }

  /** A variable as a cell would show it. */
  async rich(name: string, frame: unknown): Promise<Json> {
    const pause = this.#run?.pause;
    if (pause) return { data: { "text/plain": await pause.text(frame, name) }, metadata: {} };
    const bundle = await this.#kernel.rich(name);
    const shown: unknown = bundle && JSON.parse(`{${bundle.json}}`);
    return isJson(shown) ? shown : { data: {}, metadata: {} };
  }

  /** Sends an event to the front ends. */
  tell(event: string, body: Json): void {
    this.#sequence += 1;
    this.#kernel.publish({ seq: this.#sequence, type: "event", event, body });
  }

  async #askGlobals(): Promise<void> {
    // An interrupt takes away what was asked before; then the variables are those of before, too.
    const found = await this.#kernel.globals().catch(() => undefined);
    this.#lastGlobals = found ?? this.#lastGlobals;
    this.#asking = undefined;
  }

  #complain(error: unknown): void {
    this.tell("output", { category: "stderr", output: `${error instanceof Error ? error.stack : error}\n` });
  }

  async #answer({ seq, command: given, arguments: parameters }: Json): Promise<Json> {
    const command = String(given);
    this.#sequence += 1;
    const response = { seq: this.#sequence, type: "response", request_seq: seq, command };
    try {
      const body = await this.#do(command, isJson(parameters) ? parameters : {});
      return { ...response, success: true, body };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { ...response, success: false, message, body: {} };
    }
  }

  #do(command: string, parameters: Json): Promise<Json> | Json {
    const doing = requests.get(command);
    if (doing) return doing(this, parameters);
    const inRun = requestsInRun.get(command);
    if (!inRun) throw new Error(`There is no request "${command}"`);
    if (!this.#run)
      throw new Error(`"${command}" needs a debugger that is attached: send "initialize" first`);
    return inRun(this.#run, parameters, this);
  }
}
