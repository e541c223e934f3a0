import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { kernelspec } from "../../kernel/src/jupyter/kernelspec.ts";
import { findEnvironment } from "../support/environment.ts";

const environment = findEnvironment();
const main = fileURLToPath(new URL("../../kernel/dist/jupyter/main.js", import.meta.url));
const MINUTE = 60_000;
const folder = mkdtempSync(join(tmpdir(), "tombolo-protocol-"));
let runs = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script of this folder with a kernelspec for the built kernel; returns its exit status and what it printed. */
function python(script: string, ...parameters: string[]) {
  if (!environment) throw new Error("no environment");
  const file = fileURLToPath(new URL(script, import.meta.url));
  const spec = JSON.stringify(kernelspec(environment.node, main));
  const { status, stdout, stderr } = spawnSync(environment.python, [file, ...parameters], {
    encoding: "utf8",
    env: {
      ...process.env,
      KERNEL_SPEC: spec,
      NODE_OPTIONS: "",
      TOMBOLO_HISTORY: join(folder, `${++runs}.jsonl`),
    },
    timeout: 2 * MINUTE,
  });
  return { status, stdout, stderr };
}

const checks = [
  ["values are shown and variables shared", "checks.py", "values"],
  ["an error names the cell and its line", "checks.py", "error_line"],
  ["every kind of cell can be interrupted and the variables stay", "checks.py", "interrupt"],
  ["a million lines arrive, in few messages, none after idle", "checks.py", "much_output"],
  ["an error gives up the cells that wait, unless told otherwise", "checks.py", "queue"],
  ["silent cells and user expressions", "checks.py", "options"],
  ["what a timer prints goes to the cell that started it", "checks.py", "late_output"],
  ["a promise that nobody awaits does not end the kernel", "checks.py", "unawaited"],
  ["binary parts are served over a comm, also while a cell runs", "checks.py", "blobs"],
  ["process.exit is refused", "checks.py", "process_exit"],
  ["messages with a wrong signature, or sent twice, are ignored", "checks.py", "forged"],
  ["control and heartbeat answer while a cell loops, and shutdown works", "checks.py", "busy_kernel"],
  ["completion knows values and runs no getter", "checks.py", "completion"],
  ["values choose how they are shown", "checks.py", "display"],
  ["modules, files of one's own, and their edits", "checks.py", "modules"],
  ["Ctrl-C interrupts", "checks.py", "control_c"],
  ["sockets that are files", "checks.py", "over_files"],
  ["a kernel whose parent has died ends", "checks.py", "orphan"],
  ["start-up time", "checks.py", "start"],
  ["questions to the person at the notebook, with and without blocking", "conversation.py", "questions"],
  ["a question can be interrupted", "conversation.py", "question_interrupted"],
  ["a client that takes no input is not asked", "conversation.py", "nobody_to_ask"],
  ["comms in both directions, with buffers", "conversation.py", "comms"],
  ["subshells run while a cell waits", "conversation.py", "subshells"],
  ["usage is told", "conversation.py", "usage"],
  ["history is kept when the kernel ends, without what cells gave", "conversation.py", "history"],
  [
    "what is printed beyond the limit goes into a file, and nothing is lost",
    "conversation.py",
    "output_limit",
  ],
  ["types: a warning beside the run, a refusal, or nothing", "conversation.py", "types"],
  ["completion and inspection while a cell runs", "conversation.py", "while_running"],
  ["queries, downloads, imports and commands can be interrupted", "conversation.py", "long_work"],
  ["the debugger steps through cells and shows what they hold", "debugger.py", "steps"],
  ["variables are shown without a debugging run, and no getter runs", "debugger.py", "without_run"],
  [
    "breakpoints in earlier cells, in magics, in files, and steps over an await",
    "debugger.py",
    "earlier_code",
  ],
  ["the debugger stops on errors that nothing in a cell catches, or on all", "debugger.py", "exceptions"],
  [
    "a kernel that stands still answers, is interrupted, let go and shut down",
    "debugger.py",
    "stopped_kernel",
  ],
  ["a thousand cells do not fill the memory", "endurance.py", "many_cells"],
  ["two clients at once", "endurance.py", "two_clients"],
  ["malformed messages are ignored", "endurance.py", "malformed"],
  ["two hundred starts and clean shutdowns", "endurance.py", "restarts"],
];

if (!environment)
  process.stdout.write("Protocol tests are skipped: there is no .venv; `npm start` makes it.\n");

(environment ? describe : describe.skip)("the kernel over Jupyter's protocol", () => {
  test("is built", () => expect(existsSync(main)).toBe(true));

  test.each(checks)(
    "%s",
    (_, script, check) => {
      const { status, stdout, stderr } = python(script, check);
      if (stdout) process.stdout.write(stdout);
      expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    },
    2 * MINUTE,
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
