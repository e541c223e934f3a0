/** An object, or a TypeError that names what is none. */
export function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`${what} is not an object`);
  return Object.fromEntries(Object.entries(value));
}

/** A text of an object, or a TypeError that names the property. */
export function text(from: Readonly<Record<string, unknown>>, name: string): string {
  const value = from[name];
  if (typeof value !== "string") throw new TypeError(`${name} is not a text`);
  return value;
}

/** A whole number from 0 of an object, or a TypeError that names the property. */
export function count(from: Readonly<Record<string, unknown>>, name: string): number {
  const value = from[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw new TypeError(`${name} is not a count`);
  return value;
}

/** A list of an object, or a TypeError that names the property. */
export function list(from: Readonly<Record<string, unknown>>, name: string): readonly unknown[] {
  const value = from[name];
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  return value;
}
