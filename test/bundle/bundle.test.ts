import { describe, expect, test } from "@jest/globals";
import { createCanvas, ImageData } from "@napi-rs/canvas";
import {
  buildIndex,
  type ClassColouring,
  chooseFormat,
  escapeHtml,
  featureBounds,
  fitView,
  formatNumber,
  type Geometry,
  LIGHT_THEME,
  legendEntries,
  NO_CLASS,
  openIndex,
  paintLayer,
  parseMapSpec,
  parseTableSpec,
  refusingLoader,
  scaleBar,
  strictest,
  togetherByNumber,
  togetherByPlace,
  toMetres,
  toPixels,
  toWorld,
  wholeBounds,
  zoomAt,
} from "../../bundle/src/index.ts";

/** Two features: a square of 100 with a hole of 20 in its middle, and a triangle beside it that shares an edge. */
const geometry: Geometry = {
  kind: "polygon",
  originX: 530_000,
  originY: 180_000,
  scale: 0.1,
  featureEnds: Uint32Array.of(2, 3),
  partEnds: Uint32Array.of(4, 8, 11),
  coordinates: Int32Array.of(
    ...[0, 0, 100, 0, 100, 100, 0, 100],
    ...[40, 40, 40, 60, 60, 60, 60, 40],
    ...[120, 0, 220, 0, 120, 100],
  ),
};

