import { mkdirSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import type { BrowserContext, Page } from "playwright-core";
import { findChromium, launchWithProfile } from "../support/browser.ts";
import { describeWhere } from "../support/describe-where.ts";
import { requireEnvironment } from "../support/environment.ts";
import { type JupyterServer, startJupyterLab } from "../support/jupyterlab.ts";
import { openNotebook, writeNotebook } from "../support/notebook-page.ts";
import { filesBelow } from "../support/planted-bytes.ts";
import { temporaryFolder } from "../support/store.ts";

const executablePath = findChromium();
const missing = executablePath ? undefined : "there is no Chromium";

jest.setTimeout(150_000);

/** Stand in the file that is imported, and must stand nowhere that the browser keeps. */
const planted = ["Plantagenet", "Quillonova", "73190.25", "41957.75", "-1.5482317", "53.7961843"];
const [first, second, more, less, x, y] = planted;

const cells = [
  "%import ../sources/patients.csv --as patient --label id --name surname --x lon --y lat --access sensitive",
  "%%recipe rich\nsubjects: patient\nfields: { income: { fixed-value: income }, half: { arithmetic: income / 2 } }",
  "rich",
  "%map rich --column income",
  "%chart rich --x income --y half",
  "await select(rich, [0, 1])",
  "const rows = [...rich].map((row) => row.toJSON()); const handle = await display(rich)",
  "await handle.update(map(rich, { column: 'income', title: rows[0].name }))",
  "rows?",
  "const answer = await input('Who?')",
  "rows[0]",
  // What fails ends the run.
  "%%sql\nSELECT name::INTEGER FROM patient",
];

/** Somebody looks at the values in every way that JupyterLab has: in the debugger, in the explanation of a name, in completions. */
async function lookInside(page: Page): Promise<void> {
  await page.locator(".jp-DebuggerBugButton").click();
  const rows = page.locator(".jp-DebuggerVariables jp-tree-item", { hasText: /^rows/ }).first();
  await rows.waitFor();
  await rows.click();
  await page.keyboard.press("ArrowRight");
  await page.locator(".jp-DebuggerVariables", { hasText: "rows" }).first().waitFor();
  await page.locator(".jp-DebuggerBugButton").click();
  const line = page.locator(".jp-CodeCell .cm-line", { hasText: "rows[0]" }).last();
  await line.click();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+Tab");
  await page.locator(".jp-Tooltip", { hasText: first ?? "" }).waitFor();
  await page.keyboard.press("Escape");
  await line.click();
  await page.keyboard.press("End");
  await page.keyboard.type("; rows.");
  await page.keyboard.press("Tab");
  await page.locator(".jp-Completer-item").first().waitFor();
  await page.keyboard.press("Escape");
}

describeWhere(missing, "what a browser keeps of a session with sensitive data", () => {
  const folder = temporaryFolder();
  const work = join(folder.path, "work");
  const profile = join(folder.path, "profile");
  let server: JupyterServer | undefined;
  let log = "";
  let context: BrowserContext | undefined;

  beforeAll(async () => {
    for (const place of [work, join(folder.path, "sources")]) mkdirSync(place, { recursive: true });
    writeFileSync(
      join(folder.path, "sources", "patients.csv"),
      `id,surname,income,lon,lat\n1,${first},${more},${x},${y}\n2,${second},${less},-1.5,53.8\n`,
    );
    writeNotebook(join(work, "closed.ipynb"), cells);
    const environment = requireEnvironment("the profile of a browser is searched");
    server = await startJupyterLab(environment, work, join(folder.path, "jupyter"));
    context = await launchWithProfile(executablePath ?? "", profile);
    const page = await context.newPage();
    const notebook = await openNotebook(page, server, "closed.ipynb");
    const running = notebook.runAll();
    await page.locator(".jp-Stdin-input").fill("Somebody");
    await page.locator(".jp-Stdin-input").press("Enter");
    await running;
    await notebook.outputs("live").nth(2).waitFor({ timeout: 40_000 });
    // Somebody looks: the values are on the screen, and some are chosen.
    await page
      .getByText(first ?? "")
      .first()
      .waitFor();
    await page
      .getByText(first ?? "")
      .first()
      .click();
    await page.locator(".tombolo-output canvas").first().hover();
    await lookInside(page);
    await notebook.save();
    log = server.log();
    await page.evaluate(() => localStorage.setItem("control", "Wordofcontrol"));
    await page.reload();
    await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: 60_000 });
    await page.close();
    await context.close();
    context = undefined;
    await server.stop();
    server = undefined;
  }, 150_000);
  afterAll(async () => {
    await context?.close();
    await server?.stop();
    folder.remove();
  });

  test("is nothing of the values: no storage, database, history, cache or crash report of its profile", () => {
    const files = filesBelow(profile, [...planted, "Wordofcontrol"]);
    expect(files.length).toBeGreaterThan(20);
    const found = files.map(({ path, values }) => ({ path: path.slice(profile.length + 1), values }));
    // What the page does keep is found, so that the search is one.
    expect(found.filter(({ values }) => values.includes("Wordofcontrol")).map(({ path }) => path)).toEqual(
      expect.arrayContaining([expect.stringContaining("Local Storage")]),
    );
    expect(found.filter(({ values }) => planted.some((value) => values.includes(value)))).toEqual([]);
  });

  test("is nothing in the server's log, which has what it does", () => {
    expect(log).toMatch(/Kernel started|closed\.ipynb/);
    for (const value of planted) expect(log).not.toContain(value);
  });

  test("is nothing on the server's side either, but in the store", () => {
    const stored = join(work, ".tombolo") + sep;
    const kept = [work, join(folder.path, "jupyter")].flatMap((place) => filesBelow(place, planted));
    expect(kept.filter(({ path, values }) => !path.startsWith(stored) && values.length > 0)).toEqual([]);
    expect(kept.filter(({ path }) => path.startsWith(stored)).flatMap(({ values }) => values)).toContain(
      first,
    );
  });
});
