import { type RowSet, type RowState, type RowsSpec, sameRows } from "@tombolo/bundle/selection";

/** Called after the state of rows has changed; `origin` is whoever has changed it. */
export type RowsListener = (rows: LinkedRows, state: RowState, origin: unknown) => unknown;

/** What all views of the same rows share. */
export class LinkedRows {
  readonly link: RowsSpec;
  readonly #states = new Map<RowState, RowSet>();
  readonly #listeners = new Set<RowsListener>();

  constructor(link: RowsSpec) {
    this.link = link;
  }

  /** The selected rows, or those that alone are shown; undefined when none is selected, or all are shown. */
  get(state: RowState): RowSet | undefined {
    return this.#states.get(state);
  }

  /** Changes a state and tells the listeners. Rejects with a listener's error when all have been told. */
  async set(state: RowState, rows: RowSet | undefined, origin?: unknown): Promise<void> {
    if (rows && rows.count !== this.link.count)
      throw new RangeError(`these are rows of a result with ${rows.count} rows, not ${this.link.count}`);
    if (sameRows(this.#states.get(state), rows)) return;
    if (rows) this.#states.set(state, rows);
    else this.#states.delete(state);
    const listeners = [...this.#listeners, ...everywhere];
    const told = await Promise.allSettled(listeners.map(async (listener) => listener(this, state, origin)));
    for (const answer of told) if (answer.status === "rejected") throw answer.reason;
  }

  /** Calls a function after each change; returns the function that ends this. */
  listen(listener: RowsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const known = new Map<string, LinkedRows>();
const everywhere = new Set<RowsListener>();

/** What the views of these rows share. */
export function linkedRows(link: RowsSpec): LinkedRows {
  const rows = known.get(link.key) ?? new LinkedRows(link);
  known.set(link.key, rows);
  return rows;
}

/** What the views of the rows with that key share; undefined when nothing with these rows has been shown. */
export function findLinkedRows(key: string): LinkedRows | undefined {
  return known.get(key);
}

/** All rows of which something has been said. */
export function allLinkedRows(): readonly LinkedRows[] {
  return [...known.values()];
}

/** Calls a function after each change of any rows; returns the function that ends this. */
export function listenToAllRows(listener: RowsListener): () => void {
  everywhere.add(listener);
  return () => everywhere.delete(listener);
}
