import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { DisplayHandle, Session } from "../magics/session.ts";
import type { Work } from "../progress.ts";
import type { Store } from "../store/store.ts";
import { formatValue, type Shown } from "./display.ts";
import { ProgressDisplay } from "./progress.ts";
import type { References } from "./references.ts";

/** Where the output of cells goes; the Jupyter layer says which cell it belongs to. */
export interface Output {
  stream(name: "stdout" | "stderr", text: string): void;
  /** Shows something new, or replaces what was shown under the same id. */
  show(kind: "display_data" | "update_display_data", shown: Shown, id: string): void;
  clear(wait: boolean): void;
}

/** The running cell, as far as a session needs it. */
export interface RunningCell {
  readonly signal: AbortSignal;
  /** Called when the cell has ended, however it ended. */
  readonly atEnd: (() => void)[];
}

/** What `display` returns. As the value of a cell it is not shown: what it stands for has been. */
export class ShownValue implements DisplayHandle {
  readonly id: string;
  readonly update: (value: unknown) => Promise<void>;

  constructor(id: string, update: (value: unknown) => Promise<void>) {
    this.id = id;
    this.update = update;
  }
}

/** What magics and preloaded functions see of the notebook. */
export class NotebookSession implements Session {
  readonly folder: string;
  readonly variables: References;
  readonly #output: Output;
  readonly #running: () => RunningCell | undefined;
  readonly #shownIds = new Set<string>();
  #store: Promise<Store> | undefined;

  constructor(folder: string, variables: References, output: Output, running: () => RunningCell | undefined) {
    this.folder = folder;
    this.variables = variables;
    this.#output = output;
    this.#running = running;
  }

  get signal(): AbortSignal {
    return this.#running()?.signal ?? new AbortController().signal;
  }

  async display(value: unknown): Promise<DisplayHandle> {
    const id = randomUUID();
    await this.#show("display_data", value, id);
    return new ShownValue(id, (next) => this.#show("update_display_data", next, id));
  }

  /** Shows a value under an id, the first time as something new, then in place of what has the id. */
  async displayAs(id: string, value: unknown): Promise<void> {
    const isNew = !this.#shownIds.has(id);
    this.#shownIds.add(id);
    await this.#show(isNew ? "display_data" : "update_display_data", value, id);
  }

  /** Takes away what the running cell has shown; with `wait`, only when the next output comes. */
  clearOutput(wait = false): void {
    this.#output.clear(wait);
  }

  print(line: string): void {
    this.#output.stream("stdout", `${line}\n`);
  }

  warn(line: string): void {
    this.#output.stream("stderr", `${line}\n`);
  }

  store(): Promise<Store> {
    this.#store ??= this.#openStore();
    const opening = this.#store;
    opening.catch(() => {
      this.#store = undefined;
    });
    return opening;
  }

  work(): Work {
    const cell = this.#running();
    const id = randomUUID();
    let kind: "display_data" | "update_display_data" = "display_data";
    const progress = new ProgressDisplay((text) => {
      this.#output.show(kind, { data: { "text/plain": text }, metadata: {} }, id);
      kind = "update_display_data";
    });
    cell?.atEnd.push(() => progress.finish());
    return {
      signal: cell?.signal ?? this.signal,
      onProgress: (report) => progress.report(report),
      onWarning: (sentence) => this.warn(sentence),
    };
  }

  async #openStore(): Promise<Store> {
    const { openStore } = await import("../store/store.ts");
    return openStore(process.env.TOMBOLO_STORE || join(this.folder, ".tombolo"));
  }

  async #show(kind: "display_data" | "update_display_data", value: unknown, id: string): Promise<void> {
    const { shown, error } = await formatValue(value);
    this.#output.show(kind, shown, id);
    if (error !== undefined) throw error;
  }
}
