import { randomUUID } from "node:crypto";
import { Queue } from "./queue.ts";

const PARENT = "";

/**
 * The queues of cells: the kernel's own, and one for each subshell. All run on one thread, so the cells of a subshell get
 * on whenever those of the others await something.
 */
export class Subshells {
  readonly #queues = new Map([[PARENT, new Queue()]]);

  create(): string {
    const id = randomUUID();
    this.#queues.set(id, new Queue());
    return id;
  }

  /** Ends a subshell; false when there is none of that id. */
  delete(id: string): boolean {
    return id !== PARENT && this.#queues.delete(id);
  }

  list(): string[] {
    return [...this.#queues.keys()].filter((id) => id !== PARENT);
  }

  /** The queue of a subshell, or the kernel's own when no subshell is named. */
  queueOf(id: unknown): Queue | undefined {
    return this.#queues.get(typeof id === "string" ? id : PARENT);
  }
}
