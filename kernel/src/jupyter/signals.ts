import { Worker } from "node:worker_threads";

/** How long a cell runs before somebody might want to stop it by a signal, in milliseconds. */
const LONG = 150;

/**
 * Hears SIGINT, of Ctrl-C or of a front end that interrupts by signal, while the main thread is busy. The thread that hears is
 * started for the first long cell, so that short ones, and the start of the kernel, need not pay for it.
 */
export class Signals {
  readonly #heard: () => void;
  #thread: Worker | undefined;

  constructor(heard: () => void) {
    this.#heard = heard;
  }

  /** Takes note that a cell runs; returns what to call at its end. */
  cellRuns(): () => void {
    if (this.#thread) return () => undefined;
    const timer = setTimeout(() => this.#listen(), LONG);
    return () => clearTimeout(timer);
  }

  #listen(): void {
    this.#thread ??= new Worker(new URL("./signal-thread.js", import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 8 },
    })
      .on("message", this.#heard)
      // Without it the main thread hears the signal when it is free.
      .on("error", () => undefined);
  }
}
