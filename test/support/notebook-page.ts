import { writeFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import type { JupyterServer } from "./jupyterlab.ts";

/** A notebook open in JupyterLab. */
export interface NotebookPage {
  readonly page: Page;
  /** What the browser's console said was wrong. */
  readonly errors: readonly string[];
  runAll(): Promise<void>;
  save(): Promise<void>;
  /** Chooses a theme of JupyterLab's. */
  theme(name: string): Promise<void>;
  /** Outputs of a state: `live`, `picture`, `placeholder`. */
  outputs(state: string): Locator;
}

/** What JupyterLab says on its own account, without any extension. */
const NOISE = [
  /favicon/,
  /Failed to load resource: the server responded with a status of 404/,
  /ResizeObserver loop/,
];

/** Opens a notebook and waits until its kernel is idle, or until it is shown when it is opened without one. */
export async function openNotebook(page: Page, server: JupyterServer, name: string): Promise<NotebookPage> {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !NOISE.some((noise) => noise.test(message.text())))
      errors.push(message.text());
  });
  page.on("pageerror", (error) => {
    if (!NOISE.some((noise) => noise.test(String(error)))) errors.push(String(error));
  });
  await page.goto(`${server.address}/lab/tree/${name}?token=${server.token}&reset`);
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 60_000 });
  const menu = async (top: string, item: string) => {
    await page.locator(".lm-MenuBar-itemLabel", { hasText: new RegExp(`^${top}$`) }).click();
    await page
      .locator(".lm-Menu-itemLabel", { hasText: new RegExp(`^${item}$`) })
      .first()
      .click();
  };
  return {
    page,
    errors,
    outputs: (state) => page.locator(`.tombolo-output[data-tombolo-state="${state}"]`),
    async runAll() {
      // The status bar knows; the notebook's own sign says "idle" before there is a kernel.
      await page.getByText(/^TypeScript \(Tombolo\) \| Idle$/).waitFor({ timeout: 60_000 });
      await menu("Run", "Run All Cells");
      const cells = await page.locator(".jp-CodeCell").count();
      await page.waitForFunction(
        (count) => {
          const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map(
            (node) => node.textContent ?? "",
          );
          return prompts.length >= count && prompts.every((text) => /\[\d+\]/.test(text));
        },
        cells,
        { timeout: 40_000 },
      );
    },
    async theme(name) {
      await page.locator(".lm-MenuBar-itemLabel", { hasText: /^Settings$/ }).click();
      await page
        .locator(".lm-Menu-itemLabel", { hasText: /^Theme$/ })
        .first()
        .hover();
      await page
        .locator(".lm-Menu-itemLabel", { hasText: new RegExp(`^${name}$`) })
        .first()
        .click();
    },
    async save() {
      await menu("File", "Save Notebook");
      await page
        .locator(".lm-TabBar-tab.jp-mod-dirty")
        .first()
        .waitFor({ state: "detached", timeout: 10_000 });
    },
  };
}

/** Writes a notebook of code cells. */
export function writeNotebook(path: string, cells: readonly string[]): void {
  const notebook = {
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `c${index}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { name: "tombolo", display_name: "TypeScript (Tombolo)", language: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
}
