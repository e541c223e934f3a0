import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { describeInJupyterLab } from "../support/lab.ts";
import { colourAt, dataOf, locate, settle, swatchColour } from "../support/map-page.ts";
import { writeNotebook } from "../support/notebook-page.ts";
import { LAYERS_MAP, PEOPLE_MAP, SQUARES, square } from "../support/squares.ts";

const root = new URL("../..", import.meta.url).pathname;
const output = join(root, "test", "output", "maps");

describeInJupyterLab({ name: "maps are exported from JupyterLab", webgl: false }, (lab) => {
  const { work, environment } = lab;
  let page: Page;
  const mapOf = (title: string): Locator =>
    page
      .locator("figure.tombolo-map")
      .filter({ has: page.locator("figcaption", { hasText: new RegExp(`^${title}$`) }) });

  beforeAll(async () => {
    mkdirSync(output, { recursive: true });
    writeNotebook(join(work, "exports.ipynb"), [SQUARES, PEOPLE_MAP, LAYERS_MAP]);
    const notebook = await lab.open("exports.ipynb", { viewport: { width: 1280, height: 3000 } });
    page = notebook.page;
    await notebook.runAll();
    await page.waitForFunction(() => document.querySelectorAll("figure.tombolo-map").length === 2);
    await settle(page);
  }, 120_000);

  test.each([
    ["PNG picture", "people.png", /^\x89PNG/],
    ["SVG drawing", "people.svg", /^<svg [\s\S]*<title>&lt;img src=x[^<]*people: 19/],
    ["PDF page", "people.pdf", /^%PDF-1\.4[\s\S]*%%EOF/],
    ["HTML page", "people.html", /^<!doctype html>[\s\S]*default-src 'none'[\s\S]*"title":"People"/],
    ["GeoJSON data", "people.geojson", /^\{\s*"type": "FeatureCollection"/],
    ["GeoParquet data", "people.parquet", /^PAR1[\s\S]*PAR1$/],
    ["CSV data", "people.csv", /^label,name,people,income\r\nS0,Square 0,10,0\r\n/],
  ])("the map is exported as %s", async (way, name, begins) => {
    const map = mapOf("People");
    const button = map.getByRole("button", { name: "Export" });
    if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      map.getByRole("button", { name: way }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    const path = join(output, name);
    await download.saveAs(path);
    expect(readFileSync(path, "latin1")).toMatch(begins);
    if (/page|drawing|picture/.test(way)) expect(readFileSync(path, "latin1")).not.toContain("<img src=x");
    if (way === "CSV data") await button.click();
  });

  test("other programs read the exported files: PDFium the drawing, GDAL and GeoPandas the rows", async () => {
    const factsOf = (pdf: string) => {
      const files = [pdf, "people.geojson", "people.parquet"].map((name) => join(output, name));
      const script = join(root, "test", "support", "map_files.py");
      const options = { env: environment.variables, encoding: "utf8" } as const;
      return JSON.parse(execFileSync(environment.python, [script, ...files], options));
    };
    const facts = factsOf("people.pdf");
    expect(facts.text).toContain("People");
    expect(facts.text).toContain("46 – 91");
    expect(facts.images).toBe(0);
    expect(facts.paths).toBeGreaterThan(12);
    for (const entry of [0, 1, 2])
      expect(Object.keys(facts.colours)).toContain(await swatchColour(mapOf("People"), entry));
    const people = Array.from({ length: 12 }, (_, i) => (i === 11 ? null : 10 + i * i));
    const rows = { count: 12, bounds: [-2, 52, -1.6, 52.3], people };
    expect(facts.rows).toEqual([
      { ...rows, crs: "EPSG:4326" },
      { ...rows, crs: "OGC:CRS84" },
    ]);
    await mapOf("Layers").getByRole("button", { name: "Export" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      mapOf("Layers").getByRole("button", { name: "PDF page" }).click(),
    ]);
    await download.saveAs(join(output, "layers.pdf"));
    await mapOf("Layers").getByRole("button", { name: "Export" }).click();
    // The inset's heading has letters that no PDF reader's own fonts have: it is there as a picture.
    expect(factsOf("layers.pdf")).toMatchObject({ images: 1, text: expect.stringContaining("Layers") });
  });

  test("the exported page is a live map: it paints, is pointed at, selected from, recoloured and moved, and asks no network", async () => {
    const own = await lab.browser.newPage({ viewport: { width: 1000, height: 800 } });
    const asked: string[] = [];
    const said: string[] = [];
    own.on("request", (request) => asked.push(request.url()));
    own.on("console", (message) => message.type() === "error" && said.push(message.text()));
    own.on("pageerror", (error) => said.push(String(error)));
    const address = pathToFileURL(join(output, "people.html")).href;
    await own.goto(address);
    await settle(own);
    const canvas = own.locator("canvas.tombolo-canvas");
    const figure = own.locator("figure.tombolo-map");
    expect(await own.title()).toBe("People");
    const probe = async (index: number) => colourAt(canvas, await locate(canvas, square(index)));
    expect(await probe(0)).toBe(await swatchColour(figure, 2));
    expect(await probe(9)).toBe(await swatchColour(figure, 0));
    const [x, y] = await locate(canvas, square(3));
    await canvas.hover({ position: { x, y } });
    await own.locator(".tombolo-tooltip strong").waitFor({ state: "visible" });
    expect(await own.locator(".tombolo-tooltip").textContent()).toContain("people19");
    await own.locator("select.tombolo-column-choice").selectOption("income");
    await own.locator(".tombolo-range", { hasText: "734 – 1,100" }).waitFor();
    await settle(own);
    expect(await probe(5)).toBe(await swatchColour(figure, 0));
    const before = Number((await dataOf(canvas)).pixelsPerMetre);
    await own.getByRole("button", { name: "Enlarge" }).click();
    await settle(own);
    expect(Number((await dataOf(canvas)).pixelsPerMetre)).toBeGreaterThan(1.4 * before);
    await figure.screenshot({ path: join(output, "own-page.png") });
    await own.setViewportSize({ width: 400, height: 800 });
    await settle(own);
    expect((await canvas.boundingBox())?.width).toBeGreaterThan(300);
    await figure.screenshot({ path: join(output, "own-page-narrow.png") });
    expect(asked.filter((url) => url !== address)).toEqual([]);
    expect(said).toEqual([]);
    expect(statSync(join(output, "people.html")).size).toBeLessThan(200_000);
    await own.close();
  });
});
