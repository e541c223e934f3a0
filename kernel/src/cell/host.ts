import type { Shown } from "./display.ts";
import type { CellText } from "./texts.ts";

/** Where the output of cells goes; the Jupyter layer says which cell it belongs to. */
export interface Output {
  stream(name: "stdout" | "stderr", text: string): void;
  /** Shows something new, or replaces what was shown under the same id. */
  show(kind: "display_data" | "update_display_data", shown: Shown, id: string): void;
  clear(wait: boolean): void;
}

/** One message of a comm, in either direction. */
export interface CommEvent {
  readonly event: "open" | "message" | "close";
  readonly id: string;
  /** What the comm is opened to; empty for other events. */
  readonly target: string;
  readonly data: unknown;
  readonly buffers: readonly Uint8Array[];
}

/** What a notebook needs of the place where it runs. */
export interface Host extends Output {
  /** Asks the person at the notebook. Rejects with a UserError where nobody can be asked. */
  ask(question: string, password: boolean): Promise<string>;
  /** The same, blocking this thread. */
  askAndWait(question: string, password: boolean): string;
  settingChanged(name: string, value: string): void;
  sendComm(event: CommEvent): void;
  /** Told of code that is about to run, with the URL that stacks show; it runs when what is returned has settled. */
  compiled?(url: string, text: CellText): Promise<void> | undefined;
}
