import { inflateRawSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import {
  BLOBS_SYMBOL,
  DISPLAY_SYMBOL,
  type Displayable,
  decodeGeometry,
  isLiveReference,
  type MimeBundle,
  parseMapSpec,
} from "@tombolo/bundle";
import { tellingLayer } from "../../extension/src/map/telling-layer.ts";
import { chart } from "../../kernel/src/chart/chart.ts";
import { type MapOptions, map } from "../../kernel/src/map/map.ts";
import { chooseProjection, findProjection } from "../../kernel/src/map/projection.ts";
import { table } from "../../kernel/src/table/table.ts";
import { squaresTable } from "../support/tables.ts";

const MAP = "application/vnd.tombolo.map.v1+json";
const names = ["Alpha", "Beta", "<script>alert(1)</script>", "Delta", "Omega"];
const values = [1.5, 2.5, null, 4.5, 12.25];
const shown = async (view: Displayable): Promise<MimeBundle> => view[DISPLAY_SYMBOL]();

/** Width and height that a PNG says it has. */
function pictureSize(base64: unknown): [number, number] {
  const bytes = Buffer.from(String(base64), "base64");
  expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe("a map", () => {
  const view = map(squaresTable(names, values, "public"), { classes: 2, title: "Lengths" });

  test("has a specification, a picture and words that agree", async () => {
    const { data } = await shown(view);
    expect(Object.keys(data)).toEqual([MAP, "image/png", "text/plain"]);
    const spec = parseMapSpec(data[MAP]);
    expect(spec).toMatchObject({ crs: "EPSG:27700", source: "Made by hand." });
    expect(spec.layers).toMatchObject([
      {
        ...{ kind: "polygon", count: 5 },
        colouring: { column: "length", limits: [1.5, 3.5, 12.25], counts: [2, 2], missing: 1, suppressed: 0 },
        columns: [{ name: "length", title: "Length", unit: "km" }],
      },
    ]);
    expect(pictureSize(data["image/png"])).toEqual([1140, 750]);
    expect(data["text/plain"]).toBe(
      [
        "Map: Lengths",
        "5 features by Length (km)",
        "  3.5 – 12.3       2",
        "  1.5 – 3.5        2",
        "  no data          1",
        "Made by hand.",
      ].join("\n"),
    );
  });

  test("names its parts by their content, and they hold the features", () => {
    const blobs = view[BLOBS_SYMBOL];
    const partOf = (id: string | undefined) => blobs?.get(id ?? "") ?? new Uint8Array();
    const [layer] = view.spec.layers;
    const geometry = decodeGeometry(partOf(layer?.geometry));
    expect(geometry.kind).toBe("polygon");
    expect([...geometry.featureEnds]).toEqual([1, 2, 3, 4, 5]);
    expect(JSON.parse(inflateRawSync(partOf(layer?.names)).toString())).toEqual(names);
    expect([...new Float32Array(partOf(layer?.columns[0]?.values).slice().buffer)]).toEqual([
      1.5,
      2.5,
      Number.NaN,
      4.5,
      12.25,
    ]);
    const [again] = map(squaresTable(names, [9, 9, 9, 9, 8], "public")).spec.layers;
    expect(again?.geometry).toBe(layer?.geometry);
    expect(again?.columns[0]?.values).not.toBe(layer?.columns[0]?.values);
  });

  test("of nothing, of one feature and of equal values is a map all the same", async () => {
    expect((await shown(map(squaresTable([], [], "public")))).data["text/plain"]).toContain("0 features");
    const colouringOf = (labels: string[], numbers: number[]) =>
      map(squaresTable(labels, numbers, "public")).spec.layers[0]?.colouring;
    expect(colouringOf(["A"], [1])).toMatchObject({ limits: [1, 1], counts: [1] });
    expect(colouringOf(["A", "B"], [7, 7])).toMatchObject({ counts: [2] });
    expect(colouringOf(["A", "B"], [Number.NaN, Number.POSITIVE_INFINITY])).toMatchObject({
      counts: [],
      missing: 2,
    });
  });

  test.each<[MapOptions, string]>([
    [{ column: "lenght" }, 'The table has no column "lenght". Did you mean "length"?'],
    [{ column: "name", type: "classes" }, 'The column "name" has no numbers. Columns with numbers: length.'],
    [{ classes: 1 }, "A map has 2 to 9 classes, not 1"],
    [{ crs: "EPSG:4326" }, 'A map cannot be drawn in the coordinate system "EPSG:4326"'],
    [{ breaks: [1, Number.NaN] }, "Manual classes have 1 to 8 limits, all of them numbers"],
    [{ insets: ["Lodnon"] }, 'There is no inset for "Lodnon". Did you mean "London"?'],
    [{ extent: "Lodnon" }, 'There is no extent of "Lodnon". Did you mean "London"?'],
    [{ extent: [1, 52, 0, 53] }, "An extent is west, south, east, north in degrees"],
    [{ colour: "red", type: "plain" }, '"red" is not a colour; write it as #rrggbb, such as #3f6fb0'],
    [{ palette: "virdis" }, 'There is no palette "virdis". Did you mean "viridis"?'],
  ])("%j is a sentence", (options, message) => {
    expect(() => map(squaresTable(names, values, "public"), options)).toThrow(
      expect.objectContaining({ name: "UserError", message: expect.stringContaining(message) }),
    );
  });

  test("extent, unit and source are chosen by the data unless they are told", () => {
    const { spec } = map(squaresTable(names, values, "public"), { column: "length" });
    expect(spec.extent).toBeUndefined();
    const options: MapOptions = {
      ...{ column: "length", unit: "miles", source: "Walked by hand." },
      ...{ extent: [-2, 52, -1.9, 52.1], crs: "EPSG:27700" },
    };
    const told = parseMapSpec(map(squaresTable(names, values, "public"), options).spec);
    expect(told.layers[0]?.columns.find(({ name }) => name === "length")?.unit).toBe("miles");
    expect(told.source).toBe("Walked by hand.");
    const { minX = 0, maxX = 0, minY = 0, maxY = 0 } = told.extent ?? {};
    // A tenth of a degree at 52° north is 6.9 km by 11.1 km.
    expect(maxX - minX).toBeCloseTo(6860, -2);
    expect(maxY - minY).toBeCloseTo(11130, -2);
  });

  test("needs shapes", () => {
    expect(() => map(squaresTable(names, values, "public").select(["name", "length"]))).toThrow(
      "The table has no shapes",
    );
  });
});

describe("what is not public leaves no value in what is saved", () => {
  test.each([
    ["a map", (data: ReturnType<typeof squaresTable>) => map(data, {})],
    ["a chart", (data: ReturnType<typeof squaresTable>) => chart(data)],
    ["a table", (data: ReturnType<typeof squaresTable>) => table(data)],
  ])("%s", async (_, make) => {
    const view = make(squaresTable(names, values, "internal"));
    const { data } = await shown(view);
    const saved = JSON.stringify(data);
    for (const planted of ["Alpha", "Omega", "12.25", "1.5", "image/png", "text/html", "S1"])
      expect(saved).not.toContain(planted);
    expect(data["text/plain"]).toMatch(
      /^(Map|Chart|Table) of internal data: run the cell to see it\.\npreset standard · run on [\d-]+ at [\d:]+ UTC$/,
    );
    const reference = Object.values(data).find(isLiveReference);
    const live = new TextDecoder().decode(view[BLOBS_SYMBOL]?.get(reference?.live ?? ""));
    expect(JSON.parse(live)).toEqual(view.spec);
    // A digest of the content would let others test guesses, so names are random.
    const again = await shown(make(squaresTable(names, values, "internal")));
    expect(JSON.stringify(again.data)).not.toBe(saved);
  });
});

describe("a table", () => {
  test("shows numbers as people read them, what is missing, and no HTML of the data's", async () => {
    const { data } = await shown(table(squaresTable(names, values, "public"), { rows: 3 }));
    expect(data["text/plain"]).toBe(
      [
        "label  name                       length (km)  geometry",
        "-----  -------------------------  -----------  -----------------",
        "S1     Alpha                              1.5  polygon, 5 points",
        "S2     Beta                               2.5  polygon, 5 points",
        "S3     <script>alert(1)</script>            –  polygon, 5 points",
        "3 of 5 rows, 1 missing in length",
      ].join("\n"),
    );
    expect(Object.keys(data)).toEqual([
      "application/vnd.tombolo.table.v1+json",
      "text/markdown",
      "text/plain",
    ]);
    expect(data["text/markdown"]).toContain("Alpha");
    expect(data["text/markdown"]).not.toContain("<script>");
  });
});

describe("a chart", () => {
  test("of the largest has them in order, with a picture", async () => {
    const { data } = await shown(chart(squaresTable(names, values, "public"), { top: 2, title: "Longest" }));
    expect(data["text/plain"]).toBe(
      ["Chart: Longest", "the 2 largest of 4", "  Omega: 12.3 km", "  Delta: 4.5 km", "Made by hand."].join(
        "\n",
      ),
    );
    expect(data).toHaveProperty(
      ["application/vnd.vegalite.v5+json", "data", "values"],
      [
        { category: "Omega", value: 12.25, count: 1, selected: 0 },
        { category: "Delta", value: 4.5, count: 1, selected: 0 },
      ],
    );
    expect(pictureSize(data["image/png"])[0]).toBeGreaterThan(600);
  });

  test.each(["bar", "histogram", "scatter", "line"] as const)("%s is drawn", async (type) => {
    const { data } = await shown(chart(squaresTable(names, values, "public"), { type }));
    expect(pictureSize(data["image/png"])[1]).toBeGreaterThan(100);
  });

  test("of a column without numbers is a sentence", () => {
    expect(() => chart(squaresTable(names, values, "public"), { y: "name", type: "histogram" })).toThrow(
      'The column "name" has no numbers',
    );
  });
});

test.each([
  [-0.5, 51.3, 0.3, 51.7, "EPSG:27700"],
  [11.3, 48.0, 11.8, 48.3, "EPSG:32632"],
  [151.0, -34.1, 151.4, -33.7, "EPSG:32756"],
  [-10, 35, 30, 60, "laea 47.50 10.00"],
  [170, -20, 190, -10, "laea -15.00 180.00"],
  [-180, -60, 180, 70, "EPSG:8857"],
  [40, -60, 240, 70, "eqearth 140"],
])(
  "%f to %f, %f to %f is drawn in %s, where lengths near the middle are right",
  (west, south, east, north, crs) => {
    const projection = chooseProjection({ west, south, east, north });
    expect(projection.crs).toBe(crs);
    const [longitude, latitude] = [(west + east) / 2, (south + north) / 2];
    const [x, y] = projection.project(longitude, latitude);
    const [otherX, otherY] = projection.project(longitude + 0.1, latitude + 0.1);
    const ofDegree = 111_320;
    const across = 0.1 * ofDegree * Math.cos((latitude * Math.PI) / 180);
    expect((otherX - x) / across).toBeCloseTo(1, 0);
    expect((otherY - y) / (0.1 * ofDegree)).toBeCloseTo(1, 0);
  },
);

test.each([
  "+proj=laea +lat_0=20 +lon_0=10",
  "+proj=aea +lat_0=40 +lon_0=10 +lat_1=30 +lat_2=50 +x_0=5",
  "32631",
  "EPSG:3035",
  "EPSG:2154",
  "EPSG:5070",
  "EPSG:3857",
])("the system %s has finite places", (wanted) => {
  expect(findProjection(wanted).project(9, 45).every(Number.isFinite)).toBe(true);
});

test("the British National Grid is where the Ordnance Survey has it, to within its datum's few metres", () => {
  const [x, y] = chooseProjection({ west: -0.5, south: 51.3, east: 0.3, north: 51.7 }).project(
    -0.117539388132,
    51.5566037738,
  );
  expect(Math.hypot(x - 530_600, y - 185_870)).toBeLessThan(5);
});

const AREAS = { name: "areas", visible: true, colouring: { type: "classes" }, spec: {} } as const;
const LINES = { name: "lines", visible: true, colouring: { type: "plain" }, spec: {} } as const;
const SYMBOLS = { ...LINES, name: "symbols", spec: { size: { column: "a", most: 1, pixels: 9 } } } as const;

test.each([
  ["areas below lines", [AREAS, LINES], "areas"],
  ["symbols over areas", [AREAS, SYMBOLS, LINES], "symbols"],
  ["areas that are hidden", [{ ...AREAS, visible: false }, LINES], "lines"],
  ["nothing in sight", [{ ...AREAS, visible: false }], undefined],
])("the table of a map with %s", (_, layers, name) => {
  expect(tellingLayer<(typeof layers)[number]>(layers)?.name).toBe(name);
});
