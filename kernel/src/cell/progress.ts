import { escapeHtml } from "@tombolo/bundle/escape";
import type { ProgressHandle } from "../magics/session.ts";
import { durationText } from "../magics/timing.ts";
import type { Progress } from "../progress.ts";

/** Where a progress display is shown: called with the forms of its state, first to show it and then to replace it. */
export type ShowProgress = (data: Readonly<Record<"text/plain" | "text/html", string>>) => void;

const INTERVAL = 100;
const WIDTH = 24;

/** Work has to take so long before an estimate of the rest says anything. */
const LEAST_FOR_ESTIMATE = 1000;

/**
 * One progress display: thins reports out to ten a second. In the end the last one stands; of work that shows none when it is over
 * soon, only how long it took: its result tells the rest.
 */
export class ProgressDisplay implements ProgressHandle {
  readonly #show: ShowProgress;
  readonly #begunAt = performance.now();
  readonly #isOwn: boolean;
  /** When the stage that stands has begun: how fast an earlier one was says nothing about what is left of it. */
  #startedAt = performance.now();
  /** The report that stands, or is about to. */
  #latest: Progress | undefined;
  #isDirty = false;
  /** What was shown last: the same again would only be one more message. */
  #shown = "";
  #shownAt: number;
  #isShown: boolean;
  #timer: NodeJS.Timeout | undefined;

  /** Work that is over within the patience, in milliseconds, shows no progress at all. */
  constructor(show: ShowProgress, patience: number) {
    this.#show = show;
    this.#shownAt = performance.now() + patience - INTERVAL;
    this.#isShown = patience === 0;
    this.#isOwn = patience === 0;
  }

  report(progress: Progress): void {
    if (progress.stage !== this.#latest?.stage) this.#startedAt = performance.now();
    this.#latest = progress;
    this.#isDirty = true;
    const wait = this.#shownAt + INTERVAL - performance.now();
    if (wait <= 0) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), wait).unref();
  }

  finish(): void {
    if (this.#isShown && this.#isOwn) this.#flush();
    clearTimeout(this.#timer);
    if (!this.#isShown || this.#isOwn) return;
    this.#isShown = false;
    this.#show(forms(`Took ${durationText(performance.now() - this.#begunAt)}`, "", ""));
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#latest || !this.#isDirty) return;
    this.#isDirty = false;
    const data = progressForms(this.#latest, performance.now() - this.#startedAt);
    this.#shownAt = performance.now();
    if (this.#isShown && data["text/plain"] === this.#shown) return;
    this.#show(data);
    this.#shown = data["text/plain"];
    this.#isShown = true;
  }
}

/** A report as one line with a bar, and as HTML with the browser's own bar. */
export function progressForms(progress: Progress, elapsed: number) {
  const { stage, done, total } = progress;
  const tail = timeText(progress, elapsed);
  const label = stage === "" ? "" : `${stage} `;
  if (done === undefined) return forms(stage, "", tail);
  if (total === undefined || total === 0) return forms(`${label}${amount(done, progress.unit)}`, "", tail);
  const share = Math.min(1, done / total);
  const full = Math.round(share * WIDTH);
  const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
  const text = `${Math.round(share * 100)} % of ${amount(total, progress.unit)}`;
  return {
    "text/plain": `${label}${bar} ${text}${tail}`,
    "text/html": `${escapeHtml(label)}<progress value="${share}" max="1">${text}</progress> ${text}${tail}`,
  };
}

function forms(text: string, bar: string, tail: string) {
  return { "text/plain": text + bar + tail, "text/html": escapeHtml(text + tail) };
}

function timeText({ done, total }: Progress, elapsed: number): string {
  if (elapsed < LEAST_FOR_ESTIMATE) return "";
  const rounded = (milliseconds: number) => durationText(Math.max(1, Math.round(milliseconds / 1000)) * 1000);
  const isGoing = done !== undefined && total !== undefined && done > 0 && done < total;
  const rest = isGoing ? `, ${rounded((elapsed / done) * (total - done))} left` : "";
  return ` · ${rounded(elapsed)}${rest}`;
}

function amount(count: number, unit: Progress["unit"]): string {
  if (unit === "bytes")
    return count < 1e6 ? `${Math.ceil(count / 1e3)} kB` : `${(count / 1e6).toFixed(1)} MB`;
  return `${count.toLocaleString("en")}${unit ? ` ${unit}` : ""}`;
}
