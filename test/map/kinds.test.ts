import { describe, expect, test } from "@jest/globals";
import { DISPLAY_SYMBOL, fitView, parseMapSpec } from "@tombolo/bundle";
import { withColumnMetadata } from "../../kernel/src/engine/columns.ts";
import { tableFromRecords } from "../../kernel/src/engine/records.ts";
import {
  drawPicture,
  type LayerInput,
  type MapData,
  type MapOptions,
  map,
} from "../../kernel/src/map/map.ts";
import { colourOf, differenceFromGolden, pixelsOf } from "../support/picture.ts";
import { randomNumbers } from "../support/random.ts";

const MAP = "application/vnd.tombolo.map.v1+json";
const SMALL = { width: 420, height: 260 };

/** Twelve squares of a tenth of a degree, three rows of four. */
const squares = {
  type: "FeatureCollection",
  features: Array.from({ length: 12 }, (_, index) => ({
    type: "Feature",
    geometry: {
      type: "Polygon",
      coordinates: [ringAt(-2 + 0.1 * (index % 4), 52 + 0.1 * Math.floor(index / 4))],
    },
    properties: {
      ...{ label: `S${index}`, name: `Square ${index}`, people: index === 11 ? null : 10 + index * index },
      ...{
        income: 100 * ((index * 7) % 12),
        kind: ["town", "moor", "coast"][index % 3],
        gone: index === 10 ? "[c]" : null,
      },
    },
  })),
};

function ringAt(x: number, y: number, side = 0.1): [number, number][] {
  return [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ];
}

const roads = {
  type: "FeatureCollection",
  features: [51.98, 52.12, 52.28].map((latitude, index) => ({
    type: "Feature",
    geometry: {
      type: "LineString",
      coordinates: [
        [-2, latitude],
        [-1.8, latitude + 0.03],
        [-1.6, latitude],
      ],
    },
    properties: { name: `Road ${index}`, flow: 100 * (index + 1) ** 2, speed: 30 + 20 * index },
  })),
};

const random = randomNumbers(5);
const dots = publicTable(
  Array.from({ length: 300 }, () => ({
    longitude: -2 + 0.4 * random(),
    latitude: 52 + 0.3 * random(),
    no2: 60 * random(),
  })),
);
const crowd = publicTable(
  Array.from({ length: 30_000 }, () => ({
    longitude: -2 + 0.4 * random() * random(),
    latitude: 52 + 0.3 * random(),
  })),
);

function publicTable(records: readonly Record<string, unknown>[]) {
  return withColumnMetadata(tableFromRecords(records), () => ({ access: "public", source: "Made up." }));
}

async function show(data: MapData | readonly LayerInput[], options: MapOptions) {
  const { data: bundle } = await map(data, { ...SMALL, ...options })[DISPLAY_SYMBOL]();
  const picture = Buffer.from(String(bundle["image/png"]), "base64");
  return { spec: parseMapSpec(bundle[MAP]), picture, text: String(bundle["text/plain"]) };
}

