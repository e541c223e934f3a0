import { readWkb, systemOfWkb } from "../../engine/wkb.ts";

/** What PostGIS writes of a shape into a CSV file: bytes of Well-Known Binary in hexadecimal digits, a point at least. */
export const HEX_SHAPE = "(?i)0[01][0-9a-f]{40,}";

/** Number of the coordinate system that a shape names, and its first coordinates. */
export interface HexShape {
  readonly system: number | undefined;
  readonly first: readonly number[];
}

/** Reads a shape; undefined when it is none. */
export function readHexShape(text: string): HexShape | undefined {
  const bytes = Buffer.from(text, "hex");
  try {
    return { system: systemOfWkb(bytes), first: [...readWkb(bytes).coordinates.subarray(0, 2)] };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
