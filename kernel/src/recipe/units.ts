/** Units that recipes convert between: what they measure and their size in metres or square metres. */
const UNITS: Readonly<Record<string, { readonly dimension: "length" | "area"; readonly size: number }>> = {
  m: { dimension: "length", size: 1 },
  km: { dimension: "length", size: 1000 },
  "m²": { dimension: "area", size: 1 },
  ha: { dimension: "area", size: 10_000 },
  "km²": { dimension: "area", size: 1_000_000 },
};

/** Units of a dimension, in order of size. */
export function unitsOf(dimension: "length" | "area"): string[] {
  return Object.keys(UNITS).filter((unit) => UNITS[unit]?.dimension === dimension);
}

/** A unit as it is written: `km2` and `km^2` mean `km²`. */
export function canonicalUnit(text: string): string {
  return text.trim().replace(/\^?2$/, "²");
}

/** The ways in which a unit may be written. */
export function spellingsOfUnit(unit: string): string[] {
  return unit.endsWith("²") ? [unit, unit.replace("²", "2"), unit.replace("²", "^2")] : [unit];
}

/** Size of a unit in metres or square metres. */
export function unitSize(unit: string): number {
  const known = UNITS[unit];
  if (!known) throw new RangeError(`unknown unit ${unit}`);
  return known.size;
}

/** Whether two units measure the same thing, such as `ha` and `km²`. */
export function isSameDimension(first: string, second: string): boolean {
  const dimension = UNITS[first]?.dimension;
  return dimension !== undefined && dimension === UNITS[second]?.dimension;
}

/** Unit of a quotient: `km` by `km²` is `km/km²`; equal units cancel. */
export function quotientUnit(dividend: string | undefined, divisor: string | undefined): string | undefined {
  if (dividend === divisor) return undefined;
  if (divisor === undefined) return dividend;
  const below = /[/·]/.test(divisor) ? `(${divisor})` : divisor;
  return `${dividend ?? "1"}/${below}`;
}

/** Unit of a product: `£/month` by `month` is `£`. */
export function productUnit(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  for (const [quotient, unit] of [
    [first, second],
    [second, first],
  ] as const) {
    if (!quotient.endsWith(`/${unit}`)) continue;
    const dividend = quotient.slice(0, -unit.length - 1);
    return dividend === "1" ? undefined : dividend;
  }
  return `${first}·${second}`;
}
