import type { MimeBundle } from "@tombolo/bundle";
import type { Progress, Work } from "../progress.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { Comms } from "./comms.ts";
import type { Magics } from "./magic.ts";

/** The variables that the cells of a notebook share. */
export interface Variables {
  has(name: string): boolean;
  /** The variable's value; undefined when there is none of that name. */
  get(name: string): unknown;
  /** Declares the variable, or replaces its value. */
  set(name: string, value: unknown): void;
  names(): string[];
  /** Forgets all that the user has declared. */
  clear(): void;
}

/** Something shown in the notebook that can be changed afterwards. */
export interface DisplayHandle {
  readonly id: string;
  update(value: unknown): Promise<void>;
  /** Leaves an empty place. */
  clear(): Promise<void>;
}

/** The handle of a value that may still be on its way: what it does, it does in turn; awaited, the value is shown. */
export interface ShowingHandle extends DisplayHandle, Promise<DisplayHandle> {}

/** A progress display. */
export interface ProgressHandle {
  report(progress: Progress): void;
  /** Leaves the last report standing. */
  finish(): void;
}

/** TypeScript that a magic runs for the user, with the place where it stands. */
export interface Snippet {
  readonly code: string;
  /** Line of the cell on which the code begins, counted from 1. */
  readonly line?: number;
  /** File from which the code comes, when it is not from the cell. */
  readonly file?: string;
}

/** What code has printed and shown while it was captured. */
export interface Captured {
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: readonly MimeBundle[];
}

/** A cell that was run. */
export interface PastCell {
  /** Such as `In[12]`. */
  readonly label: string;
  readonly source: string;
}

/** What a magic sees of the notebook it runs in. The cell layer provides it; nothing here is about Jupyter's wire. */
export interface Session {
  /** The folder at which relative paths start: the notebook's, until `%cd`. */
  readonly folder: string;
  readonly variables: Variables;
  readonly magics: Magics;
  readonly settings: Settings;
  readonly comms: Comms;
  /** Aborted when the running cell is interrupted. */
  readonly signal: AbortSignal;
  /** Shows a value as a cell's last value would be shown; a {@link MimeBundle} goes out as it is. */
  display(value: unknown): ShowingHandle;
  /** Takes away what the running cell has shown; with `wait`, only when the next output comes. */
  clearOutput(wait?: boolean): void;
  /** Writes text to the cell's standard output or standard error. */
  write(name: "stdout" | "stderr", text: string): void;
  /** Asks the person at the notebook for a line of text. Throws a UserError where nobody can be asked. */
  ask(question: string, password: boolean): Promise<string>;
  /** The same, blocking this thread. */
  askAndWait(question: string, password: boolean): string;
  /** The notebook's store, opened at the first call. */
  store(): Promise<Store>;
  /** Interrupt, progress bar and warnings of this cell, for the library's long functions. */
  work(): Work;
  /** A progress display of its own, shown from the first report on. */
  progress(): ProgressHandle;
  /** Runs TypeScript as if it stood in the cell; its declarations become variables of the notebook. */
  evaluate(snippet: Snippet): Promise<unknown>;
  /** Prepares TypeScript to be run several times. */
  compile(snippet: Snippet): Promise<() => unknown>;
  /** Imports a module as a cell would. */
  load(specifier: string): Promise<unknown>;
  /** Does work and keeps what it prints and shows from the cell's output. */
  capture(work: () => Promise<unknown>): Promise<Captured>;
  /** The cells that were run before, oldest first. */
  history(): readonly PastCell[];
  /** Puts text into the cell, or into a new one below it, when the cell has ended. */
  setNextInput(text: string, replaces: boolean): void;
}

/** A magic as it stands in a cell, split but not understood. */
export interface MagicCall {
  readonly name: string;
  readonly kind: "line" | "cell";
  /** Text after the name up to the end of the line. */
  readonly line: string;
  /** Line of the cell on which the magic stands, counted from 1. */
  readonly row?: number;
  /** Whether its value goes into a variable, as in `const x = %sh ls`. */
  readonly assigned?: boolean;
  /** Lines under a cell magic. */
  readonly body?: string;
}
