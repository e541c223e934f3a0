/** A channel of messages between the kernel and one part of the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Sends to the front end; the buffers go out as they are, without base64. */
  send(data: unknown, buffers?: readonly Uint8Array[]): void;
  /** Calls a function with each message of the front end. */
  onMessage(received: (data: unknown, buffers: readonly Uint8Array[]) => unknown): void;
  /** Calls a function when the front end closes the channel. */
  onClose(closed: () => unknown): void;
  close(data?: unknown): void;
}

/** The channels of a notebook. */
export interface Comms {
  /** Opens a channel to what the front end has registered under the target. */
  open(target: string, data?: unknown, buffers?: readonly Uint8Array[]): Comm;
  /** Lets the front end open channels of this target. */
  register(
    target: string,
    opened: (comm: Comm, data: unknown, buffers: readonly Uint8Array[]) => unknown,
  ): void;
}
