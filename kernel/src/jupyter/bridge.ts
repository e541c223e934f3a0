import type { MessagePort } from "node:worker_threads";
import type { Completions } from "../cell/complete.ts";
import type { ShownError } from "../cell/errors.ts";
import type { Inspection } from "../cell/explanation.ts";
import type { CommEvent } from "../cell/host.ts";
import type { CellOutcome, CellRequest } from "../cell/notebook.ts";
import type { DebuggedCode, Variable } from "./debugger/code.ts";

/** What the protocol thread asks of the main thread, with the type of each answer. */
export interface Questions {
  readonly execute: {
    readonly input: CellRequest & { readonly parent: string };
    readonly answer: SentOutcome;
  };
  readonly complete: { readonly input: CodePlace; readonly answer: Completions };
  /** Types of a cell's line magics, before the cell runs: line → type. */
  readonly foresee: {
    readonly input: { readonly code: string };
    readonly answer: Readonly<Record<number, string>>;
  };
  readonly inspect: { readonly input: CodePlace; readonly answer: Inspection | undefined };
  /** A message of the front end to a comm; answered when what listens has ended. */
  readonly comm: { readonly input: CommEvent & { readonly parent: string }; readonly answer: "received" };
  /** Starts or ends a debugging run; answered with the code there is so far. */
  readonly debug: { readonly input: { readonly on: boolean }; readonly answer: readonly DebuggedCode[] };
  /** The notebook's variables under the number 0, or the members of what was listed under another. */
  readonly variables: {
    readonly input: { readonly reference: number };
    readonly answer: readonly Variable[];
  };
  /** A variable as a cell would show it. */
  readonly rich: { readonly input: { readonly name: string }; readonly answer: SentBundle | undefined };
}

/** A place in a cell, counted in UTF-16 units. */
export interface CodePlace {
  readonly code: string;
  readonly cursor: number;
}

/** How a cell ended; its JSON is written once, where the values are. */
export interface SentOutcome {
  readonly error?: ShownError;
  readonly result?: SentBundle;
  /** JSON of the evaluated user expressions. */
  readonly expressions: string;
  readonly nextInput?: CellOutcome["nextInput"];
  readonly types: CellOutcome["types"];
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
export type ToMain =
  | Question
  | InputAnswer
  | { readonly type: "interrupt" | "exit" }
  /** Code that waited for its breakpoints may run. */
  | { readonly type: "proceed"; readonly number: number };

/** What the person at the notebook has answered, or why nobody could. */
export interface InputAnswer {
  readonly type: "input";
  readonly number: number;
  readonly text?: string;
  readonly refusal?: "nobody" | "interrupted";
}

/** A question to the person at the notebook. */
export interface InputRequest {
  readonly type: "ask";
  readonly parent: string;
  readonly number: number;
  readonly question: string;
  readonly password: boolean;
  /** Whether the main thread stands still until the answer is there. */
  readonly blocks: boolean;
}

/** How a blocked main thread is answered: a port to read from, and a number to wait on. */
export interface BlockingChannel {
  readonly port: MessagePort;
  readonly wake: Int32Array<SharedArrayBuffer>;
}

/** A message to the protocol thread; `parent` is the id of the request whose cell it belongs to. */
export type ToProtocol =
  | Answer
  | Failure
  | Shown
  | InputRequest
  | SentComm
  | { readonly type: "setting"; readonly name: string; readonly value: string }
  | { readonly type: "alive" }
  /** Code is about to run; it waits for "proceed". */
  | { readonly type: "compiled"; readonly number: number; readonly code: DebuggedCode }
  | { readonly type: "interruptRequested" };

/** A message of a comm to the front end. */
export interface SentComm extends CommEvent {
  readonly type: "comm";
  readonly parent: string;
}

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
