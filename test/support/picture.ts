import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createCanvas, loadImage } from "@napi-rs/canvas";

/** Pixels of a picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, opacity of each pixel. */
  readonly data: Uint8ClampedArray;
}

/** The pixels of a PNG. */
export async function pixelsOf(png: Buffer): Promise<Pixels> {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.getContext("2d").getImageData(0, 0, image.width, image.height);
}

/** The colour of a pixel as #rrggbb. */
export function colourOf({ data, width }: Pixels, x: number, y: number): string {
  const at = 4 * (Math.round(y) * width + Math.round(x));
  return `#${[...data.subarray(at, at + 3)].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** How many pixels have a colour, written #rrggbb. */
export function countColour({ data }: Pixels, colour: string): number {
  const wanted = Number.parseInt(colour.slice(1), 16);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const value = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    if (value === wanted) count++;
  }
  return count;
}

/** Pixels count as different when a colour of theirs differs by more than this. */
const TOLERANCE = 40;

/**
 * The part of a picture's pixels that differ from the one that was looked at and kept, in test/data/maps. The picture is
 * left in test/output, to be looked at. With TOMBOLO_GOLDEN=new it becomes the one that is kept.
 */
export async function differenceFromGolden(name: string, png: Buffer): Promise<number> {
  const root = new URL("../..", import.meta.url).pathname;
  const [golden, shown] = [
    join(root, "test", "data", "maps", name),
    join(root, "test", "output", "maps", name),
  ];
  for (const path of [golden, shown]) mkdirSync(dirname(path), { recursive: true });
  writeFileSync(shown, png);
  if (process.env.TOMBOLO_GOLDEN === "new") writeFileSync(golden, png);
  if (!existsSync(golden)) throw new Error(`${golden} is not there`);
  const [one, other] = [await pixelsOf(readFileSync(golden)), await pixelsOf(png)];
  if (one.width !== other.width || one.height !== other.height) return 1;
  let different = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const apart = [0, 1, 2].map((part) =>
      Math.abs((one.data[at + part] ?? 0) - (other.data[at + part] ?? 0)),
    );
    if (Math.max(...apart) > TOLERANCE) different++;
  }
  return different / (one.data.length / 4);
}
