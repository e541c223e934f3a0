/** Work that is done one piece after the other, in the order in which it came. */
export class Queue {
  #waiting: Job[] = [];
  #running = false;

  /** Whether a piece is being worked on. */
  get isBusy(): boolean {
    return this.#running;
  }

  add(job: Job): void {
    this.#waiting.push(job);
    if (!this.#running) void this.#drain();
  }

  /** Takes out all that waits. */
  takeWaiting(): Job[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }

  async #drain(): Promise<void> {
    this.#running = true;
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) await job.run();
    this.#running = false;
  }
}

/** One piece of work, and what to do when it must not be done. */
export interface Job {
  run(): Promise<void>;
  aborted(): Promise<void>;
}
