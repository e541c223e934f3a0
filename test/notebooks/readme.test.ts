import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { temporaryFolder } from "../support/store.ts";

const root = new URL("../..", import.meta.url).pathname;
const readme = readFileSync(join(root, "README.md"), "utf8");
const runner = new URL("../support/run_cells.py", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

test("the cells of the README run, and end in a map", () => {
  const environment = requireEnvironment("the README's cells are run");
  const cells = [...readme.matchAll(/^```\n(%[\s\S]*?)^```$/gm)].map((match) => match[1]);
  expect(cells.length).toBeGreaterThanOrEqual(3);
  const answers: { status: string; shown: { data?: Record<string, unknown> }[] }[] = JSON.parse(
    execFileSync(environment.python, [runner, environment.kernel], {
      input: JSON.stringify(cells),
      env: environment.variables,
      cwd: folder.path,
      encoding: "utf8",
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(cells.map(() => "ok"));
  expect(answers.at(-1)?.shown.at(-1)?.data).toHaveProperty(["image/png"]);
}, 60_000);

test("the commands of the README exist", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const commands = [...readme.matchAll(/`npm (?:run )?([a-z]+)/g)].map((match) => match[1] ?? "");
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) expect(Object.keys(scripts)).toContain(command);
});

test("the folders and files of the README exist", () => {
  const paths = [
    ...readme.matchAll(/`((?:kernel|bundle|extension|notebooks|schema|scripts|test|docs)\/[\w./-]*)`/g),
  ].map((match) => match[1] ?? "");
  expect(paths.length).toBeGreaterThan(12);
  for (const path of paths)
    expect({ path, exists: existsSync(join(root, path)) }).toEqual({ path, exists: true });
  for (const match of readme.matchAll(/\]\(([^)#:]+)\)/g))
    expect(existsSync(join(root, match[1] ?? ""))).toBe(true);
});
