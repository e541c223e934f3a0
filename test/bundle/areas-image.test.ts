import { describe, expect, test } from "@jest/globals";
import { coverAreas, featureBounds, type Geometry, HIDDEN, LIGHT_THEME, SUPPRESSED } from "@tombolo/bundle";
import { areasImage } from "@tombolo/bundle/paint/areas-image";

const SIZE = { width: 40, height: 40 };
const COLOURS = ["#204060", "#c08040"];

const FRAME = { view: { x: 20, y: 20, scale: 1 }, size: SIZE, theme: LIGHT_THEME, density: 1 };

type Square = readonly [left: number, bottom: number, side: number];

/** Squares in pixels from the lower left. */
function layerOf(squares: readonly Square[], classes: number[], opacity = 1) {
  const coordinates = Int32Array.from(
    squares.flatMap(([x, y, side]) =>
      [x, y, x + side, y, x + side, y + side, x, y + side].map((at) => 100 * at),
    ),
  );
  const geometry: Geometry = {
    ...{ kind: "polygon", originX: 0, originY: 0, scale: 0.01, coordinates },
    featureEnds: Uint32Array.from(squares, (_, index) => index + 1),
    partEnds: Uint32Array.from(squares, (_, index) => 4 * (index + 1)),
  };
  return {
    ...{ geometry, bounds: featureBounds(geometry), colours: COLOURS, opacity },
    classes: Uint8Array.from(classes),
  };
}

function paint(squares: readonly Square[], classes: number[], opacity = 1) {
  const { width, pixels } = areasImage(layerOf(squares, classes, opacity), FRAME);
  return (x: number, y: number) => {
    const at = 4 * ((SIZE.height - 1 - y) * width + x);
    return [...pixels.subarray(at, at + 4)];
  };
}

const [FIRST, SECOND] = [
  [0x20, 0x40, 0x60],
  [0xc0, 0x80, 0x40],
] as const;

describe("the image of areas", () => {
  test("what lies over another hides it, wherever they overlap", () => {
    const at = paint(
      [
        [4, 4, 20],
        [14, 14, 20],
      ],
      [0, 1],
    );
    expect(at(8, 8)).toEqual([...FIRST, 255]);
    expect(at(18, 18)).toEqual([...SECOND, 255]);
    expect(at(30, 30)).toEqual([...SECOND, 255]);
    expect(at(2, 30)).toEqual([0, 0, 0, 0]);
  });

  test("neighbours mix in the pixel of their border, and one colour stays one across it", () => {
    const mixed = paint(
      [
        [4, 4, 10.25],
        [14.25, 4, 10],
      ],
      [0, 1],
    );
    const quarter = FIRST.map((part, index) => part * 0.25 + (SECOND[index] ?? 0) * 0.75);
    mixed(14, 8).forEach((part, index) => {
      expect(Math.abs(part - ([...quarter, 255][index] ?? 0))).toBeLessThanOrEqual(1);
    });
    const same = paint(
      [
        [4, 4, 10.25],
        [14.25, 4, 10],
      ],
      [1, 1],
    );
    expect(same(14, 8)).toEqual([...SECOND, 255]);
  });

  test("a layer lets the ground through once, at borders as inside", () => {
    const at = paint(
      [
        [4, 4, 10.5],
        [14.5, 4, 10],
      ],
      [0, 0],
      0.6,
    );
    expect(at(8, 8)).toEqual([...FIRST, 153]);
    expect(at(14, 8)).toEqual([...FIRST, 153]);
  });

  test("what is hidden is not painted, and a tiny area is still seen", () => {
    const at = paint(
      [
        [4, 4, 10],
        [30, 30, 0.05],
      ],
      [HIDDEN, 1],
    );
    expect(at(8, 8)).toEqual([0, 0, 0, 0]);
    // Seven tenths of a pixel by as much, shared by two pixels.
    expect(((at(30, 30)[3] ?? 0) + (at(30, 29)[3] ?? 0)) / 255).toBeCloseTo(0.49, 1);
  });

  test.each([
    ["other classes", [1, 0, 1]],
    ["one hidden, under which another comes out", [0, HIDDEN, 1]],
    ["one striped", [SUPPRESSED, 1, 0]],
  ])("painted from what areas covered before, with %s, it is the same", (_, classes) => {
    const squares: Square[] = [
      [4.3, 4.6, 20],
      [14.2, 14.7, 20.5],
      [30.1, 2.2, 0.4],
    ];
    const before = coverAreas(layerOf(squares, [0, 1, 0]), FRAME);
    const layer = layerOf(squares, classes);
    expect(areasImage(layer, FRAME, before)).toEqual(areasImage(layer, FRAME));
  });
});
