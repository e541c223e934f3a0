import { createHash, randomUUID } from "node:crypto";
import type { Access, LiveReference, MimeBundle } from "@tombolo/bundle";
import { placeholderText, readReference } from "@tombolo/bundle/placeholder";
import type { Table } from "apache-arrow";
import { madeBy, STANDARD_PRESET } from "../engine/made-by.ts";
import { written } from "../engine/written.ts";

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

/** What a placeholder may tell, as far as it stands in the notebook anyway. */
export interface Told {
  readonly access: Access;
  readonly title: string;
  /** The table that is shown, where it is one. */
  readonly table?: Table | undefined;
}

/**
 * The bundle of something whose values may not be saved: no picture, no number, only what it is; the specification goes
 * into the blobs, from which a front end can show it while the kernel lives.
 */
export function placeholder(
  mime: string,
  { access, title, table }: Told,
  specification: object,
  blobs: Blobs,
): MimeBundle {
  if (access === "public") throw new Error("what is public needs no placeholder");
  const { recipe, digest, preset = STANDARD_PRESET } = (table && madeBy(table)) ?? {};
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const told = { ...liveReference(title, access, specification, blobs), recipe, digest, preset, time };
  const reference = readReference(mime, told, written());
  if (!reference) throw new Error(`${mime} has no placeholder`);
  return { data: { [mime]: reference, "text/plain": placeholderText(mime, reference) } };
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
