import { cpSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { describeInJupyterLab } from "../support/lab.ts";
import { colourAt, locate, swatchColour } from "../support/map-page.ts";
import { type NotebookPage, openNotebook, writeNotebook } from "../support/notebook-page.ts";

const root = new URL("../..", import.meta.url).pathname;
const output = join(root, "test", "output");

/** Places inside boroughs whose class is known from the reference: the densest, one without a line, and one between. */
const PLACES = {
  westminster: { longitude: -0.155, latitude: 51.512, entry: 0 },
  bexley: { longitude: 0.14, latitude: 51.46, entry: 4 },
  newham: { longitude: 0.035, latitude: 51.527, entry: 1 },
} as const;

/** So high that JupyterLab draws all cells: what is out of sight it leaves undone. */
const VIEWPORT = { width: 1280, height: 5200 };

describeInJupyterLab("JupyterLab in Chromium", (lab) => {
  const { work } = lab;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(output, { recursive: true });
    cpSync(join(root, "notebooks", "01-first-map.ipynb"), join(work, "first-map.ipynb"));
    page = await lab.browser.newPage({ viewport: VIEWPORT });
  }, 120_000);

  describe("the first notebook", () => {
    let notebook: NotebookPage;
    let map: Locator;
    let canvas: Locator;

    beforeAll(async () => {
      notebook = await openNotebook(page, lab.server, "first-map.ipynb");
      await notebook.runAll();
      map = notebook
        .outputs("live")
        .filter({ has: page.locator("figure.tombolo-map") })
        .first();
      canvas = map.locator("canvas.tombolo-canvas");
      await canvas.scrollIntoViewIfNeeded();
      await page.waitForFunction(() =>
        document.querySelector("canvas.tombolo-canvas")?.hasAttribute("data-view-x"),
      );
    }, 120_000);

    test.each(Object.entries(PLACES))("the canvas has the legend's colour in %s", async (_name, place) => {
      const colour = await colourAt(canvas, await locate(canvas, place));
      expect(colour).toBe(await swatchColour(map, place.entry));
    });

    test("the legend has five classes that count all boroughs", async () => {
      expect(await map.locator(".tombolo-range").allTextContents()).toEqual([
        "0.77 – 3.95",
        "0.31 – 0.77",
        "0.18 – 0.31",
        "0.05 – 0.18",
        "0.00 – 0.05",
      ]);
      const counts = (await map.locator(".tombolo-count").allTextContents()).map(Number);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(33);
    });

    test("hover tells the borough and its values", async () => {
      const [x, y] = await locate(canvas, PLACES.westminster);
      await canvas.hover({ position: { x, y } });
      const tooltip = map.locator(".tombolo-tooltip");
      await tooltip.waitFor({ state: "visible" });
      expect(await tooltip.locator("strong").textContent()).toBe("Westminster");
      expect(await tooltip.textContent()).toMatch(/1\.90 km\/km².*41\.0 km/);
      await canvas.scrollIntoViewIfNeeded();
      await map.screenshot({ path: join(output, "first-map.png") });
    });

    test("the keyboard reads the boroughs aloud, moves and enlarges", async () => {
      const stage = map.locator(".tombolo-stage");
      await stage.focus();
      await stage.press("n");
      expect(await map.locator(".tombolo-spoken").textContent()).toMatch(
        /^Barking and Dagenham: 0\.23 km\/km²$/,
      );
      const before = await canvas.evaluate((node) => ({ ...(node as HTMLElement).dataset }));
      await stage.press("+");
      await stage.press("ArrowRight");
      await page.waitForFunction(
        (scale) =>
          document.querySelector("canvas.tombolo-canvas")?.getAttribute("data-pixels-per-metre") !== scale,
        before.pixelsPerMetre,
      );
      const after = await canvas.evaluate((node) => ({ ...(node as HTMLElement).dataset }));
      expect(Number(after.pixelsPerMetre) / Number(before.pixelsPerMetre)).toBeCloseTo(1.5, 5);
      await stage.press("0");
    });

    test("the map's values can be read as a table", async () => {
      await map.getByRole("button", { name: "Show as table" }).click();
      await map.locator(".tombolo-table-top span", { hasText: "33 rows" }).waitFor();
      await map.getByRole("gridcell", { name: "Camden" }).first().waitFor();
      await map.getByRole("button", { name: "Show as map" }).click();
      await canvas.waitFor();
    });

    test("the chart has ten bars", async () => {
      const chart = page.locator('.tombolo-output[data-tombolo-state="live"] .tombolo-chart');
      await chart.scrollIntoViewIfNeeded();
      expect(await chart.locator("svg .mark-rect path").count()).toBe(10);
      await chart.screenshot({ path: join(output, "first-chart.png") });
    });

    test("nothing went wrong in the console, and the saved notebook is small", async () => {
      await notebook.save();
      expect(notebook.errors).toEqual([]);
      expect(statSync(join(work, "first-map.ipynb")).size).toBeLessThan(300_000);
    });

    test("the dark theme repaints the map", async () => {
      await page.evaluate(() => document.body.setAttribute("data-jp-theme-light", "false"));
      await page.waitForTimeout(200);
      const outside = await colourAt(canvas, [2, 2]);
      expect(outside).toBe("#000000");
      expect(await colourAt(canvas, await locate(canvas, PLACES.westminster))).toBe(
        await swatchColour(map, 0),
      );
      await page.evaluate(() => document.body.setAttribute("data-jp-theme-light", "true"));
    });
  });

  test("without a kernel that knows it, the saved picture is shown", async () => {
    const other = await lab.browser.newPage({ viewport: VIEWPORT });
    cpSync(join(work, "first-map.ipynb"), join(work, "copy.ipynb"));
    const notebook = await openNotebook(other, lab.server, "copy.ipynb");
    const picture = notebook.outputs("picture").locator("img.tombolo-picture").first();
    await picture.waitFor({ timeout: 30_000 });
    expect(await picture.getAttribute("alt")).toMatch(/^Map: Underground line per square kilometre/);
    expect(await picture.evaluate((node) => (node as HTMLImageElement).naturalWidth)).toBeGreaterThan(700);
    expect(notebook.errors).toEqual([]);
    await other.close();
  }, 60_000);

  test("a second map of the same shapes fetches them no second time", async () => {
    writeNotebook(join(work, "twice.ipynb"), [
      "%import london/boroughs",
      "%%recipe a\nsubjects: borough\nfields:\n  area_km2: { area: km² }",
      "%map a",
      "%map a --classes 3 --palette blues",
    ]);
    const other = await lab.browser.newPage({ viewport: VIEWPORT });
    let received = 0;
    other.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (typeof payload !== "string" && payload.includes("TMBG")) received++;
      }),
    );
    const notebook = await openNotebook(other, lab.server, "twice.ipynb");
    await notebook.runAll();
    await other.waitForFunction(() => document.querySelectorAll("canvas.tombolo-canvas").length === 2);
    expect(received).toBe(1);
    await other.close();
  }, 60_000);

  test("an internal layer is shown, but saved as a placeholder without a value", async () => {
    cpSync(join(root, "test", "data", "squares.geojson"), join(work, "squares.geojson"));
    writeNotebook(join(work, "internal.ipynb"), [
      "%import squares.geojson",
      "%%recipe plots\nsubjects: squares\nfields:\n  people: { arithmetic: { operation: add, field1: { fixed-value: people }, field2: 0.125 } }",
      "%map plots",
      "%table plots",
      "%chart plots",
    ]);
    const notebook = await lab.open("internal.ipynb", { viewport: VIEWPORT });
    const { page: other } = notebook;
    await notebook.runAll();
    const live = notebook.outputs("live");
    await live.locator("canvas.tombolo-canvas").waitFor();
    await other.waitForFunction(
      () => document.querySelectorAll('.tombolo-output[data-tombolo-state="live"]').length === 4,
    );
    await live.getByText("South East").first().waitFor();
    await notebook.save();
    const saved = readFileSync(join(work, "internal.ipynb"), "utf8");
    expect(saved).toContain("Map of internal data: run the cell to see it.");
    for (const planted of ["South East", "40.1", "20.1", "image/png"]) expect(saved).not.toContain(planted);
    // An import or a recipe that takes long shows its progress, which has no value in it, as HTML.
    const [, , ...results]: unknown[] = JSON.parse(saved).cells;
    expect(JSON.stringify(results)).not.toContain("text/html");
    expect(notebook.errors).toEqual([]);
    await other.close();
  }, 60_000);
});
