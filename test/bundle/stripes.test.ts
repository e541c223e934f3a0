import { describe, expect, test } from "@jest/globals";
import {
  featureBounds,
  type Geometry,
  LIGHT_THEME,
  paintLayer,
  SUPPRESSED,
  SvgContext,
} from "@tombolo/bundle";
import { STRIPE, STRIPE_STEP } from "@tombolo/bundle/paint/stripes";
import { booleanPointInPolygon, polygon } from "@turf/turf";

/** Rings in pixels of the page; the second of an area is a hole. */
const areas: Readonly<Record<string, readonly (readonly (readonly [number, number])[])[]>> = {
  square: [ring(50, 50, 300)],
  "square with a hole": [ring(50, 50, 300), ring(120, 140, 90)],
  "star-like area": [
    [
      [60, 60],
      [200, 150],
      [340, 60],
      [260, 200],
      [340, 340],
      [200, 260],
      [60, 340],
      [150, 200],
    ],
  ],
};

function ring(x: number, y: number, side: number): readonly (readonly [number, number])[] {
  return [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ];
}

function svgOf(rings: (typeof areas)[string], group: number): string {
  const geometry: Geometry = {
    ...{ kind: "polygon", originX: 0, originY: 0, scale: 0.01 },
    coordinates: Int32Array.from(
      rings.flatMap((points) => points.flatMap(([x, y]) => [100 * x, 100 * (400 - y)])),
    ),
    featureEnds: Uint32Array.of(rings.length),
    partEnds: Uint32Array.from(rings, (_, index) =>
      rings.slice(0, index + 1).reduce((sum, points) => sum + points.length, 0),
    ),
  };
  const layer = {
    ...{ geometry, bounds: featureBounds(geometry), colours: ["#204060"], opacity: 1 },
    classes: Uint8Array.of(group),
  };
  const context = new SvgContext(() => 0);
  const frame = {
    view: { x: 200, y: 200, scale: 1 },
    size: { width: 400, height: 400 },
    theme: LIGHT_THEME,
    density: 1,
  };
  paintLayer(context, layer, frame, undefined);
  return context.document(400, 400, "areas");
}

/** The stripes of a drawing, each as its two ends. */
function stripesOf(svg: string): [number, number][][] {
  const [, path = ""] =
    new RegExp(`<path d="([^"]*)" fill="none"[^>]*stroke-width="${STRIPE}"`).exec(svg) ?? [];
  return path
    .split("M")
    .filter((part) => part !== "")
    .map((part) =>
      part.split("L").map((point): [number, number] => {
        const [x = Number.NaN, y = Number.NaN] = point.split(" ").map(Number);
        return [x, y];
      }),
    );
}

describe.each(Object.entries(areas))("a drawing of a %s", (_, rings) => {
  const shape = polygon(rings.map((points) => [...points, points[0] ?? [0, 0]].map((point) => [...point])));
  const stripes = stripesOf(svgOf(rings, SUPPRESSED));

  test("has stripes where its value was taken out, all of them inside", () => {
    expect(stripes.length).toBeGreaterThan(30);
    for (const [[left, bottom] = [0, 0], [right, top] = [0, 0]] of stripes)
      expect(booleanPointInPolygon([(left + right) / 2, (bottom + top) / 2], shape)).toBe(true);
  });

  test("has as many as fill the area", () => {
    const length = stripes.reduce(
      (sum, [from = [0, 0], to = [0, 0]]) => sum + Math.hypot(from[0] - to[0], from[1] - to[1]),
      0,
    );
    const area = rings.reduce((sum, points) => {
      const size = Math.abs(doubleArea(points)) / 2;
      return sum === 0 ? size : sum - size;
    }, 0);
    // The distance from stripe to stripe is the step along both axes, over the root of two.
    expect((length * STRIPE_STEP) / Math.SQRT2 / area).toBeCloseTo(1, 1);
  });

  test.each([0, 255])("has none with a value, and none where there never was one (class %i)", (group) => {
    expect(stripesOf(svgOf(rings, group))).toEqual([]);
  });
});

const doubleArea = (points: readonly (readonly [number, number])[]): number =>
  points.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = points[(index + 1) % points.length] ?? [0, 0];
    return sum + x * nextY - nextX * y;
  }, 0);
