import { UserError } from "../errors.ts";

/** What happens to the process that is the kernel's business. */
export interface ProcessEvents {
  /** An error that nobody caught, of a timer or a promise that nobody awaits. */
  failed(error: unknown): void;
  /** Ctrl-C reached the process. */
  interrupted(): void;
}

const STACK_FRAMES = 30;

/** Keeps the process alive whatever cells do, and returns the way to end it all the same. */
export function guardProcess({ failed, interrupted }: ProcessEvents): () => void {
  const exit = process.exit.bind(process);
  process.exit = () => {
    throw new UserError("process.exit() is not available in a notebook; use Restart Kernel");
  };
  Error.stackTraceLimit = STACK_FRAMES;
  process.on("uncaughtException", failed);
  process.on("unhandledRejection", failed);
  process.on("SIGINT", interrupted);
  return () => exit(0);
}
