import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, jest, test } from "@jest/globals";
import { describeInJupyterLab } from "../support/lab.ts";
import { openNotebook, writeNotebook } from "../support/notebook-page.ts";

jest.setTimeout(90_000);

/** Outputs as an older kernel, another extension or a hand might have made them. */
const CELLS = [
  `({ data: { "application/vnd.tombolo.map.v1+json": { version: 1, access: "sensitive", title: "Map", classes: ["Plantagenet"] }, "text/plain": "Plantagenet" } })`,
  `({ data: { "application/vnd.tombolo.map.v1+json": { version: 1, access: "public", title: "Map" }, "text/plain": "Everybody" } })`,
];

describeInJupyterLab("a notebook with outputs that should not be saved", (lab) => {
  const { work } = lab;
  beforeAll(async () => {
    writeNotebook(join(work, "closed.ipynb"), CELLS);
  }, 90_000);

  test("leaves the browser without their values, and the reader is told", async () => {
    const page = await lab.browser.newPage();
    // What leaves the browser, before Jupyter Server's own hook sees it.
    await page.addInitScript(() => {
      const { fetch } = window;
      const bodies: string[] = [];
      Object.assign(window, { bodies });
      window.fetch = async (...given) => {
        const [request] = given;
        // JupyterLab also puts where its windows are, as late as it likes.
        if (request instanceof Request && request.method === "PUT" && request.url.includes("/api/contents/"))
          bodies.push(await request.clone().text());
        return fetch(...given);
      };
    });
    const notebook = await openNotebook(page, lab.server, "closed.ipynb");
    await notebook.runAll();
    await notebook.save();
    await page.getByText("1 output held what may be values of data that is not public").first().waitFor();
    const bodies: string[] = await page.evaluate("bodies");
    const outputs = bodies.map(outputsOf);
    expect(outputs.at(-1)).toContain("An output of sensitive data: run the cell to see it.");
    expect(outputs.at(-1)).toContain("Everybody");
    expect(outputs.join()).not.toContain("Plantagenet");
    const saved = `{"content":${readFileSync(join(work, "closed.ipynb"), "utf8")}}`;
    expect(outputsOf(saved)).not.toContain("Plantagenet");
    await page.close();
  });

  test("saved past the extension, with a checkpoint and by another name, has them nowhere either", async () => {
    const headers = { Authorization: `token ${lab.server.token}`, "Content-Type": "application/json" };
    const place = `${lab.server.address}/api/contents/past.ipynb`;
    const body = JSON.stringify({ type: "notebook", format: "json", content: notebookOf(CLOSED_OUTPUTS) });
    expect((await fetch(place, { method: "PUT", headers, body })).status).toBe(201);
    expect((await fetch(`${place}/checkpoints`, { method: "POST", headers })).status).toBe(201);
    const copy = { method: "POST", headers, body: JSON.stringify({ copy_from: "past.ipynb" }) };
    expect((await fetch(`${lab.server.address}/api/contents/`, copy)).status).toBe(201);
    const page = await fetch(`${lab.server.address}/nbconvert/html/past.ipynb`, { headers });
    const files = ["past.ipynb", "past-Copy1.ipynb", join(".ipynb_checkpoints", "past-checkpoint.ipynb")];
    for (const text of [await page.text(), ...files.map((file) => readFileSync(join(work, file), "utf8"))]) {
      expect(text).toContain("An output of sensitive data: run the cell to see it.");
      expect(text).not.toContain("Plantagenet");
    }
  });
});

const MAP = "application/vnd.tombolo.map.v1+json";
const CLOSED_OUTPUTS = [
  { [MAP]: { version: 1, access: "sensitive", classes: ["Plantagenet"] }, "image/png": "aGk=" },
  { [MAP]: { version: 1, access: "sensitive", title: "Map", live: "1" }, "text/plain": "Plantagenet" },
].map((data) => ({
  output_type: "display_data",
  metadata: { [MAP]: { view: "Plantagenet" } },
  data,
}));

function notebookOf(outputs: readonly object[]): object {
  const cell = { cell_type: "code", id: "a", execution_count: 1, metadata: {}, source: "", outputs };
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
}

/** The outputs of the notebook in a request that saves it, as text. */
function outputsOf(body: string): string {
  const { content }: { content?: { cells?: { outputs: unknown }[] } } = JSON.parse(body);
  return JSON.stringify(content?.cells?.map(({ outputs }) => outputs) ?? []);
}
