import { describe, expect, test } from "@jest/globals";
import {
  decodeGeometry,
  detailLevel,
  encodeGeometry,
  encodeTopology,
  findTopology,
  type Geometry,
  partsOf,
  pointsOf,
  topologyDetail,
} from "../../bundle/src/index.ts";
import { randomNumbers } from "../support/random.ts";

/** A geometry from rings, lines or points, written as lists of features of parts of numbers. */
function geometryOf(kind: Geometry["kind"], features: readonly (readonly (readonly number[])[])[]): Geometry {
  const [featureEnds, partEnds, coordinates]: [number[], number[], number[]] = [[], [], []];
  for (const parts of features) {
    for (const part of parts) {
      coordinates.push(...part);
      partEnds.push(coordinates.length / 2);
    }
    featureEnds.push(partEnds.length);
  }
  return {
    ...{ kind, originX: 530_000, originY: 180_000, scale: 0.1 },
    featureEnds: Uint32Array.from(featureEnds),
    partEnds: Uint32Array.from(partEnds),
    coordinates: Int32Array.from(coordinates),
  };
}

/** The features as lists again; rings turned so that they begin at their least point, because arcs may begin elsewhere. */
function listsOf(geometry: Geometry): number[][][] {
  return Array.from(geometry.featureEnds, (_, feature) => {
    const [first, last] = partsOf(geometry, feature);
    return Array.from({ length: last - first }, (__, index) => {
      const [start, end] = pointsOf(geometry, first + index);
      const points = [...geometry.coordinates.subarray(2 * start, 2 * end)];
      return geometry.kind === "polygon" ? turned(points) : points;
    });
  });
}

function turned(points: readonly number[]): number[] {
  const pairs = Array.from({ length: points.length / 2 }, (_, index) => [
    points[2 * index] ?? 0,
    points[2 * index + 1] ?? 0,
  ]);
  const keys = pairs.map(([x = 0, y = 0]) => x * 1e6 + y);
  const least = keys.indexOf(Math.min(...keys));
  return [...pairs.slice(least), ...pairs.slice(0, least)].flat();
}

/** A grid of squares with winding borders, which neighbours share; every fifth has a hole that another feature fills. */
function tiles(side: number): number[][][] {
  const random = randomNumbers(7);
  const corner = (x: number, y: number) => [1000 * x, 1000 * y];
  const bends = new Map<string, number[]>();
  const edge = (from: readonly number[], to: readonly number[]): number[] => {
    const forward = `${from}|${to}`;
    const known = bends.get(forward);
    if (known) return known;
    const middles = [0.25, 0.5, 0.75].map((part) =>
      from.map((value, axis) => Math.round(value + part * ((to[axis] ?? 0) - value) + 80 * (random() - 0.5))),
    );
    bends.set(forward, middles.flat());
    bends.set(`${to}|${from}`, [...middles].reverse().flat());
    return middles.flat();
  };
  const features: number[][][] = [];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const corners = [corner(x, y), corner(x + 1, y), corner(x + 1, y + 1), corner(x, y + 1)];
      const ring = corners.flatMap((from, index) => [
        ...from,
        ...edge(from, corners[(index + 1) % 4] ?? from),
      ]);
      const [left, bottom] = [1000 * x + 400, 1000 * y + 400];
      const hole = [left, bottom, left, bottom + 100, left + 100, bottom + 100, left + 100, bottom];
      const filled = [left, bottom, left + 100, bottom, left + 100, bottom + 100, left, bottom + 100];
      features.push(features.length % 5 === 0 ? [ring, hole] : [ring]);
      if (features.length % 5 === 1) features.push([filled]);
    }
  }
  return features;
}

