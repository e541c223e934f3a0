import { execFileSync } from "node:child_process";
import { expect, it } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";

const { python } = requireEnvironment("Jupyter Server saves a notebook");

/** Saves a notebook through Jupyter Server's own contents manager, as its extension point would set it up. */
const PROGRAM = `
import json, sys, tempfile, types
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.contents.filemanager import FileContentsManager
import tombolo_save_hook
folder = tempfile.mkdtemp()
manager = FileContentsManager(root_dir=folder)
tombolo_save_hook._load_jupyter_server_extension(types.SimpleNamespace(contents_manager=manager))
content = json.load(sys.stdin)
manager.save({"type": "notebook", "format": "json", "content": content}, "a.ipynb")
print(open(folder + "/a.ipynb").read())
`;

const MAP = "application/vnd.tombolo.map.v1+json";
const LIVE = "0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9";
const shown = (data: object) => ({ output_type: "display_data", metadata: {}, data });

it("keeps values that are not public out of the file, and everything else in it", () => {
  const outputs = [
    shown({
      [MAP]: { version: 1, access: "sensitive", title: "Map", live: LIVE, classes: [421_337] },
      "image/png": "aGk=",
    }),
    shown({ [MAP]: { version: 1, access: "internal", classes: [421_338] }, "text/plain": "Map of 421339" }),
    shown({ [MAP]: { version: 1, access: "public", title: "Map", classes: [7] }, "image/png": "aGk=" }),
    shown({ "text/plain": "mine" }),
  ];
  const cell = { cell_type: "code", execution_count: 1, id: "a", metadata: {}, source: "", outputs };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
  const saved = execFileSync(python, ["-c", PROGRAM], { encoding: "utf8", input: JSON.stringify(notebook) });
  expect(saved).not.toMatch(/42133\d/);
  const kept: { data: unknown }[] = JSON.parse(saved).cells[0].outputs;
  expect(kept.map(({ data }) => data)).toEqual([
    {
      [MAP]: { version: 1, access: "sensitive", title: "Map", live: LIVE },
      "text/plain": ["Map of sensitive data: run the cell to see it."],
    },
    { "text/plain": ["An output of internal data: run the cell to see it."] },
    { [MAP]: { version: 1, access: "public", title: "Map", classes: [7] }, "image/png": "aGk=" },
    { "text/plain": ["mine"] },
  ]);
});

it("is known to the Jupyter Server of the environment", () => {
  const list = execFileSync(python, ["-m", "jupyter_server.extension.serverextension", "list"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(list).toMatch(/tombolo_save_hook/);
});
