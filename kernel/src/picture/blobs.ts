import { createHash, randomUUID } from "node:crypto";
import type { Access, LiveReference, MimeBundle } from "@tombolo/bundle";

/** The binary parts of something shown, by the names under which its specification knows them. */
export class Blobs extends Map<string, Uint8Array> {
  readonly #access: Access;

  constructor(access: Access) {
    super();
    this.#access = access;
  }

  /**
   * Takes a part and returns its name: the digest of what is public, so that the same part is sent once; a random one for
   * the rest, because a digest of few possible values tells the values.
   */
  add(bytes: Uint8Array): string {
    const name = this.#access === "public" ? createHash("sha256").update(bytes).digest("hex") : randomUUID();
    this.set(name, bytes);
    return name;
  }
}

/**
 * The bundle of something whose values may not be saved: no picture, no number, only what it is; the specification goes
 * into the blobs, from which a front end can show it while the kernel lives.
 */
export function placeholder(
  mime: string,
  what: string,
  access: Access,
  specification: object,
  blobs: Blobs,
): MimeBundle {
  if (access === "public") throw new Error("what is public needs no placeholder");
  const reference = liveReference(what, access, specification, blobs);
  return { data: { [mime]: reference, "text/plain": `${what} of ${access} data: run the cell to see it.` } };
}

/** What is saved in place of a specification, which goes into the blobs. */
export function liveReference(
  title: string,
  access: Access,
  specification: object,
  blobs: Blobs,
): LiveReference {
  const live = blobs.add(new TextEncoder().encode(JSON.stringify(specification)));
  return { version: 1, access, title, live };
}
