import type { Session } from "../magics/session.ts";

/** A name that every cell has without an import: one object from which its value, its help and its type are made. */
export interface Preloaded<Value = unknown> {
  readonly name: string;
  /** One sentence that completion and help show. */
  readonly summary: string;
  /** Makes the value, when a cell first names it. */
  load(session: Session): Value | Promise<Value>;
}

/** The type of the value behind a preloaded name. */
export type ValueOf<Entry> = Entry extends Preloaded<infer Value> ? Value : never;

/** Declares a preloaded name. */
export function definePreloaded<Value>(entry: Preloaded<Value>): Preloaded<Value> {
  return entry;
}
