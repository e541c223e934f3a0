import type { BlockingChannel, InputAnswer, InputRequest } from "./bridge.ts";
import type { Message } from "./wire.ts";

/** Questions that wait for the person at the notebook. */
export class Inputs {
  readonly #channel: BlockingChannel;
  readonly #answerMain: (answer: InputAnswer) => void;
  #waiting: InputRequest[] = [];

  constructor(channel: BlockingChannel, answerMain: (answer: InputAnswer) => void) {
    this.#channel = channel;
    this.#answerMain = answerMain;
  }

  /** Keeps a question that was sent to a client. */
  add(request: InputRequest): void {
    this.#waiting.push(request);
  }

  /** Refuses a question that no client would answer. */
  refuse(request: InputRequest): void {
    this.#answer(request, { refusal: "nobody" });
  }

  /** Takes an `input_reply`. Not every client says which cell it answers; then it is the oldest question. */
  reply({ parent, content }: Message): void {
    const request = this.#waiting.find((each) => each.parent === parent.msg_id) ?? this.#waiting[0];
    if (!request) return;
    this.#waiting = this.#waiting.filter((each) => each !== request);
    this.#answer(request, { text: String(content.value ?? "") });
  }

  /** Gives up all questions, because their cells are interrupted. */
  interrupt(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting) this.#answer(request, { refusal: "interrupted" });
  }

  #answer({ number, blocks }: InputRequest, rest: Pick<InputAnswer, "text" | "refusal">): void {
    const answer: InputAnswer = { type: "input", number, ...rest };
    if (!blocks) {
      this.#answerMain(answer);
      return;
    }
    const { port, wake } = this.#channel;
    port.postMessage(answer);
    Atomics.store(wake, 0, 1);
    Atomics.notify(wake, 0);
  }
}
