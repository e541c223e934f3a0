import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "@jest/globals";
import { kernelspec } from "../../kernel/src/jupyter/kernelspec.ts";
import { describeWhere } from "../support/describe-where.ts";
import { findEnvironment } from "../support/environment.ts";

const environment = findEnvironment();
const main = fileURLToPath(new URL("../../kernel/dist/jupyter/main.js", import.meta.url));
const MINUTES = 3 * 60_000;

/** How a Python script has ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A block of tests, each of which runs a check of a Python script of this folder: `[sentence, script, check]`. The script
 * talks to the built kernel through Jupyter's own client; it gets the kernelspec from the environment.
 */
export function describeChecks(
  title: string,
  checks: readonly (readonly [sentence: string, script: string, check: string])[],
  more?: (python: (script: string, ...parameters: string[]) => Ended) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-protocol-"));
  let runs = 0;
  const python = (script: string, ...parameters: string[]): Ended => {
    if (!environment) throw new Error("no environment");
    const { status, stdout, stderr } = spawnSync(
      environment.python,
      [fileURLToPath(new URL(script, import.meta.url)), ...parameters],
      {
        encoding: "utf8",
        env: {
          ...process.env,
          KERNEL_SPEC: JSON.stringify(kernelspec(environment.node, main)),
          NODE_OPTIONS: "",
          TOMBOLO_HISTORY: join(folder, `${++runs}.jsonl`),
        },
        timeout: MINUTES,
      },
    );
    return { status, stdout, stderr };
  };

  const missing = environment ? undefined : 'there is no .venv; "npm start" makes it';
  describeWhere(missing, title, () => {
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test("the kernel is built", () => expect(existsSync(main)).toBe(true));

    test.each(checks)(
      "%s",
      (_, script, check) => {
        const { status, stdout, stderr } = python(script, check);
        if (stdout) process.stdout.write(stdout);
        expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
      },
      MINUTES,
    );

    more?.(python);
  });
}
