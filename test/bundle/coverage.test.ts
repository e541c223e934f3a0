import { describe, expect, test } from "@jest/globals";
import { createCanvas } from "@napi-rs/canvas";
import { CoverageBuffer } from "@tombolo/bundle/paint/coverage";
import { randomNumbers } from "../support/random.ts";

const SIZE = 24;
const random = randomNumbers(77);

type Ring = readonly (readonly [number, number])[];

/** Coverage of each pixel of a square of {@link SIZE}. */
function coverageOf(rings: readonly Ring[]): Float64Array {
  const buffer = new CoverageBuffer();
  buffer.begin(0, 0, SIZE, SIZE);
  for (const ring of rings)
    ring.forEach(([x, y], index) => {
      const [beforeX, beforeY] = ring.at(index - 1) ?? [x, y];
      buffer.addEdge(beforeX, beforeY, x, y);
    });
  const covered = new Float64Array(SIZE * SIZE);
  buffer.finish((x, y, part) => {
    covered[y * SIZE + x] = part;
  });
  return covered;
}

/** The same as Skia has it. */
function skiaCoverage(rings: readonly Ring[]): Float64Array {
  const context = createCanvas(SIZE, SIZE).getContext("2d");
  context.beginPath();
  for (const ring of rings) {
    ring.forEach(([x, y], index) => {
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.closePath();
  }
  context.fill("evenodd");
  const { data } = context.getImageData(0, 0, SIZE, SIZE);
  return Float64Array.from({ length: SIZE * SIZE }, (_, pixel) => (data[4 * pixel + 3] ?? 0) / 255);
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** A ring around a place, with corners at random distances: it never crosses itself. */
function star(x: number, y: number, most: number, least = 0.2 * most): Ring {
  const corners = 3 + Math.floor(12 * random());
  return Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    const radius = least + (most - least) * random();
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
  });
}

const shoelace = (ring: Ring) =>
  Math.abs(
    ring.reduce((sum, [x, y], index) => {
      const [beforeX, beforeY] = ring.at(index - 1) ?? [x, y];
      return sum + beforeX * y - x * beforeY;
    }, 0) / 2,
  );

describe("coverage of pixels", () => {
  test("its sum is the area of the shape", () => {
    for (let round = 0; round < 200; round++) {
      const ring = star(12 + random(), 12 + random(), 1 + 10 * random());
      // What covers less than a 500th of a pixel is left out.
      expect(Math.abs(sumOf(coverageOf([ring])) - shoelace(ring))).toBeLessThan(0.05);
    }
  });

  test.each([
    ["stars", () => [star(12, 12, 11)]],
    ["a star with a hole, walked either way round", () => [star(12, 12, 11, 8), star(12, 12, 3)]],
    [
      "a star with a hole, walked the other way round",
      () => [star(12, 12, 11, 8), [...star(12, 12, 3)].reverse()],
    ],
    ["stars beyond every edge", () => [star(24 * random(), 24 * random(), 30)]],
    ["stars far above or below", () => [star(12, random() < 0.5 ? -6 : 30, 14)]],
  ] as const)("%s are as Skia has them", (_name, make) => {
    for (let round = 0; round < 60; round++) {
      const rings = make();
      const [ours, theirs] = [coverageOf(rings), skiaCoverage(rings)];
      const apart = ours.map((part, pixel) => Math.abs(part - (theirs[pixel] ?? 0)));
      // Skia samples; a thin spike between two samples is what it sees least of.
      expect(Math.max(...apart)).toBeLessThan(0.35);
      expect(sumOf(apart) / apart.length).toBeLessThan(0.01);
    }
  });

  test("neighbours share their pixels without a seam", () => {
    for (let round = 0; round < 50; round++) {
      const middle = [2 + 20 * random(), 2 + 20 * random()] as const;
      const corners: Ring = [
        [0, 0],
        [SIZE, 0],
        [SIZE, SIZE],
        [0, SIZE],
      ];
      const total = new Float64Array(SIZE * SIZE);
      corners.forEach((corner, index) => {
        const next = corners[(index + 1) % 4] ?? corner;
        coverageOf([[corner, next, middle]]).forEach((part, pixel) => {
          total[pixel] = (total[pixel] ?? 0) + part;
        });
      });
      for (const part of total) expect(Math.abs(part - 1)).toBeLessThan(0.006);
    }
  });
});
