import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { describeInJupyterLab } from "../support/lab.ts";
import { colourAt, coloursOf, dataOf, locate, setTheme, settle, swatchColour } from "../support/map-page.ts";
import { type NotebookPage, openNotebook, writeNotebook } from "../support/notebook-page.ts";
import { LAYERS_MAP, PEOPLE_MAP, SQUARES, square } from "../support/squares.ts";
import { halfWaterArchive } from "../support/tiles.ts";

const root = new URL("../..", import.meta.url).pathname;
const output = join(root, "test", "output", "maps");

/** So high that JupyterLab draws all cells: what is out of sight it leaves undone. */
const VIEWPORT = { width: 1280, height: 9000 };

const CELLS = [
  SQUARES,
  PEOPLE_MAP,
  `map(squares, { column: "people", with: "income", title: "Both" })`,
  `map(squares, { column: "kind", title: "Kinds" })`,
  `map(squares, { size: "people", title: "Symbols" })`,
  `map(squares, { column: "income", method: "unclassed", palette: "viridis", title: "Shades" })`,
  LAYERS_MAP,
  `map(squares, { column: "kind", basemap: "half water.pmtiles", title: "On tiles" })`,
  `const timed = map({ type: "FeatureCollection", features: [2019, 2020, 2021].flatMap((year) => squares.features.map((f, i) => ({ ...f, properties: { label: f.properties.label, name: f.properties.name, year: String(year), value: (year - 2019) * 10 + i } }))) }, { column: "value", time: "year", method: "equal", classes: 4, title: "Time" }); timed`,
  `const xs = Float64Array.from({ length: 1_000_000 }, (_, i) => -2 + 0.4 * ((i * 0.754877666) % 1) ** 2);
const ys = Float64Array.from({ length: 1_000_000 }, (_, i) => 52 + 0.3 * ((i * 0.569840291) % 1));
const { makeVector, Table } = await import("apache-arrow");
map(new Table({ longitude: makeVector(xs), latitude: makeVector(ys) }), { title: "A million" })`,
];

/** Waits until a colour on a map is the one expected: it is painted on another thread. */
async function becomes(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  for (let attempt = 0; attempt < 60 && (await read()) !== expected; attempt++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await read()).toBe(expected);
}

/** Tells what is selected, in the output of its cell. */
const LISTEN =
  'onSelect(choropleth, ({ labels }) => console.log(`selected: ${labels.join(" ")}.`));\nonSelect(timed, ({ rows }) => console.log(`timed: ${rows.join(" ")}.`));';

