import type { Progress, Work } from "../progress.ts";

/** An import that runs. */
export interface RunningImport {
  readonly name: string;
  readonly stage: string;
  /** From 0 to 1; absent when nobody knows. */
  readonly share?: number;
}

/** Reports come more often than anybody looks. */
const PAUSE_MILLISECONDS = 200;

const running = new Map<object, RunningImport>();
const listeners = new Set<() => unknown>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** The imports that run in this process. */
export function runningImports(): readonly RunningImport[] {
  return [...running.values()];
}

/** Calls a function when an import begins, goes on or ends; returns the function that ends this. */
export function onImports(listener: () => unknown): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Does an import so that others can see how far it is. */
export async function watched<Result, Options extends Work>(
  name: string,
  options: Options,
  work: (options: Options) => Promise<Result>,
): Promise<Result> {
  const key = {};
  const put = (progress: Progress) => {
    const { stage, done, total } = progress;
    running.set(key, {
      name,
      stage,
      ...(done !== undefined && total && { share: Math.min(1, done / total) }),
    });
    tellSoon();
    options.onProgress?.(progress);
  };
  running.set(key, { name, stage: "Beginning" });
  // At once: an import that is over before the pause is would never have been seen.
  tell();
  try {
    return await work({ ...options, onProgress: put });
  } finally {
    running.delete(key);
    tellSoon();
  }
}

function tell(): void {
  for (const listener of listeners) void listener();
}

function tellSoon(): void {
  if (listeners.size === 0) return;
  timer ??= setTimeout(() => {
    timer = undefined;
    tell();
  }, PAUSE_MILLISECONDS);
  timer.unref();
}
