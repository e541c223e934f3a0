import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Page, Response } from "playwright-core";
import { describeInJupyterLab } from "../support/lab.ts";
import { colourAt, coloursOf, dataOf, locate, settle, swatchColour } from "../support/map-page.ts";
import { type NotebookPage, openNotebook, writeNotebook } from "../support/notebook-page.ts";

const root = new URL("../..", import.meta.url).pathname;
const output = join(root, "test", "output", "maps");

/** As many as England and Wales have of their smallest areas but one, with winding borders. */
const AREAS = 35_672;

const LARGE = [
  `const { areaRings, areasTable } = await import(${JSON.stringify(join(root, "bench", "lib", "areas.js"))});
const areas = areasTable(await import("apache-arrow"), areaRings(${AREAS}, 4));
void 0;`,
  `map(areas, { column: "first", title: "Many areas" })`,
];

const MANY = 40;

describeInJupyterLab("large maps and many maps in JupyterLab", (lab) => {
  const { work } = lab;

  beforeAll(() => void mkdirSync(output, { recursive: true }));

  describe(`${AREAS} areas`, () => {
    let page: Page;
    let notebook: NotebookPage;
    /** Bytes of the messages with binary parts, in order. */
    const received: number[] = [];
    const downloads: Response[] = [];

    beforeAll(async () => {
      writeNotebook(join(work, "large.ipynb"), LARGE);
      page = await lab.browser.newPage({ viewport: { width: 1280, height: 1400 } });
      page.on("response", (response) => {
        if (response.url().includes("/@tombolo/jupyterlab/static/")) downloads.push(response);
      });
      page.on("websocket", (socket) =>
        socket.on("framereceived", ({ payload }) => {
          if (typeof payload !== "string" && payload.includes("comm_msg")) received.push(payload.length);
        }),
      );
      notebook = await openNotebook(page, lab.server, "large.ipynb");
      await notebook.runAll();
      await page.locator("canvas.tombolo-canvas").waitFor();
      await settle(page);
    }, 120_000);

    test("the first map needs no more than 250 kB of the extension, compressed", async () => {
      const bodies = await Promise.all(downloads.map((response) => response.body()));
      expect(downloads.length).toBeGreaterThan(2);
      expect(sum(bodies.map((body) => gzipSync(body).length))).toBeLessThan(250_000);
    });

    const canvas = () => page.locator("canvas.tombolo-canvas");
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

    test("arrive in 2.5 MB, and each class has its colour", async () => {
      expect(sum(received)).toBeLessThan(2_500_000);
      const colours = new Map(await coloursOf(canvas()));
      for (let entry = 0; entry < 5; entry++)
        expect(colours.get(await swatchColour(page.locator(".tombolo-legend"), entry))).toBeGreaterThan(2000);
      // Values grow to the east.
      const [west, east] = [
        await locate(canvas(), { longitude: -5.24, latitude: 52.52 }),
        await locate(canvas(), { longitude: 0.9, latitude: 52.5 }),
      ];
      // Nearly every pixel here has a border in it, which leaves no trace between areas of one colour.
      expect(await colourAt(canvas(), west)).toBe(await swatchColour(page.locator(".tombolo-legend"), 4));
      expect(await colourAt(canvas(), east)).toBe(await swatchColour(page.locator(".tombolo-legend"), 0));
      await page.locator("figure.tombolo-map").screenshot({ path: join(output, "large.png") });
    });

    test("another column costs no more than its values", async () => {
      const before = received.length;
      await page.locator("select.tombolo-column-choice").selectOption("second");
      await page.locator(".tombolo-entry", { hasText: "no data" }).waitFor();
      await settle(page);
      expect(sum(received.slice(before))).toBeLessThan(150_000);
      expect(sum(received.slice(before))).toBeGreaterThan(2 * AREAS);
    });

    test("pointing names an area, and what is enlarged gets finer", async () => {
      const place = { longitude: -1.5, latitude: 52.5 };
      const [x, y] = await locate(canvas(), place);
      const before = received.length;
      await canvas().hover({ position: { x, y } });
      await page.locator(".tombolo-tooltip").waitFor({ state: "visible" });
      const name = await page.locator(".tombolo-tooltip strong").textContent();
      expect(name).toMatch(/^Area \d+$/);
      for (let step = 0; step < 14; step++) {
        const [left, top] = await locate(canvas(), place);
        await page.keyboard.down("Control");
        await canvas().hover({ position: { x: left, y: top } });
        await page.mouse.wheel(0, -100);
        await page.keyboard.up("Control");
        await page.waitForTimeout(20);
      }
      await settle(page);
      expect(Number((await dataOf(canvas())).pixelsPerMetre)).toBeGreaterThan(0.1);
      expect(await page.locator(".tombolo-tooltip strong").textContent()).toBe(name);
      await page.locator("figure.tombolo-map").screenshot({ path: join(output, "large-near.png") });
      expect(received.length).toBeGreaterThan(before);
    });

    test("shown again after a reload they come from the browser, and are the same", async () => {
      await notebook.save();
      const before = received.length;
      await page.reload();
      await canvas().waitFor({ timeout: 60_000 });
      await settle(page);
      const place = { longitude: 0.9, latitude: 52.5 };
      expect(await colourAt(canvas(), await locate(canvas(), place))).toBe(
        await swatchColour(page.locator(".tombolo-legend"), 0),
      );
      expect(sum(received.slice(before))).toBeLessThan(20_000);
      expect(
        await page.evaluate(async () => (await (await caches.open("tombolo-parts-1")).keys()).length),
      ).toBeGreaterThan(2);
    });

    test("a copy in the browser that was changed is not used", async () => {
      await page.evaluate(async () => {
        const cache = await caches.open("tombolo-parts-1");
        for (const key of await cache.keys()) await cache.put(key, new Response(new Uint8Array(20_000)));
      });
      const before = received.length;
      await page.reload();
      await canvas().waitFor({ timeout: 60_000 });
      await settle(page);
      expect(sum(received.slice(before))).toBeGreaterThan(2_000_000);
      expect(await page.locator(".tombolo-output").getAttribute("data-tombolo-state")).toBe("live");
    });

    test("the saved notebook is no larger than 300 kB, its picture no larger than 200 kB", async () => {
      await notebook.save();
      expect(statSync(join(work, "large.ipynb")).size).toBeLessThan(300_000);
      expect(notebook.errors).toEqual([]);
      await page.close();
    });
  });

  test(`${MANY} maps are opened, scrolled through and closed: none is blank, nothing is kept`, async () => {
    writeNotebook(join(work, "many.ipynb"), [
      `const { areaRings, areasTable } = await import(${JSON.stringify(join(root, "bench", "lib", "areas.js"))});
const areas = areasTable(await import("apache-arrow"), areaRings(300, 3));
void 0;`,
      ...Array.from(
        { length: MANY },
        (_, index) => `map(areas, { classes: ${2 + (index % 8)}, title: "Map ${index}" })`,
      ),
    ]);
    const notebook = await lab.open("many.ipynb", { viewport: { width: 1280, height: 900 } });
    const { page } = notebook;
    await notebook.runAll();
    for (let index = 0; index < MANY; index++) {
      const map = page
        .locator("figure.tombolo-map")
        .filter({ has: page.locator("figcaption", { hasText: new RegExp(`^Map ${index}$`) }) });
      await map.scrollIntoViewIfNeeded();
      const canvas = map.locator("canvas.tombolo-canvas");
      await map.locator("canvas.tombolo-canvas[data-pictures]").waitFor();
      if (index % 8 === 7) expect((await coloursOf(canvas)).length).toBeGreaterThan(5);
    }
    // Going back, what was painted is still there.
    const first = page.locator("canvas.tombolo-canvas").first();
    await first.scrollIntoViewIfNeeded();
    expect((await coloursOf(first)).length).toBeGreaterThan(2);
    expect(notebook.errors).toEqual([]);
    const kept = await page.evaluateHandle(
      () => new WeakRef(document.querySelector("canvas.tombolo-canvas") ?? document.body),
    );
    await notebook.save();
    await page.locator(".lm-MenuBar-itemLabel", { hasText: /^File$/ }).click();
    await page.locator(".lm-Menu-itemLabel", { hasText: /^Close Tab$/ }).click();
    await page.waitForFunction(() => document.querySelectorAll("canvas.tombolo-canvas").length === 0);
    const client = await page.context().newCDPSession(page);
    let isGone = false;
    for (let attempt = 0; attempt < 20 && !isGone; attempt++) {
      await client.send("HeapProfiler.collectGarbage");
      isGone = await kept.evaluate((reference) => reference.deref() === undefined);
      if (!isGone) await page.waitForTimeout(250);
    }
    expect(isGone).toBe(true);
    await page.close();
  }, 120_000);
});
