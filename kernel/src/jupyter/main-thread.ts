import { setTimeout as delay } from "node:timers/promises";
import type { MessagePort } from "node:worker_threads";
import type { ShownError } from "../cell/errors.ts";
import type {
  Answer,
  Failure,
  InputAnswer,
  InputRequest,
  Question,
  Questions,
  SentComm,
  Shown,
  ToMain,
  ToProtocol,
} from "./bridge.ts";
import type { DebuggedCode } from "./debugger/code.ts";
import { stopCode, type Whose } from "./stop-code.ts";

/** How long the main thread has to show that it is alive before its JavaScript is stopped, in milliseconds. */
const PATIENCE = 30;
/** How long the user's code has to come to an end between two looks at it, in milliseconds. */
const LOOK_AGAIN = 10;
/** The longest that it has between two attempts. */
const MOST_PATIENCE = 500;
const MOST_ATTEMPTS = 100;
/** How long what the user's code has called may run on, and how long what it has not called. */
const CALLED_PATIENCE = 700;
const OWN_PATIENCE = 3000;
/** How long the inspector may take to say whose code runs. */
const LOOKING_PATIENCE = 1000;
/** How long the main thread has to end the process once it has been told to, in milliseconds. */
const EXIT_PATIENCE = 250;
const MOST_EXIT_ATTEMPTS = 4;
const INTERRUPTED = {
  ename: "InterruptedError",
  evalue: "interrupted",
  traceback: ["InterruptedError: interrupted"],
};

type Pending = { readonly [Kind in keyof Questions]: Map<number, Waiting<Questions[Kind]["answer"]>> };

interface Waiting<Given> {
  resolve(answer: Given): void;
  reject(error: UnansweredError): void;
}

/** Why the main thread did not answer: an error of the user's code, or an interrupt. */
export class UnansweredError extends Error {
  readonly shown: ShownError;

  constructor(shown: ShownError) {
    super(shown.evalue);
    this.shown = shown;
  }
}

/** What the main thread may tell without being asked. */
export interface Listener {
  shown(output: Shown): void;
  asked(request: InputRequest): void;
  comm(event: SentComm): void;
  settingChanged(name: string, value: string): void;
  interruptRequested(): void;
  /** Code is about to run; it does when what is returned has settled. */
  compiled(code: DebuggedCode): Promise<void>;
}

