/** What PostGIS writes of a shape into a CSV file: bytes of Well-Known Binary in hexadecimal digits, a point at least. */
export const HEX_SHAPE = "(?i)0[01][0-9a-f]{40,}";

/** Flags in the type of a shape with a coordinate system. */
const HAS_SYSTEM = 0x20000000;

const [POINT, LINE, POLYGON] = [1, 2, 3] as const;

/** Number of the coordinate system that a shape names, and its first coordinates. */
export interface HexShape {
  readonly system: number | undefined;
  readonly first: readonly [number, number];
}

/** Reads the beginning of a shape; undefined when it is none. */
export function readHexShape(text: string): HexShape | undefined {
  const bytes = Buffer.from(text, "hex");
  let system: number | undefined;
  let at = 0;
  try {
    for (;;) {
      const isLittle = bytes.readUInt8(at) === 1;
      const number = (from: number) => (isLittle ? bytes.readUInt32LE(from) : bytes.readUInt32BE(from));
      const double = (from: number) => (isLittle ? bytes.readDoubleLE(from) : bytes.readDoubleBE(from));
      const type = number(at + 1);
      at += 5;
      if (type & HAS_SYSTEM) {
        system = number(at);
        at += 4;
      }
      const kind = (type & 0xffff) % 1000;
      // Behind the type is how many points a line has, how many rings an area, how many parts all else.
      if (kind !== POINT) at += kind === POLYGON ? 8 : 4;
      if (kind === POINT || kind === LINE || kind === POLYGON)
        return { system, first: [double(at), double(at + 8)] };
    }
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
