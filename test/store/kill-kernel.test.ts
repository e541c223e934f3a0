import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { temporaryFolder } from "../support/store.ts";

const script = new URL("../support/kill_kernel.py", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

test("a kernel killed in the middle of an import leaves the store as it was before it", () => {
  const { python, kernel, variables } = requireEnvironment("a kernel is killed");
  const found: string[] = JSON.parse(
    execFileSync(python, [script, kernel], { cwd: folder.path, env: variables, encoding: "utf8" }),
  );
  expect(found).toHaveLength(6);
  for (const counts of found) expect(["33 0", "33 394"]).toContain(counts);
  expect(found[0]).toBe("33 0");
  expect(existsSync(join(folder.path, ".tombolo", "imports"))).toBe(true);
}, 90_000);
