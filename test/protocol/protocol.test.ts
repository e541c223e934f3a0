import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { kernelspec } from "../../kernel/src/jupyter/kernelspec.ts";
import { findEnvironment } from "../support/environment.ts";

const environment = findEnvironment();
const main = fileURLToPath(new URL("../../kernel/dist/jupyter/main.js", import.meta.url));
const MINUTE = 60_000;

/** Runs a script of this folder with a kernelspec for the built kernel; returns its exit status and what it printed. */
function python(script: string, ...parameters: string[]) {
  if (!environment) throw new Error("no environment");
  const file = fileURLToPath(new URL(script, import.meta.url));
  const spec = JSON.stringify(kernelspec(environment.node, main));
  const { status, stdout, stderr } = spawnSync(environment.python, [file, ...parameters], {
    encoding: "utf8",
    env: { ...process.env, KERNEL_SPEC: spec, NODE_OPTIONS: "" },
    timeout: 2 * MINUTE,
  });
  return { status, stdout, stderr };
}

const checks = [
  ["values are shown and variables shared", "values"],
  ["an error names the cell and its line", "error_line"],
  ["every kind of cell can be interrupted and the variables stay", "interrupt"],
  ["a million lines arrive, in few messages, none after idle", "much_output"],
  ["an error gives up the cells that wait, unless told otherwise", "queue"],
  ["silent cells and user expressions", "options"],
  ["what a timer prints goes to the cell that started it", "late_output"],
  ["a promise that nobody awaits does not end the kernel", "unawaited"],
  ["binary parts are served over a comm, also while a cell runs", "blobs"],
  ["process.exit is refused", "process_exit"],
  ["messages with a wrong signature, or sent twice, are ignored", "forged"],
  ["control and heartbeat answer while a cell loops, and shutdown works", "busy_kernel"],
  ["completion knows values and runs no getter", "completion"],
  ["values choose how they are shown", "display"],
  ["modules, files of one's own, and their edits", "modules"],
  ["Ctrl-C interrupts", "control_c"],
  ["sockets that are files", "over_files"],
  ["a kernel whose parent has died ends", "orphan"],
  ["start-up time", "start"],
  ["twenty starts and clean shutdowns", "restarts"],
];

if (!environment)
  process.stdout.write("Protocol tests are skipped: there is no .venv; `npm start` makes it.\n");

(environment ? describe : describe.skip)("the kernel over Jupyter's protocol", () => {
  test("is built", () => expect(existsSync(main)).toBe(true));

  test.each(checks)(
    "%s",
    (_, check) => {
      const { status, stdout, stderr } = python("checks.py", check);
      if (stdout) process.stdout.write(stdout);
      expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    },
    MINUTE,
  );

  test(
    "passes Jupyter's conformance suite",
    () => {
      const { status, stderr } = python("conformance.py");
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^OK/m) });
      expect(stderr).not.toContain("failures=");
    },
    2 * MINUTE,
  );
});
