import { expect, test } from "@jest/globals";
import { describeChecks } from "./python.ts";

describeChecks(
  "the kernel over Jupyter's protocol",
  [
    ["values are shown and variables shared", "checks.py", "values"],
    ["an error names the cell and its line", "checks.py", "error_line"],
    ["a million lines arrive, in few messages, none after idle", "checks.py", "much_output"],
    ["an error gives up the cells that wait, unless told otherwise", "checks.py", "queue"],
    ["silent cells and user expressions", "checks.py", "options"],
    ["what a timer prints goes to the cell that started it", "checks.py", "late_output"],
    ["a promise that nobody awaits does not end the kernel", "checks.py", "unawaited"],
    ["binary parts are served over a comm, also while a cell runs", "checks.py", "blobs"],
    ["messages with a wrong signature, or sent twice, are ignored", "checks.py", "forged"],
    ["completion knows values and runs no getter", "checks.py", "completion"],
    ["values choose how they are shown", "checks.py", "display"],
    ["what is shown without waiting for it keeps its place", "checks.py", "unawaited_display"],
    ["modules, files of one's own, and their edits", "checks.py", "modules"],
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
    ["what is printed beyond the limit goes into a file", "conversation.py", "output_limit"],
    ["types: a warning beside the run, a refusal, or nothing", "conversation.py", "types"],
    ["completion and inspection while a cell runs", "conversation.py", "while_running"],
    ["names declared again, seen late, known early", "behaviour.py", "declarations"],
    ["packages of both kinds, and names of the runtime taken by a notebook", "behaviour.py", "packages"],
    ["errors are shown once, in the user's lines, also those nobody waits for", "behaviour.py", "errors"],
    ["output is whole, in order, and not after idle", "behaviour.py", "output"],
    ["the fields of messages", "behaviour.py", "messages"],
    ["a client that subscribes is welcomed", "behaviour.py", "welcome"],
    ["a kernel that chooses its ports tells them", "behaviour.py", "handshake"],
  ],
  (python) => {
    test("passes Jupyter's conformance suite", () => {
      const { status, stderr } = python("conformance.py");
      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(/^OK/m) });
      expect(stderr).not.toContain("failures=");
    }, 180_000);
  },
);
