import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, jest, test } from "@jest/globals";
import type { Locator, Page } from "playwright-core";
import { seriousViolations } from "../support/axe.ts";
import type { JupyterServer } from "../support/jupyterlab.ts";
import { describeInJupyterLab } from "../support/lab.ts";
import { LINKED_CELLS } from "../support/linked-cells.ts";
import { type NotebookPage, openNotebook, writeNotebook } from "../support/notebook-page.ts";

const output = new URL("../output/", import.meta.url).pathname;
const VIEWPORT = { width: 1280, height: 3200 };

jest.setTimeout(60_000);

async function restartKernel({ address, token }: JupyterServer, path: string): Promise<void> {
  const options = { headers: { authorization: `token ${token}` } };
  const sessions: unknown = await (await fetch(`${address}/api/sessions`, options)).json();
  const found = Array.isArray(sessions) ? sessions.find((session) => session.path === path) : undefined;
  const restarted = await fetch(`${address}/api/kernels/${found?.kernel.id}/restart`, {
    ...options,
    method: "POST",
  });
  expect(restarted.status).toBe(200);
}

describeInJupyterLab("linked views in JupyterLab", (lab) => {
  const { work, environment } = lab;
  let page: Page;
  let notebook: NotebookPage;
  let grid: Locator;

  const caption = () => page.locator(".tombolo-table-top span").first();
  const captionSays = (text: string | RegExp) =>
    caption().filter({ hasText: text }).waitFor({ timeout: 10_000 });
  const runCell = async (index: number) => {
    const cell = page.locator(".jp-CodeCell").nth(index);
    const before = await cell.locator(".jp-InputPrompt").textContent();
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction(
      ([at, was]) => {
        const prompt =
          document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")[Number(at)]?.textContent ?? "";
        return /\[\d+\]/.test(prompt) && prompt !== was;
      },
      [index, before] as const,
    );
    return cell.locator(".jp-OutputArea-output").last();
  };

  beforeAll(async () => {
    mkdirSync(output, { recursive: true });
    writeNotebook(
      join(work, "linked.ipynb"),
      LINKED_CELLS.slice(0, 6).concat(LINKED_CELLS.slice(6).map(() => "0")),
    );
    notebook = await lab.open("linked.ipynb", { viewport: VIEWPORT });
    page = notebook.page;
    await notebook.runAll();
    for (const [at, source] of LINKED_CELLS.entries()) {
      if (at < 6) continue;
      await page.locator(".jp-CodeCell").nth(at).locator(".cm-content").click();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(source);
    }
    grid = page.locator(".tombolo-grid").first();
    await grid.locator(".tombolo-grid-row[data-place]").first().waitFor();
    await page.locator(".tombolo-chart svg").first().waitFor();
  }, 120_000);

  test("the columns of the table are as wide as what is in them", async () => {
    const cells = grid.locator(".tombolo-grid-row[data-place] .tombolo-cell");
    const cut = await cells.evaluateAll((nodes) =>
      nodes
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map((node) => node.textContent),
    );
    expect(await cells.count()).toBeGreaterThan(20);
    expect(cut).toEqual([]);
  });

  test("a row that is clicked in the table is selected in map, chart and kernel", async () => {
    await grid.getByRole("gridcell", { name: "Camden" }).first().click();
    await captionSays("33 rows · 1 selected");
    await page.locator(".jp-OutputArea-output", { hasText: "heard 1" }).waitFor();
    expect(await (await runCell(6)).textContent()).toContain("1 selected in the kernel");
  });

  test("a range that is dragged in the chart is selected in the table and in the kernel", async () => {
    const chart = page.locator(".tombolo-chart svg").first();
    const box = await chart.boundingBox();
    if (!box) throw new Error("no chart");
    await page.mouse.move(box.x + 60, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 190, box.y + 160, { steps: 6 });
    await page.mouse.up();
    await captionSays(/33 rows · (?!1 )\d+ selected/);
    const selectedNow = async () => Number(/(\d+) selected/.exec((await caption().textContent()) ?? "")?.[1]);
    // The chart tells of the range while it is dragged: what counts is where it comes to rest.
    let selected = -1;
    while (selected !== (await selectedNow())) {
      selected = await selectedNow();
      await page.waitForTimeout(600);
    }
    expect(selected).toBeGreaterThan(3);
    expect(await (await runCell(6)).textContent()).toContain(`${selected} selected in the kernel`);
  });

  test("a click on the map selects a borough in the table", async () => {
    const canvas = page.locator("canvas.tombolo-canvas").first();
    const box = await canvas.boundingBox();
    if (!box) throw new Error("no map");
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await captionSays("33 rows · 1 selected");
  });

  test("the kernel selects and filters: all views follow", async () => {
    expect(await (await runCell(7)).textContent()).toBe("2");
    await captionSays("33 rows · 2 selected");
    const count = Number(await (await runCell(8)).textContent());
    await captionSays(`${count} of 33 rows`);
    await page.screenshot({ path: join(output, "linked-views.png") });
    await page.getByRole("button", { name: "Show all rows again" }).first().click();
    await captionSays(/^33 rows · 2 selected/);
  });

  test("a filter in the map is one in the chart, the table and the kernel, until it is taken away", async () => {
    const map = page.locator("figure.tombolo-map").first();
    const bars = () =>
      page
        .locator(".tombolo-chart svg")
        .first()
        .locator(".mark-rect path")
        .evaluateAll((nodes) => nodes.map((node) => node.getAttribute("d")).join());
    const before = await bars();
    await map.getByRole("button", { name: "Filter" }).click();
    await map.getByLabel("Column to filter by").selectOption("area_km2");
    await map.getByLabel(/^Least /).fill("100");
    const left = Number(
      /^(\d+) of 33/.exec((await map.locator(".tombolo-map-panel [role=status]").textContent()) ?? "")?.[1],
    );
    expect(left).toBeLessThan(15);
    await captionSays(new RegExp(`^${left} of 33 rows`));
    await page.waitForFunction(
      (was) =>
        [...(document.querySelector(".tombolo-chart svg")?.querySelectorAll(".mark-rect path") ?? [])]
          .map((node) => node.getAttribute("d"))
          .join() !== was,
      before,
    );
    await page.getByRole("button", { name: "Show all rows again" }).first().click();
    await captionSays(/^33 rows/);
    expect(await map.locator(".tombolo-filter").count()).toBe(0);
    expect(await map.locator(".tombolo-map-panel [role=status]").textContent()).toBe(
      "33 of 33 features are shown",
    );
    await map.getByRole("button", { name: "Filter" }).click();
  });

  test("the table is used by the keyboard alone: cells, order, conditions, selection", async () => {
    await grid.locator(".tombolo-grid-name[tabindex='0'], .tombolo-cell[tabindex='0']").first().focus();
    await page.keyboard.press("Escape");
    await captionSays(/33 rows$/);
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await captionSays("33 rows · 2 selected");
    expect(await grid.locator('[aria-selected="true"]').count()).toBe(2);
    await page.keyboard.press("Control+End");
    expect(
      await page.evaluate(() => document.activeElement?.closest("[data-place]")?.getAttribute("data-place")),
    ).toBe("32");
    const order = grid.locator(".tombolo-grid-name", { hasText: "area_km2" });
    await order.click();
    // The first in the order are what one wants to see.
    expect(await grid.evaluate((node) => node.scrollTop)).toBe(0);
    await order.click();
    await order.click();
    const field = grid.getByLabel("Condition on area_km2");
    await field.focus();
    await page.keyboard.type("> 100");
    await page.keyboard.press("Enter");
    await captionSays(/of 33 rows · 2 selected/);
    await field.fill("a lot");
    await field.press("Enter");
    await page.waitForFunction(
      () => document.querySelector('.tombolo-grid-filter[aria-invalid="true"]') !== null,
    );
    await field.fill("");
    await field.press("Enter");
    await captionSays(/^33 rows/);
  });

  test("a column can be read in figures", async () => {
    await grid.getByRole("button", { name: "area_km2 in figures" }).click();
    const figures = page.getByRole("region", { name: "area_km2 in figures" });
    expect(await figures.textContent()).toMatch(/Rows33.*Median.*km²/);
    const boxesOf = async (tag: string) =>
      Promise.all((await figures.locator(tag).all()).map((node) => node.boundingBox()));
    const [names, values] = await Promise.all([boxesOf("dt"), boxesOf("dd")]);
    expect(names.length).toBeGreaterThan(4);
    names.forEach((name, index) => {
      // Each value is below its name.
      expect(values[index]?.y ?? 0).toBeGreaterThanOrEqual((name?.y ?? 0) + (name?.height ?? 0) - 1);
    });
    await figures.getByRole("button", { name: "Close" }).click();
  });

  test("a chart's rows can be read and selected as a table", async () => {
    const chart = page.locator(".tombolo-view", { has: page.locator(".tombolo-chart") }).first();
    await chart.getByRole("button", { name: "Show as table" }).click();
    await chart.getByRole("gridcell", { name: "Camden" }).first().waitFor();
    expect(await chart.locator(".tombolo-chart").isVisible()).toBe(false);
    await chart.getByRole("button", { name: "Show as chart" }).click();
    expect(await chart.locator(".tombolo-chart").isVisible()).toBe(true);
  });

  test("map, chart and table have no serious fault in accessibility, on a light and on a dark ground", async () => {
    expect(await seriousViolations(page, ".tombolo-output")).toEqual([]);
    await notebook.theme("JupyterLab Dark");
    await page.waitForFunction(() => document.body.dataset.jpThemeLight === "false");
    await page.waitForTimeout(300);
    expect(await seriousViolations(page, ".tombolo-output")).toEqual([]);
    const label = page.locator(".tombolo-chart svg .role-axis-label text").first();
    expect(await label.getAttribute("fill")).toBe("#a6acb8");
    await page.screenshot({ path: join(output, "linked-views-dark.png") });
    await notebook.theme("JupyterLab Light");
    // A chart that is drawn anew leaves the selection as it was.
    await captionSays(/^33 rows · 2 selected/);
  });

  test("the palette's commands clear the selection in all views and insert cells", async () => {
    const command = async (label: string) => {
      await page.keyboard.press("Control+Shift+C");
      await page.locator(".lm-CommandPalette-input").fill(label);
      await page.locator(".lm-CommandPalette-item", { hasText: label }).first().click();
    };
    await captionSays(/^33 rows · 2 selected/);
    await command("Clear the selection in all views");
    await captionSays(/^33 rows$/);
    await command("Insert a chart");
    await page.locator(".jp-CodeCell .cm-content", { hasText: /^%chart ?$/ }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("d");
    await page.keyboard.press("d");
  });

  test("the side panel finds datasources, puts an import into the notebook and tells what the store holds", async () => {
    await page.locator('.lm-TabBar-tab[data-id="tombolo-panel"]').click();
    const panel = page.getByRole("region", { name: "Tombolo", exact: true });
    await panel.getByLabel("Search the catalogue").fill("underground lines");
    await panel.getByRole("button", { name: "Insert %import london/underground" }).click();
    await page.locator(".jp-CodeCell .cm-content", { hasText: "%import london/underground" }).waitFor();
    expect(
      await panel.locator(".tombolo-panel-list", { hasText: "London boroughs" }).last().textContent(),
    ).toMatch(/London boroughspublic.* kB · \d{4}-\d\d-\d\d/);
    expect(await seriousViolations(page, ".tombolo-panel")).toEqual([]);
    await page.screenshot({
      path: join(output, "side-panel.png"),
      clip: { x: 0, y: 0, width: 1280, height: 900 },
    });
  });

  test("magics have the colours of what they are, and are completed", async () => {
    const cell = page.locator(".jp-CodeCell").last();
    await cell.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("%chart areas --ty");
    await page.keyboard.press("Tab");
    const choice = page.locator(".jp-Completer-item", { hasText: "--type" });
    await choice
      .or(page.locator(".cm-content", { hasText: "%chart areas --type" }))
      .first()
      .waitFor();
    if (await choice.isVisible()) await page.keyboard.press("Enter");
    await page.locator(".cm-content", { hasText: "%chart areas --type" }).waitFor();
    const colours = await page
      .locator(".cm-content", { hasText: "%chart areas --type" })
      .evaluate((node) =>
        [...node.querySelectorAll("span")].map((span) => [span.textContent, getComputedStyle(span).color]),
      );
    const colourOf = (text: string) => colours.find(([found]) => found === text)?.[1];
    expect(colourOf("%chart")).not.toBe(colourOf("--type"));
    expect(colourOf("%chart")).toBeDefined();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("d");
    await page.keyboard.press("d");
  });

  test("nothing went wrong in the console; opened again without a kernel it shows what was saved and stays as it is", async () => {
    expect(notebook.errors).toEqual([]);
    await notebook.save();
    cpSync(join(work, "linked.ipynb"), join(work, "elsewhere.ipynb"));
    const before = readFileSync(join(work, "elsewhere.ipynb"), "utf8");
    expect(statSync(join(work, "elsewhere.ipynb")).size).toBeLessThan(400_000);
    const opened = await lab.open("elsewhere.ipynb", { viewport: VIEWPORT });
    const { page: other } = opened;
    await opened.outputs("picture").nth(1).waitFor({ timeout: 30_000 });
    const saved = other.locator("table.tombolo-table").last();
    await saved.waitFor();
    expect(await saved.locator("tbody tr").count()).toBe(20);
    expect(await other.locator(".lm-TabBar-tab.jp-mod-dirty").count()).toBe(0);
    expect(readFileSync(join(work, "elsewhere.ipynb"), "utf8")).toBe(before);
    await other.close();
  });

  test("an untrusted notebook shows pictures and asks the kernel nothing", async () => {
    const untrusted = JSON.parse(readFileSync(join(work, "linked.ipynb"), "utf8"));
    untrusted.cells[0].source = "'changed by somebody'";
    writeFileSync(join(work, "untrusted.ipynb"), JSON.stringify(untrusted));
    const other = await lab.browser.newPage({ viewport: VIEWPORT });
    let asked = 0;
    other.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => {
        if (payload.includes("tombolo.")) asked++;
      }),
    );
    const opened = await openNotebook(other, lab.server, "untrusted.ipynb");
    await opened.outputs("picture").nth(1).waitFor({ timeout: 30_000 });
    // A table has no picture: it is the rows that were saved.
    const saved = opened.outputs("picture").locator("table.tombolo-table").last();
    expect(await saved.locator("tbody tr").count()).toBe(20);
    expect(await opened.outputs("live").count()).toBe(0);
    expect(asked).toBe(0);
    await other.close();
  });

  test("a specification of one's own is linked: a point that is clicked is a row everywhere, and the kernel's selection shows", async () => {
    writeNotebook(join(work, "own.ipynb"), [
      LINKED_CELLS[0] ?? "",
      LINKED_CELLS[1] ?? "",
      `chart(areas, { width: 400, height: 300, mark: { type: "point", filled: true, size: 200 },
        params: [{ name: "pick", select: "point" }],
        encoding: { x: { field: "area_km2", type: "quantitative" }, y: { value: 150 },
          color: { condition: { test: "datum.selected", value: "#d7191c" }, value: "#2b83ba" } } })`,
      "table(areas)",
      "onSelect(areas, ({ labels, count }) => console.log(`own ${count} ${labels.join()}`)); 'listening'",
      "await new Promise((resolve) => setTimeout(resolve, 1500)); (await select(areas, ['Camden', 'Croydon'])).count",
    ]);
    const opened = await lab.open("own.ipynb", { viewport: VIEWPORT });
    const { page: other } = opened;
    await opened.runAll();
    const marks = other.locator(".tombolo-chart svg .mark-symbol.role-mark path");
    const red = () =>
      marks.evaluateAll((nodes) => nodes.filter((node) => node.getAttribute("fill") === "#d7191c").length);
    await other
      .locator(".tombolo-table-top span", { hasText: /^33 rows · 2 selected/ })
      .first()
      .waitFor();
    for (let attempt = 0; attempt < 50 && (await red()) !== 2; attempt++) await other.waitForTimeout(100);
    expect(await red()).toBe(2);
    // The largest borough is furthest to the right.
    const boxes = await Promise.all((await marks.all()).map((mark) => mark.boundingBox()));
    const right = boxes.reduce(
      (most, box, index) => ((box?.x ?? 0) > (boxes[most]?.x ?? 0) ? index : most),
      0,
    );
    await marks.nth(right).click();
    await other
      .locator(".tombolo-table-top span", { hasText: /^33 rows · 1 selected/ })
      .first()
      .waitFor();
    await other.locator('.tombolo-grid [aria-selected="true"]', { hasText: "Bromley" }).first().waitFor();
    await other.locator(".jp-OutputArea-output", { hasText: /own 1 \S/ }).waitFor();
    // As another notebook on the same kernel does it: this one is not told.
    await restartKernel(lab.server, "own.ipynb");
    await other
      .locator(".tombolo-table-top span", { hasText: /^33 rows$/ })
      .first()
      .waitFor();
    expect(await other.locator(".tombolo-gone").count()).toBe(3);
    expect(opened.errors).toEqual([]);
    await other.close();
  });

  test("nbconvert's HTML has the pictures of map and chart, and the table's text", () => {
    execFileSync(environment.python, ["-m", "nbconvert", "--to", "html", join(work, "linked.ipynb")], {
      env: environment.variables,
      stdio: "ignore",
    });
    const html = readFileSync(join(work, "linked.html"), "utf8");
    expect(html.match(/<img[^>]*src="data:image\/png;base64/g)?.length).toBe(2);
    expect(html).toContain("20 of 33 rows");
  });
});
