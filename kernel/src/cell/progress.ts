import type { Progress } from "../progress.ts";

/** Where a progress display is shown: called with the text, first to show it and then to replace it. */
export type ShowText = (text: string) => void;

const INTERVAL = 100;
const WIDTH = 24;

/** Work that is over within this time shows no progress at all. */
const PATIENCE = 400;

/** One progress display: thins reports out to ten a second and leaves the last one standing. */
export class ProgressDisplay {
  readonly #show: ShowText;
  #latest: Progress | undefined;
  #shownAt = performance.now() + PATIENCE - INTERVAL;
  #shown = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(show: ShowText) {
    this.#show = show;
  }

  /** Takes a report. */
  report(progress: Progress): void {
    this.#latest = progress;
    const wait = this.#shownAt + INTERVAL - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait).unref();
  }

  /** Leaves the last report standing, if there was time to show any. */
  finish(): void {
    if (this.#shown) this.flush();
    clearTimeout(this.#timer);
  }

  /** Shows the last report now, if it has not been shown. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#latest) return;
    this.#show(progressText(this.#latest));
    this.#shown = true;
    this.#latest = undefined;
    this.#shownAt = performance.now();
  }
}

/** A report as one line with a bar. */
export function progressText({ stage, done, total, unit }: Progress): string {
  if (done === undefined) return stage;
  if (total === undefined || total === 0) return `${stage} · ${amount(done, unit)}`;
  const share = Math.min(1, done / total);
  const full = Math.round(share * WIDTH);
  const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
  return `${stage} ${bar} ${Math.round(share * 100)} % of ${amount(total, unit)}`;
}

function amount(count: number, unit: Progress["unit"]): string {
  if (unit === "bytes")
    return count < 1e6 ? `${Math.ceil(count / 1e3)} kB` : `${(count / 1e6).toFixed(1)} MB`;
  return `${count.toLocaleString("en")}${unit ? ` ${unit}` : ""}`;
}
