import { describe, expect, test } from "@jest/globals";
import { createCanvas } from "@napi-rs/canvas";
import {
  chooseFormat,
  classify,
  classLimits,
  decodeGeometry,
  encodeGeometry,
  escapeHtml,
  featureBounds,
  fitView,
  formatNumber,
  type Geometry,
  hitTest,
  LIGHT_THEME,
  NO_CLASS,
  paintMap,
  parseMapSpec,
  parseTableSpec,
  refusingLoader,
  scaleBar,
  strictest,
  toPixels,
  toWorld,
  wholeBounds,
  zoomAt,
} from "../../bundle/src/index.ts";

/** Two features: a square of 100 with a hole of 20 in its middle, and a triangle beside it. */
const geometry: Geometry = {
  kind: "polygon",
  originX: 530_000,
  originY: 180_000,
  scale: 0.1,
  featureEnds: Uint32Array.of(2, 3),
  partEnds: Uint32Array.of(5, 10, 14),
  coordinates: Int32Array.of(
    ...[0, 0, 100, 0, 100, 100, 0, 100, 0, 0],
    ...[40, 40, 40, 60, 60, 60, 60, 40, 40, 40],
    ...[120, 0, 220, 0, 120, 100, 120, 0],
  ),
};

describe("geometry as bytes", () => {
  test("comes back as it was", () => {
    expect(decodeGeometry(encodeGeometry(geometry))).toEqual(geometry);
    const shifted = new Uint8Array(encodeGeometry(geometry).length + 1);
    shifted.set(encodeGeometry(geometry), 1);
    expect(decodeGeometry(shifted.subarray(1))).toEqual(geometry);
  });

  test.each([
    ["nothing", () => new Uint8Array(0)],
    ["cut short", () => encodeGeometry(geometry).slice(0, -4)],
    ["another magic", () => encodeGeometry(geometry).fill(0, 0, 4)],
    ["more parts than there are", () => withWord(16, 1_000_000)],
    ["ends out of order", () => withWord(48, 4)],
    ["points that no part has", () => withWord(48 + 4 * 4, 13)],
  ])("%s is refused", (_, bytes) => {
    expect(() => decodeGeometry(bytes())).toThrow(RangeError);
  });

  function withWord(offset: number, word: number): Uint8Array {
    const bytes = encodeGeometry(geometry);
    new DataView(bytes.buffer).setUint32(offset, word, true);
    return bytes;
  }
});

describe("classes", () => {
  test.each([
    ["quantile", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, [1, 2.8, 4.6, 6.4, 8.2, 10]],
    ["equal", [0, 1, 2, 10], 5, [0, 2, 4, 6, 8, 10]],
    ["quantile", [0, 0, 0, 0, 5], 5, [0, 1, 5]],
    ["quantile", [3, 3, 3], 5, [3, 3]],
    ["quantile", [Number.NaN, Number.POSITIVE_INFINITY], 5, []],
  ] as const)("%s of %j in %i", (method, values, count, limits) => {
    const found = classLimits(values, count, method);
    expect(found.length).toBe(limits.length);
    for (const [index, limit] of limits.entries()) expect(found[index]).toBeCloseTo(limit, 10);
  });

  test("a value on a limit is in the class above, the greatest in the last, and what is not finite in none", () => {
    const values = [0, 2, 4, 10, Number.NaN, Number.NEGATIVE_INFINITY];
    expect([...classify(values, [0, 2, 4, 10])]).toEqual([0, 1, 2, 2, NO_CLASS, NO_CLASS]);
    expect([...classify([3, 3], [3, 3])]).toEqual([0, 0]);
  });
});

describe("views", () => {
  const size = { width: 400, height: 200 };
  test("fit a box and go back and forth", () => {
    const box = wholeBounds(featureBounds(geometry));
    expect(box).toEqual({ minX: 0, minY: 0, maxX: 220, maxY: 100 });
    if (!box) return;
    const view = fitView(box, size, 10);
    expect(view.scale).toBeCloseTo(380 / 220, 10);
    expect(toPixels(view, size, 110, 50)).toEqual([200, 100]);
    const [x, y] = toWorld(view, size, 33, 44);
    const zoomed = zoomAt(view, size, 3, 33, 44);
    const [pixelX, pixelY] = toPixels(zoomed, size, x, y);
    expect(pixelX).toBeCloseTo(33, 8);
    expect(pixelY).toBeCloseTo(44, 8);
  });

  test.each([
    [0.01, 120, 10_000, "10 km"],
    [1, 120, 100, "100 m"],
    [0.05, 120, 2000, "2 km"],
  ])("a scale bar at %f pixels a metre", (pixelsPerMetre, most, metres, text) => {
    expect(scaleBar(pixelsPerMetre, most)).toEqual({ metres, pixels: metres * pixelsPerMetre, text });
  });
});

