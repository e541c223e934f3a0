import type { ISessionContext } from "@jupyterlab/apputils";
import type { Kernel, KernelMessage } from "@jupyterlab/services";
import {
  type Combination,
  combineRows,
  decodeRows,
  encodeRows,
  parseRowsMessage,
  type RowSet,
  type RowState,
  type RowsMessage,
  type RowsSpec,
  SELECTION_COMM_TARGET,
  sameRows,
} from "@tombolo/bundle";
import { bufferOf, connected } from "./blobs.ts";
import { onKernelGone } from "./kernel-gone.ts";

/** Changes that follow one another closer than this go to the kernel as one. */
const PAUSE_MILLISECONDS = 60;

/** What all views of the same rows share. */
export class LinkedRows {
  readonly link: RowsSpec;
  readonly #states = new Map<RowState, RowSet>();
  readonly #listeners = new Set<() => void>();
  readonly #changed: (rows: LinkedRows, state: RowState) => void;

  constructor(link: RowsSpec, changed: (rows: LinkedRows, state: RowState) => void) {
    this.link = link;
    this.#changed = changed;
  }

  /** The selected rows; undefined when none is. */
  get selected(): RowSet | undefined {
    return this.#states.get("selected");
  }

  /** The rows that alone are shown; undefined when all are. */
  get shown(): RowSet | undefined {
    return this.#states.get("shown");
  }

  /** Selects rows in all views, by replacing what is selected unless told otherwise. Undefined selects nothing. */
  select(rows: RowSet | undefined, combination: Combination = "replace"): void {
    this.put("selected", rows && combineRows(this.selected, rows, combination));
  }

  /** Lets all views show only these rows; undefined lets them show all. */
  show(rows: RowSet | undefined): void {
    this.put("shown", rows);
  }

  /** Calls a function after each change, until the signal is aborted. */
  onChange(changed: () => void, signal: AbortSignal): void {
    this.#listeners.add(changed);
    signal.addEventListener("abort", () => this.#listeners.delete(changed));
  }

  /** Sets a state and tells the views, and also the kernel unless it was the kernel that said so. */
  put(state: RowState, rows: RowSet | undefined, fromKernel = false): void {
    if (rows && rows.count !== this.link.count) return;
    if (sameRows(this.#states.get(state), rows)) return;
    if (rows) this.#states.set(state, rows);
    else this.#states.delete(state);
    for (const listener of this.#listeners) listener();
    if (!fromKernel) this.#changed(this, state);
  }
}

/** The selections of a notebook: one for each result that its views show, in step with the kernel when there is one. */
export class SelectionHub {
  readonly #session: ISessionContext;
  readonly #rows = new Map<string, LinkedRows>();
  /** What the kernel said of rows that no view shows yet. */
  readonly #early = new Map<string, [RowsMessage, RowSet | undefined]>();
  readonly #unsent = new Map<string, [LinkedRows, RowState]>();
  #comm: Promise<Kernel.IComm> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: ISessionContext) {
    this.#session = session;
    // The next kernel knows nothing of these rows.
    onKernelGone(session, () => {
      this.#comm = undefined;
      this.#early.clear();
      this.#unsent.clear();
      for (const rows of this.#rows.values()) {
        rows.put("selected", undefined, true);
        rows.put("shown", undefined, true);
      }
    });
  }

  /** What the views of these rows share; views of the same notebook with the same link get the same. */
  linkedRows(link: RowsSpec): LinkedRows {
    const known = this.#rows.get(link.key);
    if (known) return known;
    const rows = new LinkedRows(link, (changed, state) => this.#tell(changed, state));
    this.#rows.set(link.key, rows);
    for (const [id, [{ key, state }, set]] of this.#early) {
      if (key !== link.key) continue;
      rows.put(state, set, true);
      this.#early.delete(id);
    }
    // Without a kernel the views of the notebook are linked all the same.
    this.#connect().catch(() => undefined);
    return rows;
  }

  /** Selects nothing in any view. */
  clear(): void {
    for (const rows of this.#rows.values()) rows.select(undefined);
  }

  #tell(rows: LinkedRows, state: RowState): void {
    this.#unsent.set(`${rows.link.key} ${state}`, [rows, state]);
    this.#timer ??= setTimeout(() => void this.#send(), PAUSE_MILLISECONDS);
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const comm = await this.#connect().catch(() => undefined);
    const unsent = [...this.#unsent.values()];
    this.#unsent.clear();
    for (const [rows, state] of unsent) {
      const set = state === "selected" ? rows.selected : rows.shown;
      comm?.send({ key: rows.link.key, state }, undefined, set ? [encodeRows(set).buffer] : []);
    }
  }

  #connect(): Promise<Kernel.IComm> {
    this.#comm ??= this.#open();
    const opening = this.#comm;
    opening.catch(() => {
      if (this.#comm === opening) this.#comm = undefined;
    });
    return opening;
  }

  async #open(): Promise<Kernel.IComm> {
    const kernel = await connected(this.#session);
    const comm = kernel.createComm(SELECTION_COMM_TARGET);
    comm.onMsg = (message) => this.#receive(message);
    comm.open({});
    return comm;
  }

  #receive(message: KernelMessage.ICommMsgMsg): void {
    const said = parseRowsMessage(message.content.data);
    const bytes = bufferOf(message);
    const set = bytes && decodeRows(bytes);
    const rows = this.#rows.get(said.key);
    if (rows) rows.put(said.state, set, true);
    else this.#early.set(`${said.key} ${said.state}`, [said, set]);
  }
}
