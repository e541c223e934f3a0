import { HIDDEN } from "../classify/classify.ts";
import { rgbOf } from "../contrast.ts";
import { colourTable, type LayerImage, type PaintFrame, type PaintLayer, placementOf } from "./layer.ts";

/**
 * Millions of points, counted by pixel and coloured by the logarithm of the count: nothing is drawn one by one, so that the
 * time is that of looking at each point once. Where few points are in sight each covers its neighbours as well.
 */
export function densityImage(layer: PaintLayer, frame: PaintFrame): LayerImage {
  const width = Math.max(1, Math.round(frame.size.width * frame.density));
  const height = Math.max(1, Math.round(frame.size.height * frame.density));
  const counts = new Uint32Array(width * height);
  const inSight = countPoints(layer, frame, counts, width, height);
  const grown = inSight < (width * height) / 24 ? spread(counts, width, height) : counts;
  return { width, height, pixels: colourCounts(grown, layer, frame) };
}

function countPoints(
  { geometry: { coordinates, partEnds, featureEnds }, geometry, classes }: PaintLayer,
  frame: PaintFrame,
  counts: Uint32Array,
  width: number,
  height: number,
): number {
  const place = placementOf(geometry, frame);
  const [scale, offsetX, offsetY] = [place.scale, place.offsetX, place.offsetY].map(
    (value) => value * frame.density,
  ) as [number, number, number];
  let [inSight, point] = [0, 0];
  for (let feature = 0; feature < featureEnds.length; feature++) {
    const part = featureEnds[feature] ?? 0;
    const end = part === 0 ? 0 : (partEnds[part - 1] ?? 0);
    if (classes[feature] === HIDDEN) {
      point = end;
      continue;
    }
    for (; point < end; point++) {
      const x = Math.floor((coordinates[2 * point] ?? 0) * scale + offsetX);
      const y = Math.floor(offsetY - (coordinates[2 * point + 1] ?? 0) * scale);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const at = y * width + x;
      counts[at] = (counts[at] ?? 0) + 1;
      inSight++;
    }
  }
  return inSight;
}

/** Each count also in the eight pixels around it. */
function spread(counts: Uint32Array, width: number, height: number): Uint32Array {
  const grown = new Uint32Array(counts.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const count = counts[y * width + x] ?? 0;
      if (count === 0) continue;
      for (let row = y - 1; row <= y + 1; row++)
        for (let at = row * width + x - 1; at <= row * width + x + 1; at++)
          grown[at] = (grown[at] ?? 0) + count;
    }
  }
  return grown;
}

function colourCounts(
  counts: Uint32Array,
  { colours, turned, opacity }: PaintLayer,
  { theme }: PaintFrame,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * counts.length);
  const words = new Uint32Array(pixels.buffer);
  const table = colourTable({ colours, turned }, theme);
  const packed = colours.map((colour, index) => {
    const [red, green, blue] = rgbOf(table[index] ?? colour);
    return ((Math.round(255 * opacity) << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
  const most = highCount(counts);
  const perCount = (packed.length - 1) / Math.max(Math.log(most), Math.LN2);
  // The logarithm of small counts from a table: they are nearly all.
  const small = Uint8Array.from({ length: 1024 }, (_, count) =>
    Math.round(Math.log(Math.max(1, count)) * perCount),
  );
  for (let index = 0; index < counts.length; index++) {
    const count = counts[index] ?? 0;
    if (count === 0) continue;
    const shade = count < 1024 ? (small[count] ?? 0) : Math.round(Math.log(count) * perCount);
    words[index] = packed[Math.min(shade, packed.length - 1)] ?? 0;
  }
  return pixels;
}

/** A count that few pixels exceed: one place with thousands of points must not make all others pale. */
function highCount(counts: Uint32Array): number {
  const buckets = new Uint32Array(33);
  let filled = 0;
  for (const count of counts) {
    if (count === 0) continue;
    const bucket = 32 - Math.clz32(count);
    buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    filled++;
  }
  let above = 0;
  for (let bucket = 32; bucket > 0; bucket--) {
    above += buckets[bucket] ?? 0;
    if (above > filled / 1000) return 2 ** bucket;
  }
  return 1;
}
