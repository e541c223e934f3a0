import type { MimeBundle } from "@tombolo/bundle";
import type { Work } from "../progress.ts";
import type { Store } from "../store/store.ts";

/** The variables that the cells of a notebook share. */
export interface Variables {
  has(name: string): boolean;
  /** The variable's value; undefined when there is none of that name. */
  get(name: string): unknown;
  /** Declares the variable, or replaces its value. */
  set(name: string, value: unknown): void;
  names(): string[];
}

/** Something shown in the notebook that can be changed afterwards. */
export interface DisplayHandle {
  readonly id: string;
  update(value: unknown): Promise<void>;
}

/** What a magic sees of the notebook it runs in. The cell layer provides it; nothing here is about Jupyter's wire. */
export interface Session {
  /** The folder of the notebook; relative paths start here. */
  readonly folder: string;
  readonly variables: Variables;
  /** Aborted when the running cell is interrupted. */
  readonly signal: AbortSignal;
  /** Shows a value as a cell's last value would be shown; a {@link MimeBundle} goes out as it is. */
  display(value: unknown): Promise<DisplayHandle>;
  /** Writes a line to the cell's standard output. */
  print(line: string): void;
  /** Writes a line to the cell's standard error. */
  warn(line: string): void;
  /** The notebook's store, opened at the first call. */
  store(): Promise<Store>;
  /** Interrupt, progress bar and warnings of this cell, for the library's long functions. */
  work(): Work;
}

/** A magic as it stands in a cell, split but not understood. */
export interface MagicCall {
  readonly name: string;
  readonly kind: "line" | "cell";
  /** Text after the name up to the end of the line. */
  readonly line: string;
  /** Lines under a cell magic. */
  readonly body?: string;
}

/** Whether a value is a MIME bundle rather than something to be shown by inspection. */
export function isMimeBundle(value: unknown): value is MimeBundle {
  return (
    typeof value === "object" &&
    value !== null &&
    "data" in value &&
    typeof value.data === "object" &&
    value.data !== null
  );
}
