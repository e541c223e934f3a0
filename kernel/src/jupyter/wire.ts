import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** Version of the messaging protocol that the kernel speaks. */
export const PROTOCOL_VERSION = "5.5";

/** A JSON object of the wire, not yet understood. */
export type Json = Readonly<Record<string, unknown>>;

/** A message as it arrived: signature checked, contents parsed. */
export interface Message {
  /** Routing frames before the delimiter; a reply must repeat them. */
  readonly identities: readonly Buffer[];
  readonly type: string;
  readonly id: string;
  readonly header: Json;
  /** Header of the message that this one answers; empty for a request. */
  readonly parent: Json;
  readonly content: Json;
  readonly buffers: readonly Buffer[];
}

/** A message to be sent. */
export interface Outgoing {
  readonly identities?: readonly (Buffer | string)[];
  readonly type: string;
  readonly parent: Json;
  /** The contents, or their JSON when another thread has already written it. */
  readonly content: Json | string;
  readonly metadata?: Json;
  readonly buffers?: readonly Uint8Array[];
}

const DELIMITER = "<IDS|MSG>";
const MOST_SIGNATURES = 65_536;

/** Signs, writes, checks and reads the messages of one kernel. */
export class Wire {
  readonly #key: string;
  readonly #session = randomUUID();
  readonly #seen = new Set<string>();
  #count = 0;

  constructor(key: string) {
    this.#key = key;
  }

  /** Frames of a message. */
  encode({
    identities = [],
    type,
    parent,
    content,
    metadata = {},
    buffers = [],
  }: Outgoing): (Buffer | string | Uint8Array)[] {
    this.#count += 1;
    const header = {
      msg_id: `${this.#session}_${this.#count}`,
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const parts = [header, parent, metadata].map((part) => JSON.stringify(part));
    parts.push(typeof content === "string" ? content : JSON.stringify(content));
    return [...identities, DELIMITER, this.#sign(parts), ...parts, ...buffers];
  }

  /** Reads frames; undefined when they are not a message signed with our key, or were received before. */
  decode(frames: readonly Buffer[]): Message | undefined {
    const at = frames.findIndex((frame) => frame.toString("latin1") === DELIMITER);
    const [signature, ...parts] = frames.slice(at + 1);
    if (at < 0 || !signature || parts.length < 4 || !this.#isGenuine(signature, parts.slice(0, 4)))
      return undefined;
    const [header, parent, , content] = parts.slice(0, 4).map(parseObject);
    if (!header || !parent || !content || typeof header.msg_type !== "string") return undefined;
    const { msg_type: type, msg_id: id } = header;
    return {
      identities: frames.slice(0, at),
      type,
      id: String(id),
      header,
      parent,
      content,
      buffers: parts.slice(4),
    };
  }

  #sign(parts: readonly (Buffer | string)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  #isGenuine(signature: Buffer, parts: readonly Buffer[]): boolean {
    if (this.#key === "") return true;
    const expected = Buffer.from(this.#sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return false;
    const text = signature.toString("latin1");
    if (this.#seen.has(text)) return false;
    this.#seen.add(text);
    if (this.#seen.size > MOST_SIGNATURES) {
      const [oldest] = this.#seen;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    return true;
  }
}

function parseObject(frame: Buffer): Json | undefined {
  try {
    const value: unknown = JSON.parse(frame.toString());
    return isJson(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Whether a value is a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
