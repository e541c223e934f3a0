import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import proj4 from "proj4";
import { describeInJupyterLab } from "../support/lab.ts";
import { colourAt, dataOf, settle } from "../support/map-page.ts";
import { openNotebook, writeNotebook } from "../support/notebook-page.ts";
import { colourOf, pixelsOf } from "../support/picture.ts";
import { halfWaterArchive, PLACE } from "../support/tiles.ts";

const output = new URL("../output/maps", import.meta.url).pathname;

const SQUARE = `const square = { type: "Feature", properties: { name: "Middle" },
  geometry: { type: "Polygon", coordinates: [[[-0.1, 51.4], [0.1, 51.4], [0.1, 51.6], [-0.1, 51.6], [-0.1, 51.4]]] } };`;

/** More than may be drawn at once. */
const MAPS = 6;

describeInJupyterLab("backgrounds of maps in JupyterLab", (lab) => {
  const { work } = lab;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    writeFileSync(join(work, "half water.pmtiles"), halfWaterArchive());
    writeNotebook(join(work, "basemap.ipynb"), [
      SQUARE,
      ...Array.from(
        { length: MAPS },
        (_, index) => `map(square, { basemap: "half water.pmtiles", title: "Map ${index}" })`,
      ),
      `map(square, { basemap: "https://tiles.example.org/world.pmtiles", title: "Elsewhere" })`,
      `map(square, { basemap: "http://tiles.example.org/world.pmtiles", title: "Open to all" })`,
      `map(square, { basemap: "http://127.0.0.1:9/world.pmtiles", title: "This machine" })`,
      `map(square, { basemap: "nowhere.pmtiles", title: "Missing" })`,
      `map(square, { basemap: "basemap.ipynb", title: "No archive" })`,
      `map(square, { basemap: "../secret.pmtiles", title: "Above" })`,
    ]);
    page = await lab.browser.newPage({ viewport: { width: 1280, height: 7600 } });
    page.on("request", (request) => asked.push(request.url()));
    const notebook = await openNotebook(page, lab.server, "basemap.ipynb");
    await notebook.runAll();
    await page.waitForFunction(
      (count) => document.querySelectorAll("figure.tombolo-map").length === count,
      MAPS + 6,
    );
    await settle(page);
    await page.waitForFunction(() => document.querySelectorAll(".maplibregl-canvas").length === 4);
  }, 120_000);

  const mapOf = (title: string): Locator =>
    page.locator("figure.tombolo-map").filter({ has: page.locator("figcaption", { hasText: title }) });

  test("an archive beside the notebook is drawn below the map: water to the west, land to the east", async () => {
    const stage = mapOf(`Map ${MAPS - 1}`).locator(".tombolo-stage");
    const pixels = async () => pixelsOf(await stage.screenshot());
    let shown = await pixels();
    const middle = shown.height / 2;
    for (let attempt = 0; attempt < 40 && colourOf(shown, 60, middle + 80) !== "#cfdde8"; attempt++) {
      await page.waitForTimeout(100);
      shown = await pixels();
    }
    expect(colourOf(shown, 60, middle + 80)).toBe("#cfdde8");
    expect(colourOf(shown, shown.width - 20, middle)).toBe("#f4f3f0");
    // The square lets the background through.
    expect(colourOf(shown, shown.width / 2 - 20, middle)).not.toBe(
      colourOf(shown, shown.width / 2 + 20, middle),
    );
    expect(await mapOf("Map 0").locator(".tombolo-source").textContent()).toBe(
      "© OpenStreetMap contributors, ODbL.",
    );
  });

  test("a place of the background has its name above the data, as text, and keeps its place when the map moves", async () => {
    const map = mapOf(`Map ${MAPS - 1}`);
    const name = map.locator(".tombolo-names span");
    await name.waitFor();
    expect(await name.textContent()).toBe(PLACE.name);
    const offset = async () => {
      const [box, stage] = [await name.boundingBox(), await map.locator(".tombolo-stage").boundingBox()];
      if (!box || !stage) throw new Error("the name is not shown");
      return [box.x + box.width / 2 - stage.x, box.y + box.height / 2 - stage.y] as const;
    };
    const expected = async () => {
      const { viewX, viewY, pixelsPerMetre } = await dataOf(map.locator("canvas.tombolo-canvas"));
      const stage = await map.locator(".tombolo-stage").boundingBox();
      const [x = 0, y = 0] = proj4("WGS84", "EPSG:3857", [PLACE.longitude, PLACE.latitude]);
      const scale = Number(pixelsPerMetre);
      return [
        (x - Number(viewX)) * scale + (stage?.width ?? 0) / 2,
        (stage?.height ?? 0) / 2 - (y - Number(viewY)) * scale,
      ] as const;
    };
    const isInPlace = async () => {
      const [[x, y], [wantedX, wantedY]] = [await offset(), await expected()];
      expect(Math.hypot(x - wantedX, y - wantedY)).toBeLessThan(3);
    };
    await isInPlace();
    mkdirSync(output, { recursive: true });
    await map.screenshot({ path: join(output, "background.png") });
    await map.locator(".tombolo-stage").press("ArrowRight");
    await settle(page);
    await name.waitFor();
    await isInPlace();
  });

  test("no more than four have a graphics context, and one that is looked at wakes", async () => {
    const drawn = async () => {
      const found: number[] = [];
      for (let index = 0; index < MAPS; index++)
        if ((await mapOf(`Map ${index}`).locator(".maplibregl-canvas").count()) === 1) found.push(index);
      return found;
    };
    const before = await drawn();
    expect(before.length).toBe(4);
    const asleep =
      Array.from({ length: MAPS }, (_, index) => index).find((index) => !before.includes(index)) ?? 0;
    await mapOf(`Map ${asleep}`).locator("canvas.tombolo-canvas").hover();
    await mapOf(`Map ${asleep}`).locator(".maplibregl-canvas").waitFor({ state: "attached" });
    const after = await drawn();
    expect(after.length).toBe(4);
    // One that rests shows its last picture, and nothing is said of it.
    const resting = mapOf(`Map ${before.find((index) => !after.includes(index))}`);
    await page.waitForTimeout(300);
    expect(await resting.locator(".tombolo-basemap").getAttribute("style")).toContain("data:image/jpeg");
    expect(await page.getByText("has taken the background's graphics away").count()).toBe(0);
  });

  test("without its graphics the map itself stays", async () => {
    const [awake] = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".maplibregl-canvas");
      const title = canvas?.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
      canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
      return [title];
    });
    const map = mapOf(awake ?? "");
    await map.getByText("The browser has taken the background's graphics away.").waitFor();
    const canvas = map.locator("canvas.tombolo-canvas");
    const box = await canvas.boundingBox();
    expect(await colourAt(canvas, [(box?.width ?? 0) / 2, (box?.height ?? 0) / 2])).not.toBe("#000000");
    // Whoever looks at it again has it again.
    await page.mouse.move(0, 0);
    await canvas.hover();
    await map.locator(".maplibregl-canvas").waitFor({ state: "attached" });
    await map.getByText("taken the background's graphics away").waitFor({ state: "detached" });
  });

  test("a host that nobody has allowed is not asked, nor a folder above the notebook's", async () => {
    await mapOf("Elsewhere").getByText("the host tiles.example.org is not allowed").waitFor();
    await mapOf("Open to all").getByText("its address must begin with https://").waitFor();
    await mapOf("This machine").getByText("the host 127.0.0.1:9 is not allowed").waitFor();
    await mapOf("Missing").getByText("There is no background: its archive is not there").waitFor();
    await mapOf("No archive").getByText("There is no background: its file is no PMTiles archive").waitFor();
    await mapOf("Above").getByText("below the notebook's folder").waitFor();
    expect(
      asked.filter((address) => !address.startsWith(lab.server.address) && !/^(data|blob):/.test(address)),
    ).toEqual([]);
    expect(asked.some((address) => address.includes("secret"))).toBe(false);
  });
});
