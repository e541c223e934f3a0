import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { findChromium, launchChromium } from "../support/browser.ts";
import { requireEnvironment } from "../support/environment.ts";
import { type JupyterServer, startJupyterLab } from "../support/jupyterlab.ts";
import { colourAt, locate, settle, swatchColour } from "../support/map-page.ts";
import { type NotebookPage, openNotebook, writeNotebook } from "../support/notebook-page.ts";
import { PEOPLE_MAP, SQUARES, square } from "../support/squares.ts";
import { temporaryFolder } from "../support/store.ts";

const executablePath = findChromium();
const environments = new URL("../../.cache/jupyterlabs", import.meta.url).pathname;
const versions = existsSync(environments) ? readdirSync(environments).sort() : [];

/** Cells that show a map and tell in the last output what is selected on it. */
const CELLS = [
  SQUARES,
  PEOPLE_MAP,
  'onSelect(choropleth, ({ labels }) => console.log(`selected: ${labels.join(" ")}.`));',
];

test("there is an environment for each line of JupyterLab from 4.4 on that the other tests do not use", () => {
  expect(versions.map((version) => version.split(".").slice(0, 2).join("."))).toEqual(["4.4", "4.5"]);
});

(executablePath ? describe : describe.skip).each(versions)("JupyterLab %s", (version) => {
  const folder = temporaryFolder();
  const work = join(folder.path, "work");
  let server: JupyterServer;
  let browser: Browser;
  let page: Page;
  let notebook: NotebookPage;

  beforeAll(async () => {
    const { variables } = requireEnvironment("an older JupyterLab is opened in Chromium");
    const python = join(environments, version, "bin", "python");
    mkdirSync(work);
    writeNotebook(join(work, "map.ipynb"), CELLS);
    const own = join(folder.path, "jupyter");
    server = await startJupyterLab({ python, variables }, work, own);
    browser = await launchChromium(executablePath ?? "");
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    notebook = await openNotebook(page, server, "map.ipynb");
    await notebook.runAll();
    await page.locator("canvas.tombolo-canvas").waitFor();
    await settle(page);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    folder.remove();
  });

  test("is what is open", async () => {
    const config = await page.locator("#jupyter-config-data").textContent();
    expect(JSON.parse(config ?? "")).toMatchObject({ appVersion: version });
  });

  test("shows a map, tells what is pointed at and the kernel what is selected", async () => {
    const canvas = page.locator("canvas.tombolo-canvas");
    const [x, y] = await locate(canvas, square(9));
    expect(await colourAt(canvas, [x, y])).toBe(await swatchColour(page.locator(".tombolo-legend"), 0));
    await canvas.hover({ position: { x, y } });
    await page.locator(".tombolo-tooltip strong", { hasText: "Square 9" }).waitFor();
    await canvas.click({ position: { x, y } });
    await page.locator(".jp-OutputArea-output", { hasText: "selected: S9." }).waitFor();
  });

  test("has its side panel, and nothing goes wrong", async () => {
    await page.locator('.lm-TabBar-tab[data-id="tombolo-panel"]').click();
    await page.locator("#tombolo-panel").waitFor();
    expect(notebook.errors).toEqual([]);
  });
});
