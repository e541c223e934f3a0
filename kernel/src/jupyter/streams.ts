/** A piece of a cell's printed text. */
export interface StreamPart {
  readonly parent: string;
  readonly name: "stdout" | "stderr";
  readonly text: string;
}

/** Joins printed text into few messages: what is printed in quick succession goes out as one. */
export class Streams {
  readonly #send: (part: StreamPart) => void;
  readonly #interval: number;
  readonly #mostCharacters: number;
  #waiting: StreamPart | undefined;
  #pieces: string[] = [];
  #length = 0;
  #sentAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (part: StreamPart) => void, interval: number, mostCharacters: number) {
    this.#send = send;
    this.#interval = interval;
    this.#mostCharacters = mostCharacters;
  }

  /** Takes text; sends it, with what came before it, when it is much or when it is time. */
  add(part: StreamPart): void {
    if (this.#waiting && (this.#waiting.parent !== part.parent || this.#waiting.name !== part.name))
      this.flush();
    this.#waiting ??= part;
    this.#pieces.push(part.text);
    this.#length += part.text.length;
    // A busy thread runs no timer, so the clock is read here as well.
    if (this.#length >= this.#mostCharacters || this.#isDue()) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), this.#interval);
  }

  /** Sends what waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sentAt = performance.now();
    if (!this.#waiting) return;
    const { parent, name } = this.#waiting;
    const text = this.#pieces.join("");
    this.#waiting = undefined;
    this.#pieces = [];
    this.#length = 0;
    this.#send({ parent, name, text });
  }

  #isDue(): boolean {
    // Reading the clock at every line would cost more than the line.
    return this.#pieces.length % 64 === 0 && performance.now() - this.#sentAt >= this.#interval;
  }
}