describe("every kind of map", () => {
  const kinds: [string, MapData | readonly LayerInput[], MapOptions, RegExp][] = [
    [
      "choropleth",
      squares,
      { column: "people", classes: 3, suppressed: "gone" },
      /46 – 91 +4\n.*\n.*\n {2}no data +1\n {2}\[c\] suppressed +1/,
    ],
    ["bivariate", squares, { column: "people", with: "income" }, /people high, income high/],
    ["categories", squares, { column: "kind" }, /coast +4\n {2}moor +4\n {2}town +4/],
    ["symbols", squares, { size: "people", title: "Symbols" }, /size: people/],
    [
      "unclassed",
      squares,
      { column: "income", method: "unclassed", palette: "viridis" },
      /shades from 0 to 1,100/,
    ],
    ["lines", roads, { column: "speed", size: "flow" }, /3 features by speed/],
    ["points", dots, { column: "no2", method: "pretty", palette: "YlOrRd" }, /300 features by no2/],
    ["density", crowd, {}, /30000 features/],
    [
      "layers",
      [
        { data: squares, column: "income" },
        { data: roads, type: "plain", colour: "#d7191c", title: "Roads" },
      ],
      { title: "Layers", insets: [{ title: "Corner", box: [-2, 52, -1.9, 52.1] }] },
      /12 features by income[\s\S]*3 features/,
    ],
  ];

  test.each(kinds)(
    "%s looks as it did when it was looked at, and is told in words",
    async (name, data, options, words) => {
      const { picture, text } = await show(data, options);
      expect(text).toMatch(words);
      expect(picture.length).toBeLessThan(60_000);
      expect(await differenceFromGolden(`${name}.png`, picture)).toBeLessThan(0.004);
    },
  );

  test("a map is called by what it shows, else by what its data is called", async () => {
    const layers = await show(
      [
        { data: squares, column: "income" },
        { data: roads, type: "plain", title: "Roads" },
      ],
      {},
    );
    expect(layers.spec.title).toBe("income");
    expect((await show(roads, { type: "plain", called: "roads" })).spec.title).toBe("roads");
  });

  test("symbols of areas have the areas below them, symbols of points nothing", async () => {
    const areas = await show(squares, { size: "people" });
    expect(areas.spec.layers.map(({ kind, title }) => [kind, title])).toEqual([
      ["polygon", "Areas"],
      ["point", "people"],
    ]);
    expect((await show(dots, { size: "no2" })).spec.layers).toHaveLength(1);
  });

  test("what is shown by size alone has one colour", async () => {
    const { spec } = await show(dots, { size: "no2" });
    expect(spec.layers[0]).toMatchObject({ colouring: { type: "plain" }, size: { column: "no2" } });
  });

  test("GeoJSON written into a call is a map, and a place alone has its surroundings", async () => {
    const { spec } = await show(
      { type: "Feature", geometry: { type: "Point", coordinates: [0, 51] }, properties: { v: 1 } },
      {},
    );
    expect(spec.layers[0]).toMatchObject({ kind: "point", count: 1 });
    const place = { minX: 5, minY: 5, maxX: 5, maxY: 5 };
    expect(fitView(place, { width: 500, height: 400 }, 0)).toEqual({ x: 5, y: 5, scale: 0.4 });
  });

  test("round limits are written round", async () => {
    const { text } = await show(dots, { column: "no2", breaks: [20, 40] });
    expect(text).toMatch(/40 – 59\.\d+ [\s\S]* 20 – 40 /);
  });

  test("the picture for a file is that of the map", async () => {
    const picture = await drawPicture(squares, {
      ...SMALL,
      column: "people",
      classes: 3,
      suppressed: "gone",
    });
    expect(await differenceFromGolden("choropleth.png", picture)).toBeLessThan(0.004);
  });

  test("values at several times are one feature each, the last shown first", async () => {
    const years = [2019, 2020, 2021];
    const rows = years.flatMap((year) =>
      squares.features.map(({ properties: { label } }, index) => ({
        ...{
          label,
          year: new Date(Date.UTC(year, 0)),
          value: (year - 2019) * 10 + index,
          longitude: index,
          latitude: 52,
        },
      })),
    );
    const { spec, text } = await show(publicTable(rows), {
      time: "year",
      column: "value",
      method: "equal",
      classes: 4,
    });
    expect(spec.layers[0]).toMatchObject({
      count: 12,
      time: { steps: ["2019-01-01", "2020-01-01", "2021-01-01"], shown: 2 },
    });
    // Limits are those of all times, so that colours mean the same throughout; counts are of the time shown.
    expect(spec.layers[0]?.colouring).toMatchObject({
      limits: [0, 7.75, 15.5, 23.25, 31],
      counts: [0, 0, 4, 8],
    });
    expect(text).toContain("at 2021-01-01, the last of 3 times");
  });

  test("marks of a released table tell what was taken out, without being asked", async () => {
    const records = squares.features.map((_, index) => ({
      ...{ label: `S${index}`, longitude: -2 + 0.1 * index, latitude: 52 },
      ...{ cases: index < 3 ? null : 10 * index, "cases marks": [null, "[c]", "[x]"][index] ?? null },
    }));
    const released = withColumnMetadata(tableFromRecords(records), ({ name }) => ({
      access: "public",
      ...(name === "cases" && { marks: "cases marks" }),
    }));
    const { text } = await show(released, { column: "cases", classes: 2 });
    expect(text).toMatch(/no data +2\n {2}\[c\] suppressed +1/);
  });

  test("cities that a national map hides are found", async () => {
    const near = (x: number, y: number, count: number, side: number) =>
      Array.from({ length: count }, (_, index) =>
        ringAt(x + side * (index % 20), y + side * Math.floor(index / 20), side),
      );
    const rings = [
      ...near(-0.25, 51.42, 300, 0.012),
      ...near(-2.3, 53.4, 200, 0.012),
      ...near(-5, 50.2, 8, 0.5),
      ...near(-4, 57, 8, 0.5),
    ];
    const areas = {
      type: "FeatureCollection",
      features: rings.map((ring, index) => ({
        type: "Feature",
        properties: { index },
        geometry: { type: "Polygon", coordinates: [ring] },
      })),
    };
    const { spec } = await show(areas, { insets: "auto" });
    expect(spec.insets.map(({ title }) => title)).toEqual(["London", "Manchester"]);
  });

  test("unsuitable palettes are warned of, and the map is drawn all the same", async () => {
    const { spec, text } = await show(squares, { column: "income", palette: "Set1" });
    expect(spec.warnings.join(" ")).toContain("The colours of Set1 have no order, but numbers do");
    expect(text).toContain("Set1");
  });

  test.each([
    [{ type: "density" }, "Only points can be counted by density"],
    [{ column: "people", with: "people" }, "needs a second column"],
    [{ column: "people", with: "income", method: "pretty" }, "does not cut the three classes"],
    [{ method: "manual" }, "Manual classes need their limits"],
    [{ opacity: 2 }, "Opacity is from 0 to 1"],
  ] as const)("%j is a sentence", (options, message) => {
    expect(() => map(squares, options)).toThrow(
      expect.objectContaining({ name: "UserError", message: expect.stringContaining(message) }),
    );
  });
});

