import { types } from "node:util";
import { Reference } from "../../cell/references.ts";
import { CELL_FUNCTIONS } from "../../cell/rewrite.ts";
import type { Variable } from "./code.ts";
import { isThing, lengthOf, valueText } from "./value-text.ts";

const MOST_ELEMENTS = 100;
const MOST_MEMBERS = 500;

/** A name with its value, or a name whose value only a getter could tell. */
type Entry = readonly [name: string, value: unknown] | readonly [name: string];

/**
 * Lists variables and their members for a debugger's panel, on the thread where the values are. It runs no code of the
 * user's. What has members is kept under a number until the next listing, so that it can be unfolded.
 */
export class VariableLists {
  readonly #things = new Map<number, object>();
  #number = 0;

  /** Forgets the numbers given so far. */
  clear(): void {
    this.#things.clear();
  }

  /** Variables by name. */
  list(entries: Iterable<Entry>): Variable[] {
    return [...entries].map((entry) => this.#variable(entry));
  }

  /** The variables of a scope of a cell, as the inspector hands it out: reference cells are shown as what they hold. */
  scope(scope: object): Variable[] {
    const entries = Object.getOwnPropertyNames(scope).flatMap((name): Entry[] => {
      const found = valueIn(scope, name);
      if (!found || CELL_FUNCTIONS.some((reserved) => reserved === name)) return [];
      const { value } = found;
      if (!(value instanceof Reference)) return [[name, value]];
      return value.isSet ? [[value.name, value.v]] : [];
    });
    return this.list(entries);
  }

  /** Names that are a scope's own, not those of reference cells. */
  namesIn(scope: object): string[] {
    const names = Object.getOwnPropertyNames(scope);
    return names.filter((name) => !(valueIn(scope, name)?.value instanceof Reference));
  }

  /** The members of what was listed under a number. */
  members(number: number): Variable[] {
    const thing = this.#things.get(number);
    return thing ? this.list(entriesOf(thing)) : [];
  }

  #variable(entry: Entry): Variable {
    const [name] = entry;
    if (entry.length === 1) return { name, value: "(getter)", variablesReference: 0 };
    const [, value] = entry;
    return {
      name,
      value: valueText(value),
      variablesReference: isThing(value) && !types.isProxy(value) ? this.#keep(value) : 0,
    };
  }

  #keep(thing: object): number {
    this.#number += 1;
    this.#things.set(this.#number, thing);
    return this.#number;
  }
}

/** A variable of a scope; undefined while its declaration has not been reached, which the inspector tells by throwing. */
function valueIn(scope: object, name: string): PropertyDescriptor | undefined {
  try {
    return Object.getOwnPropertyDescriptor(scope, name);
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function entriesOf(thing: object): Entry[] {
  if (Array.isArray(thing) || types.isTypedArray(thing)) return elementsOf(thing);
  const inside = types.isMap(thing) ? mapEntries(thing) : types.isSet(thing) ? setEntries(thing) : [];
  const names = Reflect.ownKeys(thing);
  const members = names.slice(0, MOST_MEMBERS).map((key) => member(thing, key));
  return [...inside, ...members, ...rest(names.length - MOST_MEMBERS)];
}

function elementsOf(list: readonly unknown[] | NodeJS.TypedArray): Entry[] {
  const length = lengthOf(list);
  const shown = Array.from({ length: Math.min(length, MOST_ELEMENTS) }, (_, index) =>
    member(list, `${index}`),
  );
  return [...shown, ...rest(length - MOST_ELEMENTS), ["length", length]];
}

function member(thing: object, key: string | symbol): Entry {
  const descriptor = Object.getOwnPropertyDescriptor(thing, key);
  const name = String(key);
  return descriptor && !("value" in descriptor) ? [name] : [name, descriptor?.value];
}

function mapEntries(map: ReadonlyMap<unknown, unknown>): Entry[] {
  const entries = [...Map.prototype.entries.call(map)];
  const shown = entries.slice(0, MOST_ELEMENTS).map(([key, value]): Entry => [valueText(key), value]);
  return [...shown, ...rest(entries.length - MOST_ELEMENTS)];
}

function setEntries(set: ReadonlySet<unknown>): Entry[] {
  const values = [...Set.prototype.values.call(set)];
  const shown = values.slice(0, MOST_ELEMENTS).map((value, index): Entry => [`${index}`, value]);
  return [...shown, ...rest(values.length - MOST_ELEMENTS)];
}

function rest(count: number): Entry[] {
  return count > 0 ? [["…", `${count} more`]] : [];
}
