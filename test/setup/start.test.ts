import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "../support/store.ts";

const requirements = new URL("../../scripts/lib/requirements.js", import.meta.url).href;
const layers = new URL("../../scripts/lib/layers.js", import.meta.url).href;
const folder = temporaryFolder();
afterAll(() => folder.remove());

/** Runs an expression on a module in a Node of its own; the sentence of what it lacks, or its value. */
function run(module: string, expression: string, path?: string): string {
  const code = `import * as module from ${JSON.stringify(module)};
    try { console.log(JSON.stringify(await (${expression}))); } catch (error) { console.log(error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", ...(path !== undefined && { PATH: path }) },
  });
  return (stdout + stderr).trim();
}

/** A folder of programs in which python3 answers as told. */
function programs(name: string, python: string | undefined): string {
  const path = join(folder.path, name);
  mkdirSync(path);
  if (python === undefined) return path;
  writeFileSync(join(path, "python3"), `#!/bin/sh\n${python}\n`);
  chmodSync(join(path, "python3"), 0o755);
  return path;
}

describe("what is missing is said in one sentence", () => {
  test.each([
    ["18.19.0", "Node 20.19 or later is needed, and this is 18.19.0: install it from https://nodejs.org."],
    ["20.18.3", "Node 20.19 or later is needed, and this is 20.18.3: install it from https://nodejs.org."],
    ["24.1.0", ""],
  ])("Node %s", (version, sentence) => {
    expect(run(requirements, `module.checkNode("${version}") ?? ""`).replaceAll('"', "")).toBe(sentence);
  });

  test.each([
    ["no Python", undefined, /^Python 3\.10 or later is needed, and none was found: install it/],
    ["an old Python", "echo 3.8", /^Python 3\.10 or later is needed, and this is 3\.8: install it/],
    [
      "a Python without venv",
      'case "$2" in *ensurepip*) exit 1;; *) echo 3.11;; esac',
      /^Python's venv module is needed: on Debian and Ubuntu install it with apt install python3-venv\.$/,
    ],
    ["a good Python", "echo 3.11", /^\["python3"\]$/],
  ])("%s", (name, python, sentence) => {
    expect(run(requirements, "module.findPython()", programs(name.replaceAll(" ", "-"), python))).toMatch(
      sentence,
    );
  });

  test("a port that is taken, and one that is none", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(address && typeof address === "object" ? address.port : 0);
      });
    });
    expect(run(requirements, `module.choosePort("${port}")`)).toBe(
      `Port ${port} is taken: choose another with --port, or leave it out to get a free one.`,
    );
    expect(run(requirements, 'module.choosePort("http")')).toBe(
      '"http" is no port: it is a number from 1 to 65535.',
    );
    server.close();
    expect(Number(run(requirements, "module.choosePort()"))).toBeGreaterThanOrEqual(8888);
  });
});

test("the layers are kept, and a violation would be found", () => {
  const root = new URL("../..", import.meta.url).pathname;
  expect(run(layers, `module.layerMistakes(${JSON.stringify(root)})`)).toBe("[]");
  const tree = join(folder.path, "tree");
  for (const path of [
    "bundle/src",
    "kernel/src/engine",
    "kernel/src/magics",
    "kernel/src/fields",
    "extension/src",
  ])
    mkdirSync(join(tree, path), { recursive: true });
  writeFileSync(join(tree, "kernel/src/engine/a.ts"), 'import { run } from "../magics/dispatch.ts";\n');
  writeFileSync(join(tree, "kernel/src/fields/b.ts"), 'import { readFileSync } from "node:fs";\n');
  writeFileSync(join(tree, "bundle/src/c.ts"), 'export * from "../../kernel/src/errors.ts";\n');
  writeFileSync(join(tree, "kernel/src/magics/d.ts"), 'import { query } from "../engine/a.ts";\n');
  mkdirSync(join(tree, "scripts", "lib"), { recursive: true });
  writeFileSync(join(tree, "scripts/test.js"), 'import { setUp } from "./lib/setup.js";\n');
  writeFileSync(join(tree, "scripts/lib/setup.js"), 'import { parse } from "yaml";\nimport("zod");\n');
  expect(JSON.parse(run(layers, `module.layerMistakes(${JSON.stringify(tree)})`))).toEqual([
    "bundle/src/c.ts: imports kernel/src/errors.ts, a file of another package",
    "kernel/src/engine/a.ts: imports kernel/src/magics/dispatch.ts, of a layer above its own",
    "kernel/src/fields/b.ts: imports node:fs, but must run without Node",
    "scripts/lib/setup.js: imports yaml before it is installed; import it in a function",
  ]);
});

test("generated files are fresh", () => {
  const script = new URL("../../scripts/generate.js", import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, "--check"], {
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  expect({ status, printed: stdout + stderr }).toEqual({ status: 0, printed: "" });
});