describe("views", () => {
  const size = { width: 400, height: 200 };
  test("fit a box and go back and forth", () => {
    const units = wholeBounds(featureBounds(geometry));
    expect(units).toEqual({ minX: 0, minY: 0, maxX: 220, maxY: 100 });
    if (!units) return;
    const box = toMetres({ ...geometry, originX: 0, originY: 0, scale: 1 }, units);
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

function indexOf(of: Geometry) {
  const bounds = featureBounds(of);
  return openIndex(of, bounds, buildIndex(bounds));
}

describe("painting and pointing agree", () => {
  const size = { width: 240, height: 120 };
  const view = { x: 530_011, y: 180_005, scale: 10 };
  const bounds = featureBounds(geometry);
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, size.width, size.height);
  paintLayer(
    context,
    { geometry, bounds, classes: Uint8Array.of(0, NO_CLASS), colours: ["#225ea8"], opacity: 1 },
    { view, size, theme: LIGHT_THEME, density: 1 },
    ({ width, height, pixels }) => {
      const image = createCanvas(width, height);
      image.getContext("2d").putImageData(new ImageData(pixels, width, height), 0, 0);
      context.drawImage(image, 0, 0);
    },
  );
  const find = openIndex(geometry, bounds, buildIndex(bounds));

  test.each([
    ["in the square", 20, 20, "#225ea8", 0],
    ["in its hole", 50, 50, "#ffffff", -1],
    ["in the triangle, which has no value", 130, 20, LIGHT_THEME.noData, 1],
    ["outside", 200, 90, "#ffffff", -1],
  ])("%s", (_, x, y, colour, feature) => {
    const [pixelX, pixelY] = toPixels(view, size, 530_000 + x / 10, 180_000 + y / 10);
    const [red = 0, green = 0, blue = 0] = context.getImageData(
      Math.round(pixelX),
      Math.round(pixelY),
      1,
      1,
    ).data;
    expect(`#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`).toBe(colour);
    expect(find.at(x, y, 1)).toBe(feature);
  });

  test("a line and a point are met from near", () => {
    const line: Geometry = {
      ...geometry,
      kind: "line",
      featureEnds: Uint32Array.of(1),
      partEnds: Uint32Array.of(2),
      coordinates: Int32Array.of(0, 0, 100, 100),
    };
    expect(indexOf(line).at(52, 48, 4)).toBe(0);
    expect(indexOf(line).at(60, 40, 4)).toBe(-1);
    const point: Geometry = {
      ...geometry,
      kind: "point",
      featureEnds: Uint32Array.of(1, 1),
      partEnds: Uint32Array.of(1),
      coordinates: Int32Array.of(5, 5),
    };
    expect(indexOf(point).at(7, 5, 3)).toBe(0);
    expect(indexOf(point).at(7, 5, 3, () => false)).toBe(-1);
    expect(indexOf(point).inBox({ minX: 0, minY: 0, maxX: 9, maxY: 9 })).toEqual([0]);
    expect(indexOf({ ...point, featureEnds: new Uint32Array(0) }).at(7, 5, 3)).toBe(-1);
  });

  test("a lasso takes what has its middle inside", () => {
    expect(find.inLasso([0, 0, 110, 0, 110, 110, 0, 110])).toEqual([0]);
    expect(find.inLasso([0, 0, 300, 0, 300, 200, 0, 200]).sort()).toEqual([0, 1]);
    expect(find.inLasso([0, 0, 10, 0, 10, 10])).toEqual([]);
  });
});

describe("texts", () => {
  test.each([
    [[1, 2, 3], ",d"],
    [[0.001, 0.002], ",.5f"],
    [[0, 41.5], ",.1f"],
    [[1 / 3, 2 / 3, 83, 166.25], ",.1f"],
    [[0.02, 0.04, 0.1, 950], ",.2f"],
    [[1523.5, 1880.25, 2541], ",.0f"],
    [[1e6, 2e6, 0.5], ",.0f"],
    [[], ",d"],
    [[1, 1e300], ".4~g"],
  ])("%j is shown by %s", (values, format) => expect(chooseFormat(values)).toBe(format));

  test("years are written as years, amounts that are called so are not", () => {
    expect(chooseFormat([2018, 2023], "year")).toBe("d");
    expect(chooseFormat([1, 23], "years_of_school")).toBe(",d");
    expect(chooseFormat([2018, 2023], "people")).toBe(",d");
  });

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
    },
    ...{ crs: "EPSG:27700", width: 100, height: 100, insets: [], warnings: [] },
    layers: [layer()],
  };
  function layer(changed: object = {}, colouring: object = {}) {
    const part = "0123456789abcdef";
    return {
      ...{
        title: "t",
        kind: "polygon",
        count: 1,
        geometry: part,
        names: part,
        labels: part,
        visible: true,
        opacity: 1,
      },
      columns: [{ name: "a", title: "A", unit: "", format: "", type: "f32", values: part, dated: false }],
      hover: ["a"],
      colouring: {
        ...{ type: "classes", column: "a", method: "quantile", palette: "Blues", reversed: false },
        ...{ limits: [0, 1], colours: ["#ffffff"], counts: [1], missing: 0, suppressed: 0, ...colouring },
      },
      ...changed,
    };
  }
  test.each([
    ["no object", 5],
    ["a later version", { ...map, version: 2 }],
    ["a label that is none", { ...map, access: "open" }],
    ["a part with a path for a name", { ...map, layers: [layer({ geometry: "../../etc/passwd" })] }],
    ["a colour with code", { ...map, layers: [layer({}, { colours: ["url(x)"] })] }],
    ["a kind of colouring that is none", { ...map, layers: [layer({}, { type: "expression" })] }],
    ["a limit that is no number", { ...map, layers: [layer({}, { limits: [0, null] })] }],
    ["more layers than a map has", { ...map, layers: new Array(100).fill(layer()) }],
    ["a basemap that is none", { ...map, basemap: "https://example.org" }],
    ["a thousand classes", { ...map, layers: [layer({}, { colours: new Array(1000).fill("#ffffff") })] }],
    ["a size without end", { ...map, width: 1e9 }],
    ["a number that is none", { ...map, layers: [layer({}, { missing: "many" })] }],
  ])("%s is refused", (_, value) => expect(() => parseMapSpec(value)).toThrow(TypeError));

  test("a good one passes, what it does not know falls away", () => {
    expect(parseMapSpec({ ...map, script: "alert(1)" })).toEqual(map);
    expect(() => parseTableSpec({ ...map, rowCount: 1, columns: [], rows: [["too many"]] })).toThrow(
      TypeError,
    );
  });

  test("a chart loads no address", async () => {
    const { load, sanitize } = refusingLoader("kept");
    await expect(load("https://example.org/data.json")).rejects.toThrow(
      "A chart may not load https://example.org/data.json",
    );
    await expect(sanitize("javascript:alert(1)")).rejects.toThrow("may not load");
  });
});

test.each([Float32Array, Float64Array])(
  "the bytes of a %p go together by their places, and back",
  (numbers) => {
    const values = numbers.of(1, -2.5, Number.NaN, 1e30, 0);
    const bytes = new Uint8Array(values.buffer);
    const together = togetherByPlace(bytes, values.BYTES_PER_ELEMENT);
    expect(together[values.length - 1]).toBe(bytes[bytes.length - values.BYTES_PER_ELEMENT]);
    expect(togetherByNumber(together, values.BYTES_PER_ELEMENT)).toEqual(bytes);
  },
);

test.each([
  ["that fit stay as they are", "quantile", ",d", [0, 120, 35_000], ["0 – 119", "120 – 35,000"]],
  ["of whole numbers", "quantile", ",d", [5, 1_234_567, 9_876_543], ["5 – 1.23M", "1.23M – 9.88M"]],
  [
    "with decimals lose those first",
    "equal",
    ",.2f",
    [10_123.25, 20_456.5, 31_000],
    ["10,123 – 20,457", "20,457 – 31,000"],
  ],
  [
    "that lie close keep the digits that part them",
    "equal",
    ",d",
    [1_000_001, 1_000_011, 1_000_021],
    ["1,000,001 – 1,000,010", "1,000,011 – 1,000,021"],
  ],
  [
    "that a person chose keep all their digits",
    "manual",
    ",d",
    [0, 123_456, 250_000],
    ["0 – 123,455", "123,456 – 250,000"],
  ],
  [
    "that are round are short",
    "manual",
    ",d",
    [-2_500_000, 1_000_000, 25_000_000],
    ["−2.5M – 1M", "1M – 25M"],
  ],
  ["in billions", "quantile", ",d", [-4.5e9, 999_999_999, 2e12], ["−4.5bn – 1bn", "1bn – 2tn"]],
] as const)("ranges of a legend %s", (_, method, format, limits, texts) => {
  const columns = [
    { name: "a", title: "A", unit: "", format, type: "f64", values: "0", dated: false },
  ] as const;
  const colours = limits.slice(1).map(() => "#ffffff");
  const colouring: ClassColouring = {
    type: "classes",
    ...{ column: "a", method, palette: "Blues", reversed: false, limits, colours },
    ...{ counts: [1, 1], missing: 0, suppressed: 0 },
  };
  const entries = legendEntries({ columns, colouring, count: 2 });
  expect(entries.map(({ text }) => text).reverse()).toEqual(texts);
});
