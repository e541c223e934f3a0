/** A place in a text, counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column?: number | undefined;
}

/** Facts that a {@link UserError} carries besides its sentence. */
export interface UserErrorDetails {
  /** Where in the user's input: a path such as `fields.tube_km.unit`, or a file. */
  readonly where?: string | undefined;
  /** Line and column in the text that the user gave, counted from 1. */
  readonly place?: TextPlace | undefined;
  /** The way out, or the nearest valid names; one short sentence. */
  readonly hint?: string;
  /** A word by which a program tells mistakes apart, such as `model-not-found`. */
  readonly code?: string | undefined;
  readonly cause?: unknown;
}

/**
 * A mistake in what the user gave us, told in one or two sentences: what, where, and the way out. Shown without our
 * stack. Everything that is not a UserError is a bug of ours and shows everything.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly where: string | undefined;
  readonly place: TextPlace | undefined;
  readonly hint: string | undefined;
  readonly code: string | undefined;

  constructor(message: string, details: UserErrorDetails = {}) {
    const hint = details.hint ? `${/[.!?]$/.test(message) ? "" : "."} ${details.hint}` : "";
    super(message + hint, details.cause === undefined ? {} : { cause: details.cause });
    this.where = details.where;
    this.place = details.place;
    this.hint = details.hint;
    this.code = details.code;
  }
}
