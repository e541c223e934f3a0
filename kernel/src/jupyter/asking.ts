import { receiveMessageOnPort } from "node:worker_threads";
import { InterruptedError } from "../cell/errors.ts";
import { UserError } from "../errors.ts";
import type { BlockingChannel, InputAnswer, InputRequest } from "./bridge.ts";

/** Questions of this thread to the person at the notebook. */
export class Asking {
  readonly #send: (request: InputRequest) => void;
  readonly #channel: BlockingChannel;
  readonly #waiting = new Map<number, (answer: InputAnswer) => void>();
  #number = 0;

  constructor(send: (request: InputRequest) => void, channel: BlockingChannel) {
    this.#send = send;
    this.#channel = channel;
  }

  /** Asks and lets this thread go on meanwhile. */
  async ask(parent: string, question: string, password: boolean): Promise<string> {
    const number = this.#request(parent, question, password, false);
    return textOf(await new Promise((resolve) => this.#waiting.set(number, resolve)));
  }

  /** Asks and blocks this thread until the answer is there, or the cell is interrupted. */
  askAndWait(parent: string, question: string, password: boolean): string {
    const { port, wake } = this.#channel;
    Atomics.store(wake, 0, 0);
    const number = this.#request(parent, question, password, true);
    for (;;) {
      Atomics.wait(wake, 0, 0);
      Atomics.store(wake, 0, 0);
      for (let found = receiveMessageOnPort(port); found; found = receiveMessageOnPort(port)) {
        const answer: InputAnswer = found.message;
        // An answer to a question that was interrupted may still lie there.
        if (answer.number === number) return textOf(answer);
      }
    }
  }

  /** Takes an answer to a question that does not block. */
  answer(answer: InputAnswer): void {
    this.#waiting.get(answer.number)?.(answer);
    this.#waiting.delete(answer.number);
  }

  #request(parent: string, question: string, password: boolean, blocks: boolean): number {
    this.#number += 1;
    this.#send({ type: "ask", parent, number: this.#number, question, password, blocks });
    return this.#number;
  }
}

function textOf({ text, refusal }: InputAnswer): string {
  if (refusal === "interrupted") throw new InterruptedError("interrupted");
  if (text !== undefined) return text;
  throw new UserError("There is nobody to ask", {
    hint: "This front end takes no input; give the value in the cell instead.",
  });
}
