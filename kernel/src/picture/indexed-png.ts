import { crc32, deflateSync } from "node:zlib";

/** The most colours of a picture whose pixels are one byte each. */
const MOST_COLOURS = 256;

/** Colours nearer than this, squared, to a more frequent one have no entry of their own: they are edges, smoothed. */
const LEAST_DISTANCE = 150;

/**
 * A picture as a PNG with a palette: a map has few colours, and its smoothed edges lie between them. A third of the size of
 * one with three bytes a pixel. Colours of whole areas come back exactly; the ground must be opaque.
 */
export function encodeIndexedPng(pixels: Uint8ClampedArray, width: number, height: number): Buffer {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4);
  const { palette, indexOf } = choosePalette(words);
  const rows = Buffer.alloc((width + 1) * height);
  let [before, index] = [words[0] ?? 0, indexOf(words[0] ?? 0)];
  for (let y = 0; y < height; y++) {
    const row = y * (width + 1) + 1;
    for (let x = 0; x < width; x++) {
      const word = words[y * width + x] ?? 0;
      // Most pixels are like the one before.
      if (word !== before) [before, index] = [word, indexOf(word)];
      rows[row + x] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk(
      "PLTE",
      Buffer.from(palette.flatMap((word) => [word & 255, (word >> 8) & 255, (word >> 16) & 255])),
    ),
    chunk("IDAT", deflateSync(rows, { level: 6 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The most frequent colours that are not too near to each other, and which of them stands for a colour. */
function choosePalette(words: Uint32Array): { palette: number[]; indexOf: (word: number) => number } {
  const counts = new Map<number, number>();
  let [before, run] = [words[0] ?? 0, 0];
  for (const word of words) {
    if (word === before) {
      run++;
      continue;
    }
    counts.set(before, (counts.get(before) ?? 0) + run);
    [before, run] = [word, 1];
  }
  counts.set(before, (counts.get(before) ?? 0) + run);
  const byCount = [...counts].sort(([, one], [, other]) => other - one).slice(0, 4000);
  const palette: number[] = [];
  const indexes = new Map<number, number>();
  for (const [word] of byCount) {
    if (palette.length >= MOST_COLOURS) break;
    // The few colours that fill areas are all kept, however near they are.
    const isOwn = palette.length < 24 || nearest(palette, word).distance > LEAST_DISTANCE;
    if (!isOwn) continue;
    indexes.set(word, palette.length);
    palette.push(word);
  }
  const indexOf = (word: number) => {
    const known = indexes.get(word);
    if (known !== undefined) return known;
    const { index } = nearest(palette, word);
    indexes.set(word, index);
    return index;
  };
  return { palette, indexOf };
}

function nearest(palette: readonly number[], word: number): { index: number; distance: number } {
  let [index, distance] = [0, Infinity];
  for (let candidate = 0; candidate < palette.length; candidate++) {
    const other = palette[candidate] ?? 0;
    const red = (word & 255) - (other & 255);
    const green = ((word >> 8) & 255) - ((other >> 8) & 255);
    const blue = ((word >> 16) & 255) - ((other >> 16) & 255);
    const apart = 2 * red * red + 4 * green * green + 3 * blue * blue;
    if (apart < distance) {
      index = candidate;
      distance = apart;
    }
  }
  return { index, distance };
}