/** The main thread as the protocol thread sees it: somebody to ask, and to interrupt. */
export class MainThread {
  readonly #port: MessagePort;
  readonly #pending: Pending = {
    execute: new Map(),
    complete: new Map(),
    foresee: new Map(),
    inspect: new Map(),
    comm: new Map(),
    debug: new Map(),
    variables: new Map(),
    rich: new Map(),
  };
  #number = 0;
  #alive: (() => void) | undefined;
  #interrupting: Promise<void> | undefined;
  // Before it has said so, the main thread is still loading, and stopping that would end the kernel.
  #canBeStopped = false;

  constructor(port: MessagePort, listener: Listener) {
    this.#port = port;
    port.on("message", (message: ToProtocol) => this.#receive(message, listener));
  }

  #receive(message: ToProtocol, listener: Listener): void {
    switch (message.type) {
      case "answer":
        this.#settle(message);
        return;
      case "failure":
        this.#fail(message);
        return;
      case "alive":
        this.#canBeStopped = true;
        this.#alive?.();
        return;
      case "interruptRequested":
        listener.interruptRequested();
        return;
      case "compiled": {
        const { number } = message;
        void listener.compiled(message.code).finally(() => this.#post({ type: "proceed", number }));
        return;
      }
      case "ask":
        listener.asked(message);
        return;
      case "comm":
        listener.comm(message);
        return;
      case "setting":
        listener.settingChanged(message.name, message.value);
        return;
      default:
        listener.shown(message);
    }
  }

  /** Asks; the answer comes when the main thread is free to give it. */
  async ask<Kind extends keyof Questions>(
    kind: Kind,
    input: Questions[Kind]["input"],
  ): Promise<Questions[Kind]["answer"]> {
    // What is asked while the main thread is being stopped would be stopped as well.
    await this.#interrupting;
    this.#number += 1;
    const number = this.#number;
    const pending: Pending[Kind] = this.#pending[kind];
    return new Promise((resolve, reject) => {
      pending.set(number, { resolve, reject });
      const question: Question<Kind> = { type: "question", kind, number, input };
      this.#port.postMessage(question);
    });
  }

  /** Hands over what the person at the notebook has answered. */
  answerInput(answer: InputAnswer): void {
    this.#post(answer);
  }

  /**
   * Ends the running cell and keeps the variables. What waits is rejected; what loops is terminated through the
   * inspector, attached only for this because an attached inspector makes `console.log` several times slower. Who
   * interrupts twice means the same interrupt. What is not the user's is let end, as far as it does.
   */
  interrupt(isDebugged: boolean): Promise<void> {
    this.#interrupting ??= this.#interrupt(isDebugged).finally(() => {
      this.#interrupting = undefined;
    });
    return this.#interrupting;
  }

  async #interrupt(isDebugged: boolean): Promise<void> {
    const begin = performance.now();
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      // To look takes the main thread time in which it could come to an end.
      if (await this.#isAlive(Math.min(MOST_PATIENCE, PATIENCE * 2 ** attempt))) {
        if (attempt > 0) this.#abandon();
        return;
      }
      // While it is debugged, standing still means something else.
      const whose = isDebugged ? "any" : whoseAfter(performance.now() - begin);
      if (this.#canBeStopped) await this.#stop(whose);
    }
  }

  /**
   * Lets the main thread end the process. What keeps it from that, such as a timer that loops, is stopped; only a native
   * call that does not return is answered with the end of the process from here.
   */
  async exit(): Promise<void> {
    for (let attempt = 0; attempt < MOST_EXIT_ATTEMPTS; attempt++) {
      this.#post({ type: "exit" });
      await delay(EXIT_PATIENCE);
      if (this.#canBeStopped) await this.#stop("any");
    }
    process.kill(process.pid, "SIGKILL");
  }

  #stop(whose: Whose): Promise<void> {
    const controller = new AbortController();
    this.#alive = () => controller.abort();
    const patience = whose === "any" ? PATIENCE : LOOKING_PATIENCE;
    return stopCode({ whose, patience, pause: LOOK_AGAIN, signal: controller.signal });
  }

  #isAlive(patience: number): Promise<boolean> {
    // Asked anew in every attempt: a termination may have swallowed the message before.
    this.#post({ type: "interrupt" });
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), patience);
      this.#alive = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  /** Gives up what a terminated main thread will never answer. */
  #abandon(): void {
    const { execute, ...others } = this.#pending;
    const interrupted = new UnansweredError(INTERRUPTED);
    for (const pending of Object.values(others)) {
      for (const { reject } of pending.values()) reject(interrupted);
      pending.clear();
    }
    // A cell answers for itself unless the termination fell into the very moment of its answer.
    const unanswered = [...execute];
    setTimeout(() => {
      for (const [number, { reject }] of unanswered) if (execute.delete(number)) reject(interrupted);
    }, PATIENCE);
  }

  #settle<Kind extends keyof Questions>({ kind, number, answer }: Answer<Kind>): void {
    const pending: Pending[Kind] = this.#pending[kind];
    pending.get(number)?.resolve(answer);
    pending.delete(number);
  }

  #fail({ kind, number, error }: Failure): void {
    this.#pending[kind].get(number)?.reject(new UnansweredError(error));
    this.#pending[kind].delete(number);
  }

  #post(message: ToMain): void {
    this.#port.postMessage(message);
  }
}

function whoseAfter(milliseconds: number): Whose {
  if (milliseconds > OWN_PATIENCE) return "any";
  return milliseconds > CALLED_PATIENCE ? "called" : "user";
}
