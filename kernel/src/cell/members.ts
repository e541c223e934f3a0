import { types } from "node:util";

/** A look-up that ran no code of the user's: the value, or that it cannot be known without running some. */
export type Looked = { readonly found: true; readonly value: unknown } | { readonly found: false };

const MOST_NAMES = 1000;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Reads a member without calling a getter or a proxy's trap. */
export function peek(value: unknown, name: string): Looked {
  for (const owner of chainOf(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name);
    if (descriptor)
      return "value" in descriptor ? { found: true, value: descriptor.value } : { found: false };
  }
  return { found: false };
}

/** A global of the runtime. Node's own globals are getters that do nothing but load. */
export function peekGlobal(name: string): Looked {
  const skipped = name === "localStorage" || name === "sessionStorage";
  return name in globalThis && !skipped
    ? { found: true, value: Reflect.get(globalThis, name) }
    : { found: false };
}

/** Names of the members that can be written after a dot, nearest first. */
export function memberNames(value: unknown): string[] {
  const names = new Set<string>();
  for (const owner of chainOf(value)) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      if (IDENTIFIER.test(name)) names.add(name);
      if (names.size >= MOST_NAMES) return [...names];
    }
  }
  return [...names];
}

/** What kind of thing a value is, in the words of Jupyter's completion metadata. */
export function kindOf(looked: Looked): string {
  if (!looked.found) return "property";
  const { value } = looked;
  if (typeof value === "function") return isClass(value) ? "class" : "function";
  return typeof value === "object" && value !== null && types.isModuleNamespaceObject(value)
    ? "module"
    : "instance";
}

function isClass(value: object): boolean {
  return /^class\b/.test(Function.prototype.toString.call(value));
}

function* chainOf(value: unknown): Generator<object> {
  let owner: unknown = value === null || value === undefined ? undefined : Object(value);
  while (typeof owner === "object" || typeof owner === "function") {
    if (owner === null || types.isProxy(owner)) return;
    yield owner;
    owner = Object.getPrototypeOf(owner);
  }
}