describe("hostile data shows safely", () => {
  const feature = (coordinates: unknown, properties: object = {}, type = "Polygon") => ({
    ...{
      type: "Feature",
      properties: { name: "<img src=x onerror=alert(1)>", value: 1, ...properties },
      geometry: { type, coordinates },
    },
  });
  const clockwise = [...ringAt(-2, 52)].reverse();

  test.each([
    [
      "huge, tiny and infinite numbers",
      [1e300, -1e300, 1e-300, Infinity, -Infinity, Number.NaN].map((value, index) =>
        feature([ringAt(index, 52)], { value }),
      ),
    ],
    ["one feature", [feature([ringAt(0, 52)])]],
    ["a ring in the wrong order", [feature([clockwise])]],
    [
      "a ring that crosses itself",
      [
        feature([
          [
            [0, 52],
            [1, 53],
            [1, 52],
            [0, 53],
            [0, 52],
          ],
        ]),
      ],
    ],
    [
      "a ring of one place",
      [
        feature([
          [
            [0, 52],
            [0, 52],
            [0, 52],
            [0, 52],
          ],
        ]),
      ],
    ],
    ["a polygon of nothing", [feature([]), feature([ringAt(0, 52)])]],
    ["no shape at all", [{ ...feature([]), geometry: null }, feature([ringAt(0, 52)])]],
    ["points at both poles", [feature([0, 90], {}, "Point"), feature([10, -90], {}, "Point")]],
    ["latitudes that are none", [feature([0, 1e6], {}, "Point"), feature([0, 50], {}, "Point")]],
    ["longitudes beyond the globe", [feature([1e9, 10], {}, "Point"), feature([0, 50], {}, "Point")]],
    ["the whole globe", [feature([ringAt(-180, -90, 180)]), feature([ringAt(0, -90, 180)])]],
    [
      "shapes of several kinds",
      [
        feature([ringAt(0, 52)]),
        feature([0, 52], {}, "Point"),
        feature(
          [
            [0, 52],
            [1, 53],
          ],
          {},
          "LineString",
        ),
      ],
    ],
    ["a name of a million letters", [feature([ringAt(0, 52)], { name: "x".repeat(1_000_000) })]],
    [
      "a column with the name of a property of objects",
      [feature([ringAt(0, 52)], { __proto__x: 1, constructor: 5 })],
    ],
  ])("%s", async (_, features) => {
    const { spec, picture, text } = await show({ type: "FeatureCollection", features } as MapData, {});
    expect(spec.layers[0]?.count).toBe(features.length);
    expect((await pixelsOf(picture)).width).toBe(1.5 * SMALL.width);
    expect(text).toContain("Map: ");
    expect(JSON.stringify(spec)).not.toContain("<img");
    expect(JSON.stringify(spec).length).toBeLessThan(20_000);
  });

  test("rings of either order are painted inside, not outside", async () => {
    for (const ring of [ringAt(-2, 52), clockwise]) {
      const { picture, spec } = await show(
        { type: "FeatureCollection", features: [feature([ring])] } as MapData,
        {},
      );
      const pixels = await pixelsOf(picture);
      const colouring = spec.layers[0]?.colouring;
      expect(colourOf(pixels, 1.5 * 115, 1.5 * 140)).toBe(
        colouring && colouring.type === "classes" ? colouring.colours[0] : "",
      );
      expect(colourOf(pixels, 5, 1.5 * 60)).toBe("#ffffff");
    }
  });

  test("an area across the date line is painted where it is", async () => {
    const ring = [
      [170, -20],
      [-170, -20],
      [-170, -10],
      [170, -10],
      [170, -20],
    ];
    const { picture, spec } = await show(
      { type: "FeatureCollection", features: [feature([ring])] } as MapData,
      {},
    );
    expect(spec.crs).toBe("laea -15.00 180.00");
    const [colour] = spec.layers[0]?.colouring.colours ?? [];
    expect(colourOf(await pixelsOf(picture), 1.5 * 115, 1.5 * 140)).toBe(colour);
  });

  test("what is not drawn as one would think is told", async () => {
    const features = [
      feature([ringAt(0, 52)]),
      feature([0, 52], {}, "Point"),
      feature([ringAt(530_000, 180_000)]),
    ];
    const { spec, text } = await show({ type: "FeatureCollection", features } as MapData, {});
    expect(spec.warnings).toEqual([
      expect.stringMatching(/^1 feature of another kind is not drawn, because .*, here areas/),
      expect.stringMatching(/^5 places are not on the globe/),
    ]);
    expect(text).toContain(spec.warnings.join("\n"));
    const places = [
      { longitude: 1e6, latitude: 0 },
      { longitude: 0, latitude: 51 },
    ];
    expect(map(places).spec.warnings).toEqual([expect.stringMatching(/^1 place is not on the globe/)]);
  });

  test("islands on both sides of the date line are neighbours", async () => {
    const fiji = [ringAt(179, -18, 0.8), ringAt(-179.8, -18, 0.8)].map((ring) => feature([ring]));
    const { spec } = await show({ type: "FeatureCollection", features: fiji } as MapData, {});
    expect(spec.crs).toBe("EPSG:32760");
    const view = map({ type: "FeatureCollection", features: fiji } as MapData, SMALL);
    const bounds = view.painted[0]?.bounds ?? [];
    const scale = view.painted[0]?.geometry.scale ?? 1;
    // 1.2 degrees of longitude at 18° south, from the west of the one to the west of the other.
    expect(((bounds[4] ?? 0) - (bounds[0] ?? 0)) * scale).toBeCloseTo(
      1.2 * 111_320 * Math.cos((17.6 * Math.PI) / 180),
      -4,
    );
  });

  test("nothing to show is a sentence", () => {
    expect(() => map({ type: "FeatureCollection", features: [] } as MapData)).toThrow(
      "the list of features is empty",
    );
    expect(() => map([])).toThrow("the list of features is empty");
    expect(() => map({ type: "Nothing" })).toThrow("This cannot be put on a map");
    expect(() => map([{ a: 1 }] as MapData)).toThrow("The table has no shapes");
  });
});
