import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { seriousViolations } from "../support/axe.ts";
import { describeInJupyterLab } from "../support/lab.ts";
import { locate, settle } from "../support/map-page.ts";
import { openNotebook, writeNotebook } from "../support/notebook-page.ts";

const VIEWPORT = { width: 1280, height: 3200 };

/** A chart that asks for an address, for a script and for all the height there is, and names that are none. */
const HOSTILE_CHART = {
  height: "container",
  params: [{ name: "opacity", value: 1, bind: { input: "range", min: 0, max: 1 } }],
  data: { values: [{ name: "<img src=x onerror=planted=1>", value: 1 }] },
  layer: [
    { mark: { type: "image", url: "https://example.org/picture.png", width: 9, height: 9 } },
    { mark: "bar", encoding: { href: { value: "javascript:window.planted=1" } } },
  ],
  encoding: { x: { field: "name", type: "nominal" }, y: { field: "value", type: "quantitative" } },
};

/** In the page: all that it has put into the browser's storage; the names of its caches come last. */
async function everythingStored(): Promise<string> {
  const databases = await indexedDB.databases();
  const contents = await Promise.all(
    databases.map(
      ({ name = "" }) =>
        new Promise<string>((resolve) => {
          const request = indexedDB.open(name);
          request.onerror = () => resolve(name);
          request.onsuccess = async () => {
            const stores = [...request.result.objectStoreNames];
            const all = await Promise.all(
              stores.map(
                (store) =>
                  new Promise((done) => {
                    const reading = request.result.transaction(store).objectStore(store).getAll();
                    reading.onsuccess = () => done(reading.result);
                    reading.onerror = () => done(null);
                  }),
              ),
            );
            request.result.close();
            resolve(JSON.stringify([name, all]));
          };
        }),
    ),
  );
  const kept = await caches.keys();
  return JSON.stringify([contents, { ...localStorage }, { ...sessionStorage }, kept]);
}

describeInJupyterLab("values that are not public, and charts that want too much, in JupyterLab", (lab) => {
  const { work, environment } = lab;

  test("a chart that asks for addresses and scripts shows safely; values that are not public are shown, and are nowhere when the notebook is saved, exported and closed", async () => {
    const planted = ["Plantagenet House", "Quillon Court", "7654.321", "1234.567", "-1.345678", "52.456789"];
    writeFileSync(
      join(work, "clients.csv"),
      `label,name,income,longitude,latitude\nc1,${planted[0]},${planted[2]},${planted[4]},${planted[5]}\nc2,${planted[1]},${planted[3]},-1.1,52.1\nc3,Other House,5,-1.2,52.2\n`,
    );
    writeNotebook(join(work, "private.ipynb"), [
      "const clients = await sql`SELECT * FROM read_csv('clients.csv')`; clients.numRows",
      "table(clients)",
      "chart(clients, { x: 'name', y: 'income' })",
      "chart(clients, { type: 'histogram', x: 'income' })",
      // So many that a browser's cache would take their parts.
      "map(await sql`SELECT label || '-' || i AS label, c.* EXCLUDE label FROM read_csv('clients.csv') c, range(3000) r(i)`, { column: 'income', title: 'Homes' })",
      `({ data: { "application/vnd.vegalite.v6.json": ${JSON.stringify(HOSTILE_CHART)} } })`,
    ]);
    const other = await lab.browser.newPage({ viewport: VIEWPORT });
    const elsewhere: string[] = [];
    other.on("request", (request) => {
      if (!request.url().startsWith(lab.server.address) && !/^(data|blob):/.test(request.url()))
        elsewhere.push(request.url());
    });
    const opened = await openNotebook(other, lab.server, "private.ipynb");
    await opened.runAll();
    await other.getByText("A chart loads nothing from elsewhere: https://example.org/picture.png").waitFor();
    expect(await other.evaluate(() => "planted" in window)).toBe(false);
    const hostile = other.locator(".jp-CodeCell").last().locator(".tombolo-chart svg");
    expect((await hostile.boundingBox())?.height).toBeLessThan(600);
    // A field of the chart is beside its picture, for all to reach.
    await other.getByRole("slider", { name: "opacity" }).fill("0.5");
    expect(await seriousViolations(other, ".jp-CodeCell:last-child .tombolo-chart")).toEqual([]);
    expect(elsewhere.filter((address) => !address.includes("jupyter"))).toEqual([]);
    const cell = other.getByRole("gridcell", { name: planted[0] ?? "" });
    await cell.click();
    await other.locator(".tombolo-table-top", { hasText: "1 selected" }).waitFor();
    await other.locator(".tombolo-chart svg .mark-rect path").first().hover();
    await other.locator(".tombolo-tooltip:not([hidden])").first().waitFor();
    const canvas = other.locator("canvas.tombolo-canvas");
    await settle(other);
    const [x, y] = await locate(canvas, { longitude: Number(planted[4]), latitude: Number(planted[5]) });
    await canvas.hover({ position: { x, y } });
    await other.locator(".tombolo-tooltip strong", { hasText: planted[0] ?? "" }).waitFor();
    const exporting = other.getByRole("button", { name: "Export", exact: true });
    await exporting.click();
    await other.getByRole("button", { name: "HTML page" }).click();
    await other.getByText("A page would hold the values themselves, which are internal").waitFor();
    expect(await other.getByRole("button", { name: "Keep view" }).count()).toBe(0);
    await exporting.click();
    await opened.save();
    await other.waitForTimeout(300);
    const storage = await other.evaluate(everythingStored);
    execFileSync(environment.python, ["-m", "nbconvert", "--to", "html", join(work, "private.ipynb")], {
      env: environment.variables,
      stdio: "ignore",
    });
    const saved = ["private.ipynb", ".ipynb_checkpoints/private-checkpoint.ipynb", "private.html"].map(
      (name) => readFileSync(join(work, name), "utf8"),
    );
    for (const what of ["Table", "Chart", "Map"])
      expect(saved[0]).toContain(`${what} of internal data: run the cell to see it.`);
    expect(saved[0]).toContain("Homes · preset standard · run on ");
    // The browser's cache was not even opened.
    expect(JSON.parse(storage).at(-1)).toEqual([]);
    for (const text of [...saved, storage]) for (const value of planted) expect(text).not.toContain(value);
    expect(saved[0]).not.toContain("image/png");
    expect(opened.errors).toEqual([]);
    await other.close();
  }, 60_000);
});
