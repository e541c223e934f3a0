import type { Kernel } from "../kernel.ts";
import type { Json, Message } from "../wire.ts";

/** Does what a request asks and returns the contents of the reply; undefined when the message has no reply. */
export type Answering = (kernel: Kernel, request: Message) => Promise<Json | string | undefined>;

/** What is done with one type of message. */
export interface Handler {
  /** Waits for the cells before it. What is not queued is answered while a cell runs. */
  readonly queued?: boolean;
  readonly answer: Answering;
}
