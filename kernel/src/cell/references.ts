import type { Variables } from "../magics/session.ts";

/** The place where a notebook variable lives; cells read and write its `v`. */
export class Reference {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** The value. This accessor answers only until the first assignment puts a plain property of the same name before it. */
  get v(): unknown {
    if (this.name in globalThis) return Reflect.get(globalThis, this.name);
    throw new ReferenceError(`${this.name} is not defined`);
  }

  set v(value: unknown) {
    Object.defineProperty(this, "v", { value, writable: true, enumerable: true, configurable: true });
  }

  /** The value, or undefined where `v` would throw; `typeof x` reads it. */
  get o(): unknown {
    return this.isSet ? this.v : Reflect.get(globalThis, this.name);
  }

  /** Whether the variable has been given a value. */
  get isSet(): boolean {
    return Object.hasOwn(this, "v");
  }
}

/** The variables of a notebook. Those that the user declared are told apart from those that were there from the start. */
export class References implements Variables {
  readonly #cells = new Map<string, Reference>();
  readonly #own = new Set<string>();
  readonly #provided = new Set<string>();
  readonly #set = new Set<string>();

  /** The reference cell of a name, made when there is none. */
  cell(name: string): Reference {
    const known = this.#cells.get(name);
    if (known) return known;
    // A class of its own for each variable: objects of one class share what the compiler knows of their fields, and a
    // number is slow in a field that elsewhere holds an object.
    const cell = new (class extends Reference {})(name);
    this.#cells.set(name, cell);
    return cell;
  }

  /** Notes that the user declares a name. */
  declare(name: string): void {
    this.#own.add(name);
  }

  /** Puts in a value that a notebook has from the start, unless the user has declared the name. */
  provide(name: string, value: unknown): void {
    if (this.#own.has(name)) return;
    this.#provided.add(name);
    this.cell(name).v = value;
  }

  /** Whether the name has a reference cell, with or without a value. */
  isKnown(name: string): boolean {
    return this.#cells.has(name);
  }

  /** Whether the user has declared the name. */
  isOwn(name: string): boolean {
    return this.#own.has(name);
  }

  has(name: string): boolean {
    return this.#cells.get(name)?.isSet === true;
  }

  get(name: string): unknown {
    return this.has(name) ? this.cell(name).v : undefined;
  }

  set(name: string, value: unknown): void {
    this.declare(name);
    this.#set.add(name);
    this.cell(name).v = value;
  }

  /** Names that were given a value by {@link References.set} since this was asked last. */
  takeSet(): string[] {
    const names = [...this.#set];
    this.#set.clear();
    return names;
  }

  /** Forgets all that the user has declared. Functions that were made before keep what they know. */
  clear(): void {
    for (const name of this.names()) this.#cells.delete(name);
    this.#own.clear();
    this.#set.clear();
  }

  /** Names that have a value which the user gave them, also by an assignment without a declaration. */
  names(): string[] {
    return [...this.#cells.keys()].filter(
      (name) => this.has(name) && (this.#own.has(name) || !this.#provided.has(name)),
    );
  }
}
