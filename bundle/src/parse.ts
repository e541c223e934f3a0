// A specification may come from a notebook of anyone's, so everything in it is checked and bounded before it is used.

const LONGEST_TEXT = 2000;

/** The properties of an object of unknown origin. */
export type Properties = Readonly<Record<string, unknown>>;

/** An object; throws a TypeError for anything else. */
export function record(value: unknown, what: string): Properties {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${what} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

/** A text, cut to a length that a page can hold. */
export function text(from: Properties, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
  return value.slice(0, LONGEST_TEXT);
}

/** One of a few texts. */
export function oneOf<Word extends string>(from: Properties, name: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === from[name]);
  if (found === undefined) throw new TypeError(`${name} is none of ${words.join(", ")}`);
  return found;
}

/** The name of a binary part: letters a to f, digits and hyphens, so never a path. */
export function identifier(from: Properties, name: string): string {
  const value = text(from, name);
  if (!/^[0-9a-f-]{8,64}$/.test(value)) throw new TypeError(`${name} is not the name of a part`);
  return value;
}

/** A number between two others. */
export function number(from: Properties, name: string, least: number, most: number): number {
  return numberIn(from[name], name, least, most);
}

/** A number between two others, wherever it comes from. */
export function numberIn(value: unknown, name: string, least: number, most: number): number {
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new TypeError(`${name} is not a number it can be`);
  return value;
}

/** A finite number. */
export function finite(value: unknown, name: string): number {
  return numberIn(value, name, -Number.MAX_VALUE, Number.MAX_VALUE);
}

/** A count. */
export function count(from: Properties, name: string): number {
  return number(from, name, 0, Number.MAX_SAFE_INTEGER);
}

/** True or false. */
export function flag(from: Properties, name: string): boolean {
  const value = from[name];
  if (typeof value !== "boolean") throw new TypeError(`${name} is neither true nor false`);
  return value;
}

/** A list of at most so many things. */
export function list(from: Properties, name: string, most: number): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value) || value.length > most)
    throw new TypeError(`${name} is not a list of at most ${most}`);
  return value;
}

/** A list of texts. */
export function texts(from: Properties, name: string, most: number): string[] {
  return list(from, name, most).map((value) => text({ [name]: value }, name));
}

/** A list of colours, each written `#rrggbb`. */
export function colours(from: Properties, name: string, most: number): string[] {
  return texts(from, name, most).map((colour) => {
    if (!/^#[0-9a-f]{6}$/i.test(colour)) throw new TypeError(`${name} has a colour not written as #rrggbb`);
    return colour;
  });
}
