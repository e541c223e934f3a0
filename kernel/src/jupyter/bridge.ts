import type { ShownError } from "../cell/errors.ts";
import type { CellRequest } from "../cell/notebook.ts";

/** What the protocol thread asks of the main thread, with the type of each answer. */
export interface Questions {
  readonly execute: {
    readonly input: CellRequest & { readonly parent: string };
    readonly answer: SentOutcome;
  };
  readonly complete: { readonly input: CodePlace; readonly answer: SentCompletions };
  readonly inspect: {
    readonly input: CodePlace;
    readonly answer: Readonly<Record<string, string>> | undefined;
  };
  readonly isComplete: {
    readonly input: { readonly code: string };
    readonly answer: { readonly status: string; readonly indent?: string };
  };
}

/** A place in a cell, counted in UTF-16 units. */
export interface CodePlace {
  readonly code: string;
  readonly cursor: number;
}

/** Completions as they cross the threads. */
export interface SentCompletions {
  readonly matches: readonly { readonly text: string; readonly type: string }[];
  readonly start: number;
  readonly end: number;
}

/** How a cell ended; its JSON is written once, where the values are. */
export interface SentOutcome {
  readonly error?: ShownError;
  readonly result?: SentBundle;
  /** JSON of the evaluated user expressions. */
  readonly expressions: string;
}

/** A MIME bundle that crosses the threads: its JSON is written once, where the value is. */
export interface SentBundle {
  /** The fields `data` and `metadata` of a message's contents, as JSON without the outer braces. */
  readonly json: string;
  readonly blobs?: ReadonlyMap<string, Uint8Array>;
}

/** One of the {@link Questions}, asked. */
export type Question<Kind extends keyof Questions = keyof Questions> = {
  readonly [Key in Kind]: {
    readonly type: "question";
    readonly kind: Key;
    readonly number: number;
    readonly input: Questions[Key]["input"];
  };
}[Kind];

/** One of the {@link Questions}, answered. */
export type Answer<Kind extends keyof Questions = keyof Questions> = {
  readonly [Key in Kind]: {
    readonly type: "answer";
    readonly kind: Key;
    readonly number: number;
    readonly answer: Questions[Key]["answer"];
  };
}[Kind];

/** That a question could not be answered. */
export interface Failure {
  readonly type: "failure";
  readonly kind: keyof Questions;
  readonly number: number;
  readonly error: ShownError;
}

/** A message to the main thread. */
export type ToMain = Question | { readonly type: "interrupt" | "exit" };

/** A message to the protocol thread; `parent` is the id of the request whose cell it belongs to. */
export type ToProtocol =
  | Answer
  | Failure
  | Shown
  | { readonly type: "alive" }
  | { readonly type: "interruptRequested" };

/** Something that a cell shows. */
export type Shown =
  | {
      readonly type: "stream";
      readonly parent: string;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly type: "display_data" | "update_display_data";
      readonly parent: string;
      readonly id: string;
      readonly bundle: SentBundle;
    }
  | { readonly type: "clear_output"; readonly parent: string; readonly wait: boolean };
