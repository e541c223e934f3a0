import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { describeInJupyterLab, type Lab } from "../support/lab.ts";
import { colourAt, locate, settle, swatchColour } from "../support/map-page.ts";
import { type NotebookPage, writeNotebook } from "../support/notebook-page.ts";
import { PEOPLE_MAP, SQUARES, square } from "../support/squares.ts";

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

for (const version of versions) {
  const python = join(environments, version, "bin", "python");
  const name = `JupyterLab ${version}`;
  describeInJupyterLab({ name, python }, (lab) => testsOf(version, lab));
}

function testsOf(version: string, lab: Lab): void {
  let page: Page;
  let notebook: NotebookPage;

  beforeAll(async () => {
    writeNotebook(join(lab.work, "map.ipynb"), CELLS);
    notebook = await lab.open("map.ipynb", { viewport: { width: 1280, height: 1600 } });
    page = notebook.page;
    await notebook.runAll();
    await page.locator("canvas.tombolo-canvas").waitFor();
    await settle(page);
  }, 120_000);

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
}
