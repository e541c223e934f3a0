/**
 * Comm target by which a front end takes the rows of a shown table away as a file. It opens the comm with an
 * {@link FileRequest}; the kernel answers with {@link BlobPiece}s without an id, each with some bytes as its only buffer, or with
 * `{ mistake }`, and then closes the comm.
 */
export const FILE_COMM_TARGET = "tombolo.file";

/** Endings of files that the kernel writes for a front end. */
export const FILE_ENDINGS = ["geojson", "parquet"] as const;

/** One of {@link FILE_ENDINGS}. */
export type FileEnding = (typeof FILE_ENDINGS)[number];

/** What a front end asks for: the rows of a shown table that the views show, as a file. */
export interface FileRequest {
  /** Name of the table, from a specification. */
  readonly plan: string;
  readonly ending: FileEnding;
}

/** A request; throws a TypeError when it is none. */
export function parseFileRequest(value: unknown): FileRequest {
  if (typeof value !== "object" || value === null || !("plan" in value) || !("ending" in value))
    throw new TypeError("an export has a plan and an ending");
  const ending = FILE_ENDINGS.find((each) => each === value.ending);
  if (!ending) throw new TypeError("an export has no such ending");
  return { plan: String(value.plan), ending };
}
