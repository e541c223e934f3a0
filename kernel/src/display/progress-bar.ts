import { UserError } from "../errors.ts";
import type { Session } from "../magics/session.ts";

/** A bar that the user moves; `using bar = progress.bar(100)` leaves its last state when the block ends. */
export interface ProgressBar {
  /** Moves on by so many. */
  add(count?: number): void;
  /** Moves to a place. */
  set(done: number): void;
  finish(): void;
  [Symbol.dispose](): void;
}

/** What `progress` can walk over. */
export type Walkable<Value> = Iterable<Value> | AsyncIterable<Value>;

/** The function `progress` of a notebook, with `progress.bar`. */
export function progressOf(session: Session) {
  const bar = (total: number | undefined, label = ""): ProgressBar => {
    const display = session.progress();
    let done = 0;
    const report = () => display.report({ stage: label, done, ...(total !== undefined && { total }) });
    const finish = () => display.finish();
    return {
      add(count = 1) {
        done += count;
        report();
      },
      set(place) {
        done = place;
        report();
      },
      finish,
      [Symbol.dispose]: finish,
    };
  };
  function progress<Value>(values: Iterable<Value>, label?: string): Iterable<Value> & AsyncIterable<Value>;
  function progress<Value>(values: AsyncIterable<Value>, label?: string): AsyncIterable<Value>;
  function progress<Value>(values: Walkable<Value>, label = "") {
    if (typeof values !== "object" || values === null)
      throw new UserError("progress takes a list, a table or what else can be walked over", {
        hint: "progress.bar(total, label) is a bar that you move yourself.",
      });
    const counted = bar(sizeOf(values), label);
    return {
      *[Symbol.iterator]() {
        if (!(Symbol.iterator in values))
          throw new TypeError("These values can only be walked by for await.");
        try {
          for (const value of values) {
            yield value;
            counted.add();
          }
        } finally {
          counted.finish();
        }
      },
      async *[Symbol.asyncIterator]() {
        try {
          for await (const value of values) {
            yield value;
            counted.add();
          }
        } finally {
          counted.finish();
        }
      },
    };
  }
  return Object.assign(progress, { bar: (total: number, label?: string) => bar(total, label) });
}

function sizeOf(values: object): number | undefined {
  for (const key of ["length", "size", "numRows"]) {
    const size: unknown = key in values ? Reflect.get(values, key) : undefined;
    if (typeof size === "number") return size;
  }
  return undefined;
}
