import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import {
  type ClassMethod,
  classify,
  classLimits,
  colourNumbers,
  colourOnGround,
  colourPairs,
  contrast,
  countClasses,
  DARK_THEME,
  findPalette,
  groundColours,
  LIGHT_THEME,
  NO_CLASS,
  PALETTES,
  paletteColours,
  paletteWarnings,
  SHADES,
  shade,
  turnedColours,
} from "../../bundle/src/index.ts";

interface Case {
  readonly data: "even" | "skewed" | "small";
  readonly method: ClassMethod;
  readonly classes: number;
  /** Upper limit of each class. */
  readonly tops: readonly number[];
  readonly counts: readonly number[];
}

const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL("../data/classification.json", import.meta.url), "utf8"),
);

/** The same numbers as classification.py makes. */
function numbers(name: Case["data"]): number[] {
  let state = 20_180_316;
  return Array.from({ length: 400 }, () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    const part = (state + 0.5) / 2 ** 32;
    if (name === "even") return 100 * part;
    return name === "skewed" ? Math.round(1000 * Math.exp(6 * part)) / 1000 : Math.floor(20 * part * part);
  });
}

describe("classes as mapclassify cuts them", () => {
  // Its classes contain their upper limit, ours their lower one: counts differ only where values lie on limits.
  test.each(cases)("$method of $data in $classes", ({ data, method, classes, tops, counts }) => {
    const values = numbers(data);
    const limits = classLimits(values, { method, classes });
    if (method === "natural") {
      // The sum of squares within the classes decides; mapclassify's is now and then a trifle larger than it need be.
      const theirs = within(values, assignByTops(values, tops));
      const ours = within(values, classify(values, limits));
      expect(ours).toBeLessThanOrEqual(theirs * (1 + 1e-12));
      expect(ours).toBeGreaterThan(theirs * 0.999_999);
      return;
    }
    const last = Math.max(...values);
    const expected = [...new Set(tops)].filter((top) => top < last && top > Math.min(...values));
    expect(limits.slice(1, -1).length).toBe(expected.length);
    for (const [index, top] of expected.entries()) expect(limits[index + 1]).toBeCloseTo(top, 8);
    if (!limits.slice(1, -1).some((limit) => values.some((value) => Math.abs(value - limit) < 1e-9)))
      expect(countClasses(classify(values, limits), limits.length - 1)).toEqual(
        counts.filter((count) => count > 0),
      );
  });
});

function assignByTops(values: readonly number[], tops: readonly number[]): Uint8Array {
  return Uint8Array.from(values, (value) => tops.findIndex((top) => value <= top));
}

function within(values: readonly number[], classes: Uint8Array): number {
  const groups = [...new Set(classes)].map((wanted) =>
    values.filter((_, index) => classes[index] === wanted),
  );
  return groups.reduce((total, group) => {
    const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
    return total + group.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  }, 0);
}

