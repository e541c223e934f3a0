import type { Json, Message } from "./wire.ts";

/** What is kept of a request, so that what belongs to it can be sent later. */
export type PastRequest = Pick<Message, "header" | "identities" | "content">;

const MOST_REQUESTS = 10_000;

/** The requests of late; output, questions and comms name the one to which they belong. */
export class Requests {
  readonly #requests = new Map<string, PastRequest>();

  add({ id, header, identities, content }: Message): void {
    this.#requests.set(id, { header, identities, content: { allow_stdin: content.allow_stdin } });
    const [oldest] = this.#requests;
    if (oldest && this.#requests.size > MOST_REQUESTS) this.#requests.delete(oldest[0]);
  }

  find(id: string): PastRequest | undefined {
    return this.#requests.get(id);
  }

  headerOf(id: string): Json {
    return this.#requests.get(id)?.header ?? {};
  }
}
