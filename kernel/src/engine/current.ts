import { AsyncLocalStorage } from "node:async_hooks";

/** What the code that runs now belongs to, also when a timer or a promise of it runs later. */
export class Current<Value> {
  #newest: Value | undefined;
  // On older Node versions this would switch on async hooks, with which stopping a cell can abort the process.
  readonly #storage =
    Number(process.versions.node.split(".")[0]) >= 24 ? new AsyncLocalStorage<Value>() : undefined;

  get(): Value | undefined {
    return this.#storage?.getStore() ?? this.#newest;
  }

  run<Result>(value: Value, work: () => Promise<Result>): Promise<Result> {
    this.#newest = value;
    return this.#storage ? this.#storage.run(value, work) : work();
  }
}
