import { setTimeout as delay } from "node:timers/promises";

const FREE = 0;
const TAKEN = 1;
/** Milliseconds between two looks at the lock. */
const INTERVAL = 2;
/** The longest that anybody waits: who held it may have been stopped in the midst of it. */
const PATIENCE = 2000;

/** One number, which the threads of a process share. */
export type ForkLock = Int32Array<SharedArrayBuffer>;

let lock: ForkLock = new Int32Array(new SharedArrayBuffer(4));

/** The lock of this thread, to be handed to another one. */
export const forkLock = (): ForkLock => lock;

/** Takes over the lock of the thread that has started this one. */
export function shareForkLock(shared: ForkLock): void {
  lock = shared;
}

/**
 * Does one thing of two that must not happen at once in a process: starting another process, and loading DuckDB's spatial extension.
 * PROJ in it opens its database under a mutex, which it also takes in every process that is forked: one that is forked meanwhile
 * waits for it without end, and so does the thread that has forked it.
 */
export async function whileNobodyForks<Result>(work: () => Result | Promise<Result>): Promise<Result> {
  const begin = performance.now();
  while (Atomics.compareExchange(lock, 0, FREE, TAKEN) !== FREE && performance.now() - begin < PATIENCE)
    await delay(INTERVAL);
  try {
    return await work();
  } finally {
    Atomics.store(lock, 0, FREE);
  }
}