describe("limits", () => {
  test.each([
    ["quantile", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, [1, 2.8, 4.6, 6.4, 8.2, 10]],
    ["equal", [0, 1, 2, 10], 5, [0, 2, 4, 6, 8, 10]],
    ["quantile", [0, 0, 0, 0, 5], 5, [0, 1, 5]],
    ["quantile", [3, 3, 3], 5, [3, 3]],
    ["quantile", [Number.NaN, Number.POSITIVE_INFINITY], 5, []],
    ["natural", [1, 1, 2, 50, 51, 99], 3, [1, 50, 99, 99]],
    ["natural", [4, 4, 9], 5, [4, 9, 9]],
    ["pretty", [3, 97], 5, [0, 20, 40, 60, 80, 100]],
    ["pretty", [0.13, 0.58], 5, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]],
    ["pretty", [-7, 12], 4, [-10, -5, 0, 5, 10, 15]],
    ["logarithmic", [1, 7, 1000], 3, [1, 10, 100, 1000]],
    ["logarithmic", [-5, 0, 1, 100], 3, [-5, 1, 10, 100]],
    ["logarithmic", [-5, -1], 3, [-5, -1]],
    ["unclassed", [5, 1, 9], 5, [1, 9]],
    ["equal", [-1.7e308, 1.7e308], 2, [-1.7e308, 0, 1.7e308]],
  ] as const)("%s of %j in %i", (method, values, classes, limits) => {
    const found = classLimits(values, { method, classes });
    expect(found.length).toBe(limits.length);
    for (const [index, limit] of limits.entries()) expect(found[index]).toBeCloseTo(limit, 10);
  });

  test.each([
    [
      [10, 20],
      [1, 15, 30],
      [1, 10, 20, 30],
    ],
    [
      [20, 10, 10],
      [10, 12, 15],
      [10, 20],
    ],
    [
      [0, 50, 100],
      [20, 60],
      [0, 50, 100],
    ],
    [[7], [7, 7], [7, 7]],
  ])("by hand at %j of %j", (breaks, values, limits) => {
    expect(classLimits(values, { method: "manual", classes: 5, breaks })).toEqual(limits);
  });

  const methods = ["quantile", "equal", "natural", "deviation", "pretty", "logarithmic"] as const;
  test.each(methods)(
    "%s of strange numbers rises, holds every value and has at most nine classes",
    (method) => {
      const sets = [
        [1e300, -1e300, 5, Number.NaN],
        [1e-300, 2e-300, 3e-300],
        [0.1 + 0.2, 0.3, 0.3],
        [-1, 0, 0, 0, 0, 0, 0, 0, 1e9],
        Array.from({ length: 3000 }, (_, index) => index % 3),
      ];
      for (const values of sets) {
        for (let classes = 2; classes <= 9; classes++) {
          const limits = classLimits(values, { method, classes });
          expect(limits.every((limit, index) => index === 0 || limit >= (limits[index - 1] ?? 0))).toBe(true);
          expect(limits.length - 1).toBeLessThanOrEqual(9);
          const finite = values.filter(Number.isFinite);
          expect(limits[0]).toBeLessThanOrEqual(Math.min(...finite));
          expect(limits.at(-1)).toBeGreaterThanOrEqual(Math.max(...finite));
        }
      }
    },
  );

  test("a value on a limit is in the class above, the greatest in the last, and what is not finite in none", () => {
    const values = [0, 2, 4, 10, Number.NaN, Number.NEGATIVE_INFINITY];
    expect([...classify(values, [0, 2, 4, 10])]).toEqual([0, 1, 2, 2, NO_CLASS, NO_CLASS]);
    expect([...classify([3, 3], [3, 3])]).toEqual([0, 0]);
    // 0.7 is not a number of single precision: on both sides it is rounded alike.
    expect([...classify(Float32Array.of(0.7, 0.699, 1), [0, 0.7, 1])]).toEqual([1, 0, 1]);
  });

  test("shades go from the least to the greatest value", () => {
    expect([...shade([0, 50, 100, Number.NaN], [0, 100])]).toEqual([0, SHADES / 2, SHADES - 1, NO_CLASS]);
    expect([...shade([-1.7e308, 1.7e308], [-1.7e308, 1.7e308])]).toEqual([0, SHADES - 1]);
  });
});

