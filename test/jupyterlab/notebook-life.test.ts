import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { describeInJupyterLab } from "../support/lab.ts";
import { LINKED_CELLS } from "../support/linked-cells.ts";
import { coloursOf, settle } from "../support/map-page.ts";
import { type NotebookPage, writeNotebook } from "../support/notebook-page.ts";

const VIEWPORT = { width: 1280, height: 2400 };

/** Four views of the same rows, and text below them that makes the notebook long. */
const CELLS = [
  ...LINKED_CELLS.slice(0, 5),
  ...Array.from({ length: 12 }, (_, index) => `console.log("cell ${index}\\n".repeat(12))`),
];

describeInJupyterLab("a notebook from its first run to its last", (lab) => {
  let page: Page;
  let notebook: NotebookPage;

  /** Errors in which our code has a part: JupyterLab 4.6 has some of its own when a notebook or a view of it is closed. */
  const failures: string[] = [];

  const file = () => readFileSync(join(lab.work, "life.ipynb"), "utf8");
  const tabs = () => page.locator(".lm-TabBar-tab", { hasText: "life.ipynb" });
  const captions = () => page.locator(".tombolo-table-top span:first-child:visible").allTextContents();
  const isLive = (count: number) =>
    page.waitForFunction(
      (wanted) =>
        document.querySelectorAll('.tombolo-output[data-tombolo-state="live"]').length === wanted &&
        document.querySelectorAll("canvas.tombolo-canvas[data-pictures]").length > 0,
      count,
    );
  /** Waits until so many tables say the same of their rows. */
  const saysAll = async (count: number, text: string) => {
    const wanted = Array.from({ length: count }, () => text);
    for (let attempt = 0; attempt < 50 && (await captions()).join() !== wanted.join(); attempt++)
      await page.waitForTimeout(100);
    expect(await captions()).toEqual(wanted);
  };
  const menuItem = async (text: RegExp) => page.locator(".lm-Menu-itemLabel", { hasText: text }).click();

  beforeAll(async () => {
    writeNotebook(join(lab.work, "life.ipynb"), CELLS);
    notebook = await lab.open("life.ipynb", { viewport: VIEWPORT });
    page = notebook.page;
    page.on("pageerror", ({ stack = "" }) => {
      if (stack.includes("@tombolo")) failures.push(stack);
    });
    await notebook.runAll();
    await isLive(4);
    await notebook.save();
  }, 120_000);

  test("keys that the map does not know do nothing to the notebook while the map has the focus", async () => {
    const cells = await page.locator(".jp-CodeCell").count();
    const stage = page.locator(".tombolo-stage");
    await stage.focus();
    for (const key of ["a", "b", "d", "d", "x", "n"]) await stage.press(key);
    await page.locator(".tombolo-spoken", { hasText: "Barking and Dagenham: " }).waitFor();
    expect(await page.locator(".jp-CodeCell").count()).toBe(cells);
    await stage.press("Escape");
  });

  test("loaded anew and reopened, its views are live again and its file is what it was", async () => {
    const before = file();
    await page.reload();
    await isLive(4);
    await page.locator(".lm-MenuBar-itemLabel", { hasText: /^File$/ }).click();
    await menuItem(/^Close Tab$/);
    await tabs().waitFor({ state: "detached" });
    await page.locator(".jp-DirListing-item", { hasText: "life.ipynb" }).dblclick();
    await isLive(4);
    expect(await page.locator(".lm-TabBar-tab.jp-mod-dirty").count()).toBe(0);
    expect(file()).toBe(before);
  });

  test("a second view of it and a view of one output follow what is selected, and go without a trace", async () => {
    await tabs().click({ button: "right" });
    await menuItem(/^New View for Notebook$/);
    await isLive(8);
    const grid = page.locator(".tombolo-grid:visible").first();
    await grid.getByRole("gridcell", { name: "Camden", exact: true }).first().click();
    await saysAll(4, "33 rows · 1 selected");
    await tabs().last().locator(".lm-TabBar-tabCloseIcon").click();
    await isLive(4);
    await grid
      .getByRole("gridcell", { name: "Croydon", exact: true })
      .first()
      .click({ modifiers: ["Control"] });
    await saysAll(2, "33 rows · 2 selected");
    await page.locator(".tombolo-table-top").last().click({ button: "right" });
    await menuItem(/^Create New View for Cell Output$/);
    await saysAll(3, "33 rows · 2 selected");
    await page
      .locator(".lm-TabBar-tab", { hasText: "Output View" })
      .locator(".lm-TabBar-tabCloseIcon")
      .click();
    expect(failures).toEqual([]);
  });

  test("when the kernel starts anew the views stay, say so, and the side panel goes on", async () => {
    await page.locator('.lm-TabBar-tab[data-id="tombolo-panel"]').click();
    const found = page.locator(".tombolo-panel-catalogue code");
    await found.first().waitFor();
    await page.locator(".lm-MenuBar-itemLabel", { hasText: /^Kernel$/ }).click();
    await menuItem(/^Restart Kernel…$/);
    await page.locator(".jp-Dialog button.jp-mod-accept").click();
    await page.locator(".tombolo-gone").nth(3).waitFor();
    expect(await page.locator(".tombolo-gone").count()).toBe(4);
    await saysAll(2, "33 rows");
    await page.getByText(/^TypeScript \(Tombolo\) \| Idle$/).waitFor();
    await page.getByLabel("Search the catalogue").fill("underground lines");
    await found.filter({ hasText: /^london\/underground$/ }).waitFor();
    await page.getByRole("button", { name: "Show as table" }).first().click();
    await notebook.runAll();
    await isLive(4);
    expect(await page.locator(".tombolo-gone").count()).toBe(0);
    await notebook.save();
    expect(failures).toEqual([]);
  });

  test.each(["full", "defer"])(
    "cells that JupyterLab draws late (%s) have their maps, also when one comes back",
    async (mode) => {
      const address = `${lab.server.address}/lab/api/settings/@jupyterlab/notebook-extension:tracker`;
      await page.request.put(`${address}?token=${lab.server.token}`, {
        data: { raw: JSON.stringify({ windowingMode: mode }) },
      });
      const other = await lab.open("life.ipynb", { viewport: { width: 1280, height: 700 } });
      const canvas = other.page.locator("canvas.tombolo-canvas");
      const scroll = (top: number) =>
        other.page.locator(".jp-WindowedPanel-outer").evaluate((node, to) => node.scrollTo(0, to), top);
      for (let time = 0; time < 2; time++) {
        await canvas.waitFor();
        await settle(other.page);
        await canvas.scrollIntoViewIfNeeded();
        expect((await coloursOf(canvas)).length).toBeGreaterThan(3);
        await scroll(100_000);
        await other.page.getByText("cell 11").last().waitFor();
        await scroll(0);
      }
      expect(other.errors).toEqual([]);
      await other.page.close();
    },
    60_000,
  );

  test("is closed while its kernel ends, and nothing goes wrong", async () => {
    await page.locator(".lm-MenuBar-itemLabel", { hasText: /^File$/ }).click();
    await menuItem(/^Close and Shut Down Notebook…$/);
    await page.locator(".jp-Dialog button.jp-mod-accept").click();
    await tabs().waitFor({ state: "detached" });
    await page.getByText("Open a notebook of the kernel").waitFor();
    expect(failures).toEqual([]);
  });
});
