import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { describeInJupyterLab } from "../support/lab.ts";
import { writeNotebook } from "../support/notebook-page.ts";

const output = new URL("../output", import.meta.url).pathname;

const CELLS = [
  "const towns = [{ name: 'Ware', people: 19_000 }, { name: 'Hitchin', people: 35_000 }];",
  `function density(people: number, area: number): number {
  const each = people / area;
  return each;
}
const first = density(towns[0].people, 10);
const second = density(towns[1].people, 10);
[first, second]`,
];

describeInJupyterLab("JupyterLab's debugger panel", (lab) => {
  const { work } = lab;
  let page: Page;
  let errors: readonly string[];

  beforeAll(async () => {
    mkdirSync(output, { recursive: true });
    writeNotebook(join(work, "debugged.ipynb"), CELLS);
    const notebook = await lab.open("debugged.ipynb", { viewport: { width: 1500, height: 1000 } });
    page = notebook.page;
    errors = notebook.errors;
    await notebook.runAll();
  }, 120_000);

  const variable = (name: string) =>
    page
      .locator(".jp-DebuggerVariables jp-tree-item")
      .filter({ has: page.locator(".jp-DebuggerVariables-name", { hasText: new RegExp(`^${name}$`) }) })
      .first();
  /** Waits until the innermost frame is at a line of the cell. */
  const stoppedAt = (line: number) =>
    page.locator(".jp-DebuggerCallstackFrame.selected", { hasText: new RegExp(`:${line}$`) }).waitFor();
  const press = (title: string) => page.locator(`jp-button[title^="${title} ("]`).click();

  test("the variables of the notebook are in the panel when debugging is turned on", async () => {
    await page.locator(".jp-DebuggerBugButton").click();
    await variable("towns").waitFor();
    expect(await variable("towns").textContent()).toBe("townsArray(2) [Object, Object]");
    expect(await variable("first").textContent()).toBe("first1900");
  });

  test("a breakpoint stops the cell, and its locals are shown", async () => {
    const cell = page.locator(".jp-CodeCell").nth(1);
    await cell.locator(".cm-breakpoint-gutter .cm-gutterElement").nth(2).click();
    await page.locator(".jp-DebuggerBreakpoint").waitFor();
    await cell.locator(".cm-line").nth(1).click();
    await page.keyboard.press("Control+Enter");
    await stoppedAt(2);
    await variable("people").waitFor();
    expect(await variable("people").textContent()).toBe("people19000");
    await page.screenshot({ path: join(output, "debugger.png") });
  });

  test("it steps, and goes on to the next call", async () => {
    await press("Next");
    await stoppedAt(3);
    await variable("each").waitFor();
    expect(await variable("each").textContent()).toBe("each1900");
    await press("Continue");
    await stoppedAt(2);
    await variable("people").filter({ hasText: "35000" }).waitFor();
    await press("Continue");
    await page.locator(".jp-DebuggerCallstackFrame").waitFor({ state: "detached" });
    await variable("second").filter({ hasText: "3500" }).waitFor();
  });

  test("nothing was wrong", () => expect(errors).toEqual([]));
});