describe("geometry as bytes", () => {
  test.each([
    [
      "polygons with holes",
      geometryOf("polygon", [
        [
          [0, 0, 9, 0, 9, 9],
          [2, 1, 3, 1, 3, 2],
        ],
        [],
        [[20, 0, 29, 0, 29, 9]],
      ]),
    ],
    ["a polygon with negative coordinates", geometryOf("polygon", [[[-50, -60, 70, -80, 0, 90_000_000]]])],
    ["rings of one and of two points", geometryOf("polygon", [[[5, 5]], [[1, 1, 2, 2]]])],
    [
      "lines",
      geometryOf("line", [
        [
          [0, 0, 5, 5, 9, 0],
          [1, 1, 2, 2],
        ],
        [[0, 0, 5, 5]],
      ]),
    ],
    ["points, some with several", geometryOf("point", [[[1, 2]], [[3, 4, 5, 6]], []])],
    ["points, one each", geometryOf("point", [[[1, 2]], [[-3, 4]]])],
    ["nothing", geometryOf("polygon", [])],
    ["a figure of eight", geometryOf("polygon", [[[0, 0, 10, 10, 20, 0, 20, 20, 10, 10, 0, 20]]])],
    [
      "one ring twice, the second the other way round",
      geometryOf("polygon", [[[0, 0, 9, 0, 9, 9]], [[9, 9, 9, 0, 0, 0]]]),
    ],
    ["tiles", geometryOf("polygon", tiles(12))],
  ])("%s come back as they were", (_, geometry) => {
    const back = decodeGeometry(encodeGeometry(geometry));
    expect(listsOf(back)).toEqual(listsOf(geometry));
    expect(back).toMatchObject({ kind: geometry.kind, originX: 530_000, originY: 180_000, scale: 0.1 });
    const shifted = new Uint8Array(encodeGeometry(geometry).length + 1);
    shifted.set(encodeGeometry(geometry), 1);
    expect(decodeGeometry(shifted.subarray(1))).toEqual(back);
  });

  test("a border of two areas is written once", () => {
    const geometry = geometryOf("polygon", tiles(12));
    const { arcEnds, refs } = findTopology(geometry);
    // 12 × 13 × 2 edges and one ring for each of the filled holes; the four outer corners are no junctions.
    const holes = tiles(12).filter((parts) => parts.length === 2).length;
    expect(arcEnds.length).toBe(2 * 12 * 13 - 4 + holes);
    expect(refs.length).toBe(4 * 144 - 4 + 2 * holes);
    expect(encodeGeometry(geometry).length).toBeLessThan(2.5 * geometry.coordinates.length * 0.6);
  });

  test("made coarser, neighbours still share their borders", () => {
    const geometry = geometryOf("polygon", tiles(12));
    const topology = findTopology(geometry);
    const levels = topologyDetail(topology);
    const coarse = decodeGeometry(encodeTopology(geometry, topology, { levels, least: detailLevel(60) }));
    expect(coarse.coordinates.length).toBeLessThan(geometry.coordinates.length * 0.6);
    // Areas without gap or overlap add up to the whole.
    const total = listsOf(coarse)
      .flat()
      .reduce((sum, ring) => sum + areaOf(ring), 0);
    const outline = 12 * 12 * 1000 * 1000;
    expect(Math.abs(total - outline) / outline).toBeLessThan(0.01);
    const edges = new Map<string, number>();
    for (const ring of listsOf(coarse).flat()) {
      for (let at = 0; at < ring.length; at += 2) {
        const next = (at + 2) % ring.length;
        const ends = [`${ring[at]},${ring[at + 1]}`, `${ring[next]},${ring[next + 1]}`];
        edges.set(ends.join("|"), (edges.get(ends.join("|")) ?? 0) + 1);
      }
    }
    const inner = [...edges.keys()].filter((edge) => edges.has(edge.split("|").reverse().join("|")));
    expect(inner.length).toBeGreaterThan(edges.size * 0.8);
    expect([...edges.values()].every((count) => count === 1)).toBe(true);
  });

  test("no bytes of another kind are taken, and none ask for endless memory", () => {
    const good = encodeGeometry(geometryOf("polygon", tiles(4)));
    expect(() => decodeGeometry(new Uint8Array(0))).toThrow(RangeError);
    expect(() => decodeGeometry(good.slice(0, -4))).toThrow(RangeError);
    expect(() => decodeGeometry(Uint8Array.from([...good, 0]))).toThrow(RangeError);
    expect(() => decodeGeometry(good.slice().fill(0, 0, 4))).toThrow(RangeError);
    const random = randomNumbers(11);
    for (let attempt = 0; attempt < 2000; attempt++) {
      const bytes = good.slice();
      for (let change = 0; change < 3; change++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        const { featureEnds, partEnds, coordinates } = decodeGeometry(bytes);
        expect(featureEnds.at(-1) ?? 0).toBe(partEnds.length);
        expect(partEnds.at(-1) ?? 0).toBe(coordinates.length / 2);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });
});

function areaOf(ring: readonly number[]): number {
  let twice = 0;
  for (let at = 0; at < ring.length; at += 2) {
    const next = (at + 2) % ring.length;
    twice += (ring[at] ?? 0) * (ring[next + 1] ?? 0) - (ring[next] ?? 0) * (ring[at + 1] ?? 0);
  }
  return twice / 2;
}