describe("painting and pointing agree", () => {
  const size = { width: 240, height: 120 };
  const view = { x: 110, y: 50, scale: 1 };
  const bounds = featureBounds(geometry);
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, size.width, size.height);
  paintMap(context, {
    geometry,
    bounds,
    classes: Uint8Array.of(0, NO_CLASS),
    colours: ["#225ea8"],
    view,
    size,
    theme: LIGHT_THEME,
  });
  const find = hitTest(geometry);

  test.each([
    ["in the square", 20, 20, "#225ea8", 0],
    ["in its hole", 50, 50, "#ffffff", -1],
    ["in the triangle, which has no value", 130, 20, LIGHT_THEME.noData, 1],
    ["outside", 200, 90, "#ffffff", -1],
  ])("%s", (_, x, y, colour, feature) => {
    const [pixelX, pixelY] = toPixels(view, size, x, y);
    const [red = 0, green = 0, blue = 0] = context.getImageData(
      Math.round(pixelX),
      Math.round(pixelY),
      1,
      1,
    ).data;
    expect(`#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`).toBe(colour);
    expect(find(x, y, 1)).toBe(feature);
  });

  test("a line and a point are met from near", () => {
    const line: Geometry = {
      ...geometry,
      kind: "line",
      featureEnds: Uint32Array.of(1),
      partEnds: Uint32Array.of(2),
      coordinates: Int32Array.of(0, 0, 100, 100),
    };
    expect(hitTest(line)(52, 48, 4)).toBe(0);
    expect(hitTest(line)(60, 40, 4)).toBe(-1);
    const point: Geometry = {
      ...geometry,
      kind: "point",
      featureEnds: Uint32Array.of(1),
      partEnds: Uint32Array.of(1),
      coordinates: Int32Array.of(5, 5),
    };
    expect(hitTest(point)(7, 5, 3)).toBe(0);
    expect(hitTest({ ...point, featureEnds: new Uint32Array(0) })(7, 5, 3)).toBe(-1);
  });
});

describe("texts", () => {
  test.each([
    [[1, 2, 3], ",d"],
    [[0.001, 0.002], ",.5f"],
    [[0, 41.5], ",.1f"],
    [[1e6, 2e6, 0.5], ",.0f"],
    [[], ",d"],
  ])("%j is shown by %s", (values, format) => expect(chooseFormat(values)).toBe(format));

  test("numbers, strange numbers and strange formats", () => {
    expect(formatNumber(1234.5, ",.1f")).toBe("1,234.5");
    expect(formatNumber(Number.NaN, ",.1f")).toBe("–");
    expect(formatNumber(5, "not a format")).toBe("5");
    expect(escapeHtml(`<a href="x">&'`)).toBe("&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  });

  test("the strictest label wins", () => {
    expect(strictest([])).toBe("public");
    expect(strictest(["public", "sensitive", "internal"])).toBe("sensitive");
  });
});

describe("specifications from anywhere are checked", () => {
  const map = {
    ...{
      version: 1,
      access: "public",
      title: "t",
      source: "s",
      geometry: "0123456789abcdef",
      attributes: "0123456789abcdef",
    },
    ...{ crs: "EPSG:27700", width: 100, height: 100, classes: [], missing: 0, hover: [] },
  };
  test.each([
    ["no object", 5],
    ["a later version", { ...map, version: 2 }],
    ["a label that is none", { ...map, access: "open" }],
    ["a part with a path for a name", { ...map, geometry: "../../etc/passwd" }],
    ["a colour with code", { ...map, classes: [{ from: 0, to: 1, colour: "url(x)", count: 1 }] }],
    [
      "a thousand classes",
      {
        ...map,
        classes: Array.from({ length: 1000 }, () => ({ from: 0, to: 1, colour: "#ffffff", count: 1 })),
      },
    ],
    ["a size without end", { ...map, width: 1e9 }],
    ["a number that is none", { ...map, missing: "many" }],
  ])("%s is refused", (_, value) => expect(() => parseMapSpec(value)).toThrow(TypeError));

  test("a good one passes, what it does not know falls away", () => {
    expect(parseMapSpec({ ...map, script: "alert(1)" })).toEqual(map);
    expect(() => parseTableSpec({ ...map, rowCount: 1, columns: [], rows: [["too many"]] })).toThrow(
      TypeError,
    );
  });

  test("a chart loads no address", async () => {
    const { load, sanitize } = refusingLoader();
    await expect(load("https://example.org/data.json")).rejects.toThrow(
      "A chart may not load https://example.org/data.json",
    );
    await expect(sanitize("javascript:alert(1)")).rejects.toThrow("may not load");
  });
});