describe("palettes", () => {
  test("are ColorBrewer's 36 and others", () => {
    const known = new Set(PALETTES.map(({ name }) => name.toLowerCase()));
    expect(known.size).toBe(PALETTES.length);
    const brewer =
      "YlGn YlGnBu GnBu BuGn PuBuGn PuBu BuPu RdPu PuRd OrRd YlOrRd YlOrBr Purples Blues Greens Oranges Reds Greys " +
      "GnYlRd PuOr BrBG PRGn PiYG RdBu RdGy RdYlBu Spectral RdYlGn Accent Dark2 Paired Pastel1 Pastel2 Set1 Set2 Set3";
    expect(brewer.split(" ").filter((name) => !known.has(name.toLowerCase()))).toEqual([]);
    expect(brewer.split(" ").length).toBe(36);
  });

  test("go away from a dark ground, so that there too the strongest class stands out", () => {
    const values = {
      count: 10,
      numbers: () => Float64Array.from({ length: 10 }, (_, index) => index),
      texts: () => [],
      suppressed: () => undefined,
    };
    const common = { method: "equal", classes: 5, reversed: false, kind: "polygon" } as const;
    for (const palette of ["YlGnBu", "Reds", "viridis", "magma"]) {
      const colouring = colourNumbers("x", values, { ...common, palette });
      const far = groundColours(colouring, DARK_THEME.background).map((colour) =>
        contrast(colour, DARK_THEME.background),
      );
      expect(far).toEqual([...far].sort((one, other) => one - other));
      expect(groundColours(colouring, LIGHT_THEME.background)).toEqual(colouring.colours);
    }
    // Of two columns what there is much of keeps its hue; little of both is dark, much of both is pale.
    const pairs = colourPairs(["x", "y"], values, { method: "equal" });
    const turned = turnedColours(pairs) ?? [];
    expect([turned[2], turned[6]]).toEqual([pairs.colours[2], pairs.colours[6]]);
    expect([turned[0], turned[8]]).toEqual([pairs.colours[8], pairs.colours[0]]);
    const diverging = colourNumbers("x", values, { ...common, palette: "PuOr" });
    expect(turnedColours(diverging)).toBeUndefined();
  });

  test("have the published colours", () => {
    const colours = (name: string, count: number, reversed = false) => {
      const palette = findPalette(name);
      return palette ? paletteColours(palette, count, reversed) : [];
    };
    expect(colours("YlGnBu", 5)).toEqual(["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"]);
    expect(colours("ylorrd", 3, true)).toEqual(["#f03b20", "#feb24c", "#ffeda0"]);
    expect(colours("RdYlGn", 3)).toEqual(["#fc8d59", "#ffffbf", "#91cf60"]);
    expect(colours("GnYlRd", 3)).toEqual(["#91cf60", "#ffffbf", "#fc8d59"]);
    expect(colours("Set1", 2)).toEqual(["#e41a1c", "#377eb8"]);
    expect(colours("viridis", 2).every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
    expect(colours("viridis", 9)[0]).toBe("#440154");
  });

  test.each(PALETTES.map(({ name }) => [name]))(
    "%s gives different colours for every number of classes",
    (name) => {
      const palette = findPalette(name);
      if (!palette) throw new Error(`no ${name}`);
      for (let count = 2; count <= (palette.type === "qualitative" ? 8 : 9); count++) {
        const colours = paletteColours(palette, count);
        expect(new Set(colours).size).toBe(count);
        expect(colours.every((colour) => /^#[0-9a-f]{6}$/.test(colour))).toBe(true);
        // On the dark ground every class can be told from the ground, and they are still different.
        const dark = colourOnGround(colours, DARK_THEME.background);
        expect(Math.min(...dark.map((colour) => contrast(colour, DARK_THEME.background)))).toBeGreaterThan(
          1.95,
        );
        expect(new Set(dark).size).toBe(count);
      }
    },
  );

  test.each([
    ["Set1", { numbers: true, classes: 5 }, /no order/],
    ["YlGnBu", { numbers: false, classes: 3 }, /suggest an order/],
    ["RdYlGn", { numbers: true, classes: 5 }, /colour blindness cannot tell 5 colours/],
    ["Dark2", { numbers: false, classes: 4 }, /colour blindness/],
  ] as const)("%s for %j is warned of", (name, use, warning) => {
    const palette = findPalette(name);
    expect(palette && paletteWarnings(palette, use).join(" ")).toMatch(warning);
  });

  test("the usual ones are not warned of", () => {
    const [numbers, kinds] = [findPalette("YlGnBu"), findPalette("Okabe-Ito")];
    expect(numbers && paletteWarnings(numbers, { numbers: true, classes: 9 })).toEqual([]);
    expect(kinds && paletteWarnings(kinds, { numbers: false, classes: 8 })).toEqual([]);
  });
});
