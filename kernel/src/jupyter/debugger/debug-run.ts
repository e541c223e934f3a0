import type { Debugger } from "node:inspector";
import { Session } from "node:inspector/promises";
import { Breakpoints } from "./breakpoints.ts";
import { isCaught } from "./caught.ts";
import type { DebuggedCode } from "./code.ts";
import { FOREIGN } from "./foreign.ts";
import { Pause } from "./pause.ts";
import { Scripts } from "./scripts.ts";
import type { Sources } from "./sources.ts";
import type { CountedBreakpoint } from "./stop-condition.ts";

/** Which exceptions stop the program. */
export type ExceptionFilter = "none" | "uncaught" | "all";

/** Why and where the main thread has stopped, or that it goes on. */
export interface RunEvents {
  stopped(reason: string, text: string | undefined): void;
  continued(): void;
  /** A breakpoint says something. */
  said(message: string): void;
  /** The inspector has refused something that nobody asked for directly. */
  failed(error: unknown): void;
}

const ASYNC_DEPTH = 16;

/** One debugging run: from now until its end the inspector of the main thread is attached. */
export class DebugRun {
  readonly breakpoints: Breakpoints;
  readonly scripts: Scripts;
  readonly #inspector = new Session();
  readonly #events: RunEvents;
  #isStopped = false;
  /** What can be looked at while it stands still. */
  #pause: Pause | undefined;
  #filter: ExceptionFilter = "none";
  #isStepping = false;
  /** Number of frames where the last step began. */
  #depth = 0;

  constructor(sources: Sources, events: RunEvents) {
    this.#events = events;
    this.scripts = new Scripts(sources);
    this.breakpoints = new Breakpoints(this.#inspector, sources, this.scripts);
  }

  /** The main thread as it stands still; undefined while it runs. */
  get pause(): Pause | undefined {
    return this.#pause;
  }

  /** Attaches the inspector. */
  async begin(): Promise<void> {
    this.#inspector.connectToMainThread();
    this.#inspector.on("Debugger.scriptParsed", ({ params }) => this.scripts.parsed(params));
    this.#inspector.on("Debugger.paused", ({ params }) => {
      this.#isStopped = true;
      void this.#paused(params).catch((error) => this.#giveUp(error));
    });
    this.#inspector.on("Debugger.resumed", () => this.#resumed());
    await this.#inspector.post("Debugger.enable");
    await this.#inspector.post("Debugger.setBlackboxPatterns", { patterns: FOREIGN });
  }

  /** Lets the main thread go on and detaches the inspector. */
  async end(): Promise<void> {
    if (this.#isStopped) await this.#inspector.post("Debugger.resume");
    await this.#inspector.post("Debugger.disable");
    this.#inspector.disconnect();
    this.scripts.end();
  }

  /** Takes code that is about to run; when this settles, its breakpoints are set. */
  async add(code: DebuggedCode): Promise<void> {
    const script = await this.scripts.add(code);
    if (script) await this.breakpoints.apply(script);
  }

  async stopOn(filter: ExceptionFilter): Promise<void> {
    this.#filter = filter;
    // To be told who waits for a promise costs something, and only this needs it.
    const maxDepth = filter === "uncaught" ? ASYNC_DEPTH : 0;
    await this.#inspector.post("Debugger.setAsyncCallStackDepth", { maxDepth });
    const state = filter === "none" ? "none" : "all";
    await this.#inspector.post("Debugger.setPauseOnExceptions", { state });
  }

  /** Goes on, for a step or until something stops it. */
  async go(way: "resume" | "stepOver" | "stepInto" | "stepOut"): Promise<void> {
    if (!this.#pause) throw new Error("Nothing stands still");
    this.#isStepping = way !== "resume";
    this.#depth = way === "stepInto" ? Number.POSITIVE_INFINITY : this.#pause.depth;
    await this.#inspector.post(`Debugger.${way}`);
  }

  /** Ends a step that went beyond the end of its cell: it must not stop at the first statement of the next one. */
  cellEnded(): void {
    this.#isStepping = false;
  }

  /** Stops at the next statement. */
  async stop(): Promise<void> {
    await this.#inspector.post("Debugger.pause");
  }

  /** Ends the code that stands still, if any does. */
  async terminate(): Promise<void> {
    if (this.#isStopped) await this.#inspector.post("Debugger.resume", { terminateOnResume: true });
  }

  async #paused(event: Debugger.PausedEventDataType): Promise<void> {
    const top = event.callFrames[0];
    if (!top || !this.scripts.find(top.location.scriptId)) {
      await this.#inspector.post(top ? "Debugger.stepOut" : "Debugger.resume");
      return;
    }
    const isError = event.reason === "exception" || event.reason === "promiseRejection";
    if (await this.#isNoStop(event, isError)) {
      await this.#inspector.post("Debugger.resume");
      return;
    }
    const pause = new Pause(this.#inspector, this.scripts, event.callFrames);
    await pause.begin();
    if (!this.#isStopped) return;
    const points = isError ? [] : this.breakpoints.reached(event.hitBreakpoints);
    const stops = await this.#stopsAt(points, pause);
    if (!this.#isStopped) return;
    // A breakpoint that does not stop must not end a step either, which goes on where it began.
    if (points.length > 0 && !stops && !(this.#isStepping && pause.depth <= this.#depth)) {
      await pause.end();
      await this.#inspector.post(this.#isStepping ? "Debugger.stepOut" : "Debugger.resume");
      return;
    }
    this.#pause = pause;
    this.#events.stopped(isError ? "exception" : stops ? "breakpoint" : "step", textOf(event));
  }

  /** Whether it is the end of a step beyond its cell, or an error that is caught and was not asked for. */
  async #isNoStop(event: Debugger.PausedEventDataType, isError: boolean): Promise<boolean> {
    if (event.reason === "step") return !this.#isStepping;
    return isError && this.#filter === "uncaught" && (await isCaught(this.#inspector, this.scripts, event));
  }

  /** Whether one of the breakpoints that were reached stops; what they say is said. */
  async #stopsAt(points: readonly CountedBreakpoint[], pause: Pause): Promise<boolean> {
    let stops = false;
    for (const point of points) {
      const verdict = await point.reached(pause);
      if (verdict.message !== undefined) this.#events.said(verdict.message);
      stops ||= verdict.stops;
    }
    return stops;
  }

  #resumed(): void {
    const pause = this.#pause;
    this.#isStopped = false;
    this.#pause = undefined;
    if (!pause) return;
    this.#events.continued();
    // An inspector that has been detached meanwhile has let go of everything.
    void pause.end().catch(() => undefined);
  }

  /** A cell must not stand still for ever because of a mistake of ours. */
  #giveUp(error: unknown): void {
    this.#events.failed(error);
    if (this.#isStopped) void this.#inspector.post("Debugger.resume").catch(this.#events.failed);
  }
}

function textOf({ data }: Debugger.PausedEventDataType): string | undefined {
  const description: unknown = data && Reflect.get(data, "description");
  return typeof description === "string" ? description.split("\n")[0] : undefined;
}
