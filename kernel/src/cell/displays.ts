import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { DisplayHandle, ShowingHandle } from "../magics/session.ts";
import type { CapturedOutput } from "./captured-output.ts";
import { type Formatted, formatAtOnce, formatValue, type Shown } from "./display.ts";

/** What `display` stands for. As the value of a cell it is not shown: what it stands for has been. */
export class ShownValue implements DisplayHandle {
  readonly id: string;
  readonly update: (value: unknown) => Promise<void>;
  readonly clear: () => Promise<void>;

  constructor(id: string, update: (value: unknown) => Promise<void>) {
    this.id = id;
    this.update = update;
    this.clear = () => update({ data: { "text/plain": "" } });
  }
}

const EMPTY = { data: { "text/plain": "" }, metadata: {} };

/**
 * Shows values in the order in which they are given, although the form of one may take a while to find and nobody need wait
 * for it: what is put out meanwhile goes below the place that is kept for it.
 */
export class Displays {
  readonly #output: CapturedOutput;
  /** Ids of which something is in the notebook. */
  readonly #placed = new Set<string>();
  /** Ids of which nothing is there yet → what keeps their place. */
  readonly #placeless = new Map<string, () => void>();
  readonly #unfinished = new Set<Promise<unknown>>();

  constructor(output: CapturedOutput) {
    this.#output = output;
  }

  /** Shows a value; the handle changes it, in turn, also before it is shown. */
  display(value: unknown): ShowingHandle {
    const id = randomUUID();
    let last = this.displayAs(id, value);
    const handle = new ShownValue(id, (next) => {
      last = this.#follow(last.catch(() => undefined).then(() => this.displayAs(id, next)));
      return last;
    });
    const { update, clear } = handle;
    return Object.assign(
      last.then(() => handle),
      { id, update, clear },
    );
  }

  /** Shows a value under an id, the first time as something new, then in place of what has the id. */
  displayAs(id: string, value: unknown): Promise<void> {
    this.keepPlaces();
    const atOnce = formatAtOnce(value);
    if (atOnce) {
      this.#show(id, atOnce);
      return Promise.resolve();
    }
    // In the cell that shows it, whoever puts something out meanwhile.
    if (!this.#placed.has(id))
      this.#placeless.set(
        id,
        AsyncResource.bind(() => this.#put(id, EMPTY)),
      );
    return this.#follow(this.#showLater(id, value));
  }

  /** Keeps the places of what is still being made; to be called before anything else is put out. */
  keepPlaces(): void {
    for (const keep of this.#placeless.values()) keep();
  }

  /** Waits for all that is still being made. */
  async settled(): Promise<void> {
    while (this.#unfinished.size > 0) await Promise.allSettled(this.#unfinished);
  }

  async #showLater(id: string, value: unknown): Promise<void> {
    this.#show(id, await formatValue(value));
  }

  #show(id: string, formatted: Formatted): void {
    if (formatted.shown) this.#put(id, formatted.shown);
    else this.#placeless.delete(id);
    if ("error" in formatted) throw formatted.error;
  }

  #put(id: string, shown: Shown): void {
    this.#placeless.delete(id);
    this.#output.show(this.#placed.has(id) ? "update_display_data" : "display_data", shown, id);
    this.#placed.add(id);
  }

  #follow<Value>(work: Promise<Value>): Promise<Value> {
    this.#unfinished.add(work);
    const forget = () => this.#unfinished.delete(work);
    work.then(forget, forget);
    return work;
  }
}