describeInJupyterLab({ name: "maps in JupyterLab", webgl: false }, (lab) => {
  const { work } = lab;

  describe("of every kind", () => {
    let page: Page;
    let notebook: NotebookPage;
    /** The map of a title, and its canvas. */
    const mapOf = (title: string): Locator =>
      page
        .locator("figure.tombolo-map")
        .filter({ has: page.locator("figcaption", { hasText: new RegExp(`^${title}$`) }) });
    const canvasOf = (title: string): Locator => mapOf(title).locator("canvas.tombolo-canvas");

    beforeAll(async () => {
      mkdirSync(output, { recursive: true });
      writeFileSync(join(work, "half water.pmtiles"), halfWaterArchive());
      writeNotebook(join(work, "kinds.ipynb"), [...CELLS, LISTEN]);
      notebook = await lab.open("kinds.ipynb", { viewport: VIEWPORT });
      page = notebook.page;
      await notebook.runAll();
      await page.waitForFunction(
        (count) => document.querySelectorAll("figure.tombolo-map").length === count,
        CELLS.length - 1,
      );
      await settle(page);
    }, 120_000);

    test("no WebGL is used: this browser has none, and a map without its background is a map", async () => {
      expect(await page.evaluate(() => document.createElement("canvas").getContext("webgl2"))).toBeNull();
      const map = mapOf("On tiles");
      await map.getByText("There is no background: the browser has no WebGL").waitFor();
      const canvas = map.locator("canvas.tombolo-canvas");
      const box = await canvas.boundingBox();
      expect(await colourAt(canvas, [(box?.width ?? 0) / 2, (box?.height ?? 0) / 2])).not.toBe("#000000");
    });

    test.each([
      ["People", 0, 2],
      ["People", 9, 0],
      ["People", 11, 3],
      ["Kinds", 0, 2],
      ["Kinds", 1, 1],
      ["Areas below a layer", 7, 1],
    ] as const)("on the map %s square %i has the colour of entry %i", async (title, index, entry) => {
      const shown = title === "Areas below a layer" ? "Layers" : title;
      const colour = await colourAt(canvasOf(shown), await locate(canvasOf(shown), square(index)));
      const legend = mapOf(shown).locator(".tombolo-legend").last();
      expect(colour).toBe(await swatchColour(legend, entry));
    });

    test("an area whose number was taken out is striped, one without data is not", async () => {
      const around = async (index: number) => {
        const [x, y] = await locate(canvasOf("People"), square(index));
        const steps = Array.from({ length: 12 }, (_, step) => step - 6);
        const colours = await Promise.all(steps.map((step) => colourAt(canvasOf("People"), [x + step, y])));
        return new Set(colours);
      };
      const legend = mapOf("People").locator(".tombolo-legend").last();
      const [noData, suppressed] = [await swatchColour(legend, 3), await swatchColour(legend, 4)];
      expect(await around(11)).toEqual(new Set([noData]));
      expect([...(await around(10))]).toEqual(expect.arrayContaining([noData, suppressed]));
    });

    test("the legends say what there is", async () => {
      const texts = (title: string) => mapOf(title).locator(".tombolo-range").allTextContents();
      expect(await texts("People")).toEqual(["46 – 91", "19 – 45", "10 – 18", "no data", "[c] suppressed"]);
      expect(await texts("Kinds")).toEqual(["coast", "moor", "town"]);
      expect(await mapOf("Both").locator(".tombolo-pairs button").count()).toBe(9);
      expect(await mapOf("Symbols").locator(".tombolo-size-row").allTextContents()).toEqual([
        "110",
        "28",
        "4",
      ]);
      expect(await mapOf("Shades").locator(".tombolo-ramp-ends").textContent()).toBe("01,100");
      expect(await mapOf("A million").locator(".tombolo-ramp-ends").textContent()).toBe("fewmany");
    });

    test("a million points are counted by pixel, more to the west", async () => {
      const colours = await coloursOf(canvasOf("A million"));
      expect(colours.length).toBeGreaterThan(10);
      const lightness = async (longitude: number) => {
        const colour = await colourAt(
          canvasOf("A million"),
          await locate(canvasOf("A million"), { longitude, latitude: 52.15 }),
        );
        return Number.parseInt(colour.slice(1, 3), 16);
      };
      expect(await lightness(-1.998)).toBeLessThan(await lightness(-1.65));
    });

    test("hover tells a name as text, never as markup", async () => {
      const canvas = canvasOf("People");
      const [x, y] = await locate(canvas, square(3));
      await canvas.hover({ position: { x, y } });
      const tooltip = mapOf("People").locator(".tombolo-tooltip");
      await tooltip.waitFor({ state: "visible" });
      expect(await tooltip.locator("strong").textContent()).toBe(
        "<img src=x onerror=document.title='broken'>",
      );
      expect(await tooltip.textContent()).toContain("people19");
      expect(await page.title()).not.toBe("broken");
      await page.mouse.move(0, 0);
    });

    test("a click on the legend takes a class off the map, and back", async () => {
      const [canvas, entry] = [canvasOf("People"), mapOf("People").locator(".tombolo-entry").first()];
      const at = await locate(canvas, square(9));
      await entry.click();
      await settle(page);
      await becomes(async () => colourAt(canvas, at), "#000000");
      expect(await entry.getAttribute("aria-pressed")).toBe("false");
      await mapOf("People").locator(".tombolo-entry").first().click();
      await settle(page);
      await becomes(async () => colourAt(canvas, at), await swatchColour(mapOf("People"), 0));
    });

    test("another column is shown by the same colours, without asking the kernel to draw", async () => {
      const map = mapOf("People");
      await map.locator("select.tombolo-column-choice").selectOption("income");
      await settle(page);
      await map.locator(".tombolo-range", { hasText: "734 – 1,100" }).waitFor();
      const colour = await colourAt(canvasOf("People"), await locate(canvasOf("People"), square(5)));
      expect(colour).toBe(await swatchColour(map, 0));
      await map.locator("select.tombolo-column-choice").selectOption("people");
      await map.locator(".tombolo-range", { hasText: "46 – 91" }).waitFor();
    });

    test("a range on a histogram filters", async () => {
      const map = mapOf("People");
      await map.getByRole("button", { name: "Filter" }).click();
      await map.getByLabel("Column to filter by").selectOption("income");
      const least = map.getByLabel("Least income");
      await least.fill("100");
      expect(await map.locator(".tombolo-map-panel [role=status]").textContent()).toBe(
        "6 of 12 features are shown",
      );
      await settle(page);
      await becomes(
        async () => colourAt(canvasOf("People"), await locate(canvasOf("People"), square(0))),
        "#000000",
      );
      await map.getByRole("button", { name: "Remove the filter by income" }).click();
      await map.getByRole("button", { name: "Filter" }).click();
      await settle(page);
    });

    test("a place is found by its name, shown and pointed at", async () => {
      const map = mapOf("Kinds");
      const before = await dataOf(canvasOf("Kinds"));
      await map.getByRole("button", { name: "Search" }).click();
      await map.getByPlaceholder("Name or code").fill("square 7");
      await map.getByRole("button", { name: "Square 7 · S7" }).click();
      await settle(page);
      expect(await map.locator(".tombolo-tooltip strong").textContent()).toBe("Square 7");
      expect(Number((await dataOf(canvasOf("Kinds"))).pixelsPerMetre)).toBeGreaterThan(
        Number(before.pixelsPerMetre),
      );
      await map.getByRole("button", { name: "Search" }).click();
      await map.getByRole("button", { name: "Show everything" }).click();
      await settle(page);
    });

    test("clicks, a box and the keyboard select, and the kernel knows", async () => {
      const selected = (text: string) =>
        page.locator(".jp-OutputArea-output", { hasText: `selected: ${text}` }).waitFor();
      const [map, canvas] = [mapOf("People"), canvasOf("People")];
      const [x, y] = await locate(canvas, square(5));
      await canvas.click({ position: { x, y } });
      const other = await locate(canvas, square(6));
      await canvas.click({ position: { x: other[0], y: other[1] }, modifiers: ["Control"] });
      await settle(page);
      await selected("S5 S6.");
      await map.getByRole("button", { name: "Dragging selects in a box" }).click();
      const box = await canvas.boundingBox();
      const [from, to] = [
        await locate(canvas, { longitude: -2.01, latitude: 51.996 }),
        await locate(canvas, { longitude: -1.81, latitude: 52.09 }),
      ];
      await page.mouse.move((box?.x ?? 0) + from[0], (box?.y ?? 0) + from[1]);
      await page.mouse.down();
      await page.mouse.move((box?.x ?? 0) + to[0], (box?.y ?? 0) + to[1], { steps: 4 });
      await page.mouse.up();
      await selected("S0 S1.");
      await map.getByRole("button", { name: "Dragging moves the map" }).click();
      const stage = map.locator(".tombolo-stage");
      await stage.focus();
      await stage.press("n");
      await stage.press("Enter");
      await selected("S0.");
      const says = async (text: string) =>
        map.locator(".tombolo-spoken", { hasText: new RegExp(`^${text}$`) }).waitFor({ state: "attached" });
      await says("Square 0 selected");
      await stage.press("Space");
      await says("Square 0 no longer selected");
      await stage.press("Escape");
      await stage.press("Escape");
      await says("Nothing is selected");
    });

    test("layers are hidden and change places", async () => {
      const [map, canvas] = [mapOf("Layers"), canvasOf("Layers")];
      const onRoad = await locate(canvas, { longitude: -1.75, latitude: 52.15 });
      await becomes(async () => colourAt(canvas, onRoad), "#d7191c");
      await map.getByRole("button", { name: "Layers" }).click();
      await map.getByRole("button", { name: "Move down: Road" }).click();
      await settle(page);
      expect(await colourAt(canvas, onRoad)).not.toBe("#d7191c");
      await map.getByRole("button", { name: "Move up: Road" }).click();
      await map.getByLabel("Areas", { exact: true }).uncheck();
      await settle(page);
      await becomes(async () => colourAt(canvas, onRoad), "#d7191c");
      await becomes(async () => colourAt(canvas, await locate(canvas, square(8))), "#000000");
      await map.getByLabel("Areas", { exact: true }).check();
    });

    test("a frame on the map shows where the inset is", async () => {
      const canvas = canvasOf("Layers");
      const [left, bottom] = await locate(canvas, { longitude: -2, latitude: 52 });
      const [right] = await locate(canvas, { longitude: -1.9, latitude: 52 });
      const column = await canvas.evaluate(
        (node, [x, y]) =>
          [...Array(21).keys()].map((row) => {
            const context = node instanceof HTMLCanvasElement ? node.getContext("2d") : null;
            const at = [x, y - 10 + row].map((part) => Math.round((part ?? 0) * devicePixelRatio));
            return Math.max(...(context?.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data.slice(0, 3) ?? []));
          }),
        [(left + right) / 2, bottom] as const,
      );
      // A line of the text's colour, darker than anything that the map has there.
      expect(Math.min(...column)).toBeLessThan(110);
    });

    test("an inset shows its part", async () => {
      const inset = mapOf("Layers").locator("canvas.tombolo-inset-canvas");
      const [[colour] = [""]] = await coloursOf(inset);
      expect(colour).toBe(await swatchColour(mapOf("Layers").locator(".tombolo-legend").last(), 4));
    });

    test("an inset follows JupyterLab's theme, which hides everything while it changes", async () => {
      const inset = mapOf("Layers").locator("canvas.tombolo-inset-canvas");
      const swatch = () => swatchColour(mapOf("Layers").locator(".tombolo-legend").last(), 4);
      const light = await swatch();
      await notebook.theme("JupyterLab Dark");
      await page.waitForFunction(() => document.body.dataset.jpThemeLight === "false");
      await becomes(async () => (await swatch()) === light, false);
      await becomes(async () => (await coloursOf(inset))[0]?.[0], await swatch());
      await notebook.theme("JupyterLab Light");
      await page.waitForFunction(() => document.body.dataset.jpThemeLight === "true");
      await becomes(async () => (await coloursOf(inset))[0]?.[0], light);
      await settle(page);
    });

    test("times are moved through with a slider", async () => {
      const [map, canvas] = [mapOf("Time"), canvasOf("Time")];
      const at = await locate(canvas, square(0));
      expect(await map.locator("output").textContent()).toBe("2021");
      const last = await colourAt(canvas, at);
      await map.getByLabel("Time", { exact: true }).fill("0");
      await settle(page);
      expect(await map.locator("output").textContent()).toBe("2019");
      expect(await colourAt(canvas, at)).not.toBe(last);
      await becomes(async () => colourAt(canvas, at), await swatchColour(map, 3));
      await map.getByRole("button", { name: "Play" }).click();
      await page.waitForFunction(
        () => document.querySelector(".tombolo-timeline output")?.textContent === "2021",
      );
      await map.getByRole("button", { name: "Pause" }).click();
    });

    test("an area of several times is selected at all of them, and shown where its row of the time is selected", async () => {
      const [map, canvas] = [mapOf("Time"), canvasOf("Time")];
      const said = (text: string) =>
        page.locator(".jp-OutputArea-output", { hasText: `timed: ${text}` }).waitFor();
      const [x, y] = await locate(canvas, square(5));
      await canvas.click({ position: { x, y } });
      await said("5 17 29.");
      const [otherX, otherY] = await locate(canvas, square(6));
      await canvas.click({ position: { x: otherX, y: otherY }, modifiers: ["Control"] });
      await said("5 6 17 18 29 30.");
      await canvas.click({ position: { x, y }, modifiers: ["Control"] });
      await said("6 18 30.");
      await map.getByRole("button", { name: "Filter" }).click();
      await map.getByLabel("Column to filter by").selectOption("value");
      await map.getByLabel("Least value").fill("100");
      await map.getByRole("button", { name: "Show as table" }).click();
      const caption = map.locator(".tombolo-table-top span").first();
      // From the middle of 0 to 31 on: six of 2020 and all twelve of 2021.
      await caption.filter({ hasText: "18 of 36 rows" }).waitFor();
      await map.getByRole("button", { name: "Show as map" }).click();
      await map.getByRole("button", { name: "Remove the filter by value" }).click();
      await map.getByRole("button", { name: "Filter" }).click();
      await canvas.click({ position: { x: 3, y: 3 } });
      await settle(page);
    });

    test("the table of a map has all of its rows, however many", async () => {
      const map = mapOf("A million");
      await map.getByRole("button", { name: "Show as table" }).click();
      await map.locator(".tombolo-table-top span", { hasText: "1,000,000 rows" }).waitFor();
      await map.locator(".tombolo-grid").focus();
      await map.locator(".tombolo-grid").evaluate((node) => node.scrollTo(0, node.scrollHeight));
      await map.locator('.tombolo-grid-row[data-place="999999"]').waitFor();
      await map.getByRole("button", { name: "Show as map" }).click();
    });

    test("every map is looked at in light and dark, and dark classes stand out from the ground", async () => {
      const maps = page.locator("figure.tombolo-map");
      for (let index = 0; index < CELLS.length - 1; index++)
        await maps.nth(index).screenshot({ path: join(output, `light-${index}.png`) });
      await setTheme(page, "dark");
      expect(await colourAt(canvasOf("People"), await locate(canvasOf("People"), square(9)))).toBe(
        await swatchColour(mapOf("People"), 0),
      );
      for (let index = 0; index < CELLS.length - 1; index++)
        await maps.nth(index).screenshot({ path: join(output, `dark-${index}.png`) });
      await setTheme(page, "light");
    });

    test("axe finds nothing that keeps people out, with panels open, in light and dark", async () => {
      await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
      for (const [title, button] of [
        ["People", "Filter"],
        ["Kinds", "Search"],
        ["Layers", "Layers"],
        ["Time", "Export"],
      ] as const) {
        const opener = mapOf(title).getByRole("button", { name: button });
        if ((await opener.getAttribute("aria-expanded")) !== "true") await opener.click();
      }
      const violations = await page.evaluate(async () => {
        // @ts-expect-error -- axe is there since the script was added
        const { violations } = await axe.run("figure.tombolo-map", { runOnly: ["wcag2a", "wcag2aa"] });
        return violations.map(
          (found: { id: string; nodes: { html: string }[] }) => `${found.id}: ${found.nodes[0]?.html}`,
        );
      });
      expect(violations).toEqual([]);
    });

    test("a view is kept in the notebook only when one asks for it", async () => {
      const map = mapOf("Shades");
      await map.getByRole("button", { name: "Enlarge" }).click();
      await settle(page);
      const { pixelsPerMetre } = await dataOf(canvasOf("Shades"));
      await notebook.save();
      expect(readFileSync(join(work, "kinds.ipynb"), "utf8")).not.toContain('"extent"');
      await map.getByRole("button", { name: "Keep view" }).click();
      await map.getByRole("status").getByText("The view is kept").waitFor();
      await settle(page);
      await notebook.save();
      expect(readFileSync(join(work, "kinds.ipynb"), "utf8")).toContain('"extent"');
      expect(Number((await dataOf(canvasOf("Shades"))).pixelsPerMetre)).toBeCloseTo(
        Number(pixelsPerMetre),
        4,
      );
    });

    test("nothing went wrong in the console; saved, the notebook is small", async () => {
      await notebook.save();
      expect(notebook.errors).toEqual([]);
      expect(statSync(join(work, "kinds.ipynb")).size).toBeLessThan(1_000_000);
      await page.close();
    });

    test("opened again, the maps are live, in the view that was kept, and also where there are no threads", async () => {
      page = await lab.browser.newPage({ viewport: VIEWPORT });
      await page.addInitScript(() => Reflect.deleteProperty(globalThis, "OffscreenCanvas"));
      notebook = await openNotebook(page, lab.server, "kinds.ipynb");
      await page.waitForFunction(
        (count) => document.querySelectorAll("figure.tombolo-map").length === count,
        CELLS.length - 1,
      );
      await settle(page);
      expect(await page.evaluate(() => "OffscreenCanvas" in globalThis)).toBe(false);
      expect(await colourAt(canvasOf("People"), await locate(canvasOf("People"), square(9)))).toBe(
        await swatchColour(mapOf("People"), 0),
      );
      const scales = await Promise.all(
        ["Shades", "Both"].map(async (title) => Number((await dataOf(canvasOf(title))).pixelsPerMetre)),
      );
      expect((scales[0] ?? 0) / (scales[1] ?? 1)).toBeCloseTo(1.5, 1);
      expect(await page.locator(".jp-mod-dirty").count()).toBe(0);
      expect(notebook.errors).toEqual([]);
      await page.close();
    }, 90_000);
  });
});
