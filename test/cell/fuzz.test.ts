import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { ProgramMaker } from "./programs.ts";

const { node } = requireEnvironment("cells run on the Node that comes with it");
const runner = new URL("./run-programs.js", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "tombolo-fuzz-"));

interface Outcome {
  readonly count: number;
  /** Characters that all programs have printed. */
  readonly length: number;
  readonly differences: readonly { program: string; file: string; one: string; several: string }[];
}

function run(programs: readonly { program: string; cells: readonly string[] }[]): Outcome {
  const printed = execFileSync(node, ["--disable-warning=ExperimentalWarning", runner], {
    input: JSON.stringify(programs),
    encoding: "utf8",
    cwd: folder,
  });
  return JSON.parse(printed);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("random programs do the same as a file, as one cell and as several", () => {
  test.each([1, 2])("a hundred programs from seed %d000 on", (thousand) => {
    const programs = Array.from({ length: 100 }, (_, index) => {
      const maker = new ProgramMaker(1000 * thousand + index);
      const statements = maker.make(12);
      return { program: statements.join("\n"), cells: maker.cut(statements) };
    });
    const { differences, length } = run(programs);
    expect(differences).toEqual([]);
    // Programs that stop at their first line would agree as well.
    expect(length).toBeGreaterThan(100_000);
  });
});
