import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { takeNews } from "../engine/own-label.ts";
import { magics } from "../magics/index.ts";
import { Magics } from "../magics/magic.ts";
import { outline } from "../magics/outline.ts";
import type {
  Captured,
  PastCell,
  ProgressHandle,
  Session,
  ShowingHandle,
  Snippet,
} from "../magics/session.ts";
import type { Work } from "../progress.ts";
import { services } from "../services/index.ts";
import { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import { CapturedOutput } from "./captured-output.ts";
import { NotebookComms } from "./comms.ts";
import { Displays } from "./displays.ts";
import type { Host } from "./host.ts";
import { closedAmong, warningOfPrinting } from "./own-printing.ts";
import { ProgressDisplay } from "./progress.ts";
import type { References } from "./references.ts";
import { tidyStacks } from "./stack.ts";

/** The running cell, as far as a session needs it. */
export interface RunningCell {
  readonly signal: AbortSignal;
  /** Called when the cell has ended, however it ended. */
  readonly atEnd: (() => void)[];
  /** Text that goes into the cell, or into a new one, when the cell has ended. */
  nextInput?: { readonly text: string; readonly replaces: boolean };
}

/** What a session asks of the notebook that runs its cells. */
export interface Runner {
  running(): RunningCell | undefined;
  history(): readonly PastCell[];
  compile(snippet: Snippet): Promise<() => unknown>;
  load(specifier: string): Promise<unknown>;
}

const SHOW_LATER = 400;

/** What magics and preloaded functions see of the notebook. */
export class NotebookSession implements Session {
  readonly variables: References;
  readonly magics = new Magics({ outlines: outline, loaders: magics });
  readonly settings: Settings;
  readonly comms: NotebookComms;
  readonly output: CapturedOutput;
  readonly #host: Host;
  readonly #runner: Runner;
  /** The folder of the notebook, whatever `%cd` does. */
  readonly #home: string;
  readonly #displays: Displays;
  #store: Promise<Store> | undefined;
  /** The same store once it is open. */
  #opened: Store | undefined;
  /** Whether the user's own code has printed since the last cell ended. */
  #hasPrinted = false;
  #isWarned = false;
  #isOwnLabelTold = false;

  constructor(home: string, variables: References, host: Host, runner: Runner) {
    this.#home = home;
    this.variables = variables;
    this.#host = host;
    this.output = new CapturedOutput(host);
    this.#displays = new Displays(this.output);
    this.settings = new Settings((name, value) => host.settingChanged(name, value));
    this.comms = new NotebookComms((event) => host.sendComm(event));
    for (const [target, load] of Object.entries(services)) {
      this.comms.register(target, async (comm, data) => (await load()).opened(this, comm, data));
    }
    this.#runner = runner;
  }

  get folder(): string {
    return process.cwd();
  }

  get signal(): AbortSignal {
    return this.#runner.running()?.signal ?? new AbortController().signal;
  }

  display(value: unknown): ShowingHandle {
    return this.#displays.display(value);
  }

  /** Shows a value under an id, the first time as something new, then in place of what has the id. */
  displayAs(id: string, value: unknown): Promise<void> {
    return this.#displays.displayAs(id, value);
  }

  /** Waits for what is being shown without anybody waiting for it. */
  displaysSettled(): Promise<void> {
    return this.#displays.settled();
  }

  clearOutput(wait = false): void {
    this.#displays.keepPlaces();
    this.output.clear(wait);
  }

  write(name: "stdout" | "stderr", text: string): void {
    this.#displays.keepPlaces();
    this.output.stream(name, tidyStacks(text));
  }

  /** The same for what the user's own code prints. */
  print(name: "stdout" | "stderr", text: string): void {
    this.#hasPrinted = true;
    this.write(name, text);
  }

  /** Whether the notebook has seen data that is not public. */
  get hasClosedData(): boolean {
    return closedAmong(this.variables, this.#opened) !== undefined;
  }

  /** Says once, at the end of a cell, that what the user prints himself is saved, when there is data that is not public. */
  async warnOfPrinting(isPlainValue = false): Promise<void> {
    this.#tellOfOwnLabels();
    const isPrinted = this.#hasPrinted || isPlainValue;
    this.#hasPrinted = false;
    if (!isPrinted || this.#isWarned) return;
    const sentence = warningOfPrinting(this.variables, await this.#store);
    this.#isWarned = sentence !== undefined;
    if (sentence !== undefined) this.write("stderr", `${sentence}\n`);
  }

  /** Says once that what was made by hand has taken a label. */
  #tellOfOwnLabels(): void {
    const sentence = takeNews();
    if (sentence === undefined || this.#isOwnLabelTold) return;
    this.#isOwnLabelTold = true;
    this.write("stderr", `${sentence}\n`);
  }

  ask(question: string, password: boolean): Promise<string> {
    return this.#host.ask(question, password);
  }

  askAndWait(question: string, password: boolean): string {
    return this.#host.askAndWait(question, password);
  }

  store(): Promise<Store> {
    this.#store ??= this.#openStore();
    const opening = this.#store;
    opening.then(
      (store) => {
        this.#opened = store;
      },
      () => {
        this.#store = undefined;
      },
    );
    return opening;
  }

  work(): Work {
    const progress = this.#progress(SHOW_LATER);
    return {
      signal: this.signal,
      onProgress: (report) => progress.report(report),
      onWarning: (sentence) => this.write("stderr", `${sentence}\n`),
    };
  }

  progress(): ProgressHandle {
    return this.#progress(0);
  }

  async evaluate(snippet: Snippet): Promise<unknown> {
    return (await this.#runner.compile(snippet))();
  }

  compile(snippet: Snippet): Promise<() => unknown> {
    return this.#runner.compile(snippet);
  }

  load(specifier: string): Promise<unknown> {
    return this.#runner.load(specifier);
  }

  capture(work: () => Promise<unknown>): Promise<Captured> {
    return this.output.capture(async () => {
      await work();
      await this.displaysSettled();
    });
  }

  history(): readonly PastCell[] {
    return this.#runner.history();
  }

  setNextInput(text: string, replaces: boolean): void {
    const running = this.#runner.running();
    if (running) running.nextInput = { text, replaces };
  }

  /** A progress display; the end of the cell leaves its last report standing. */
  #progress(patience: number): ProgressDisplay {
    const id = randomUUID();
    let kind: "display_data" | "update_display_data" = "display_data";
    const progress = new ProgressDisplay((data) => {
      this.#displays.keepPlaces();
      this.output.show(kind, { data, metadata: {} }, id);
      kind = "update_display_data";
    }, patience);
    this.#runner.running()?.atEnd.push(() => progress.finish());
    return progress;
  }

  async #openStore(): Promise<Store> {
    const { openStore } = await import("../store/store.ts");
    return openStore(process.env.TOMBOLO_STORE || join(this.#home, ".tombolo"));
  }
}
