// @ts-check
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { olderJupyterLabs } from "./lib/older-jupyterlabs.js";
import { containedVariables, root } from "./lib/paths.js";
import { runMain, step } from "./lib/run.js";
import { npmPackages, setUp } from "./lib/setup.js";

await runMain(async () => {
  await setUp({ requirements: ["requirements.txt", "requirements-test.txt"] });
  await step("tslab, to compare with", () => npmPackages(join(root, "test", "tslab")));
  await step("older releases of JupyterLab, to be tried in", olderJupyterLabs);
  const results = join(root, "test", "output", "results.json");
  mkdirSync(join(root, "test", "output"), { recursive: true });
  rmSync(results, { force: true });
  const code = await jest(["--json", `--outputFile=${results}`, ...process.argv.slice(2)]);
  printCounts(results);
  process.exitCode = code;
});

/**
 * @param {readonly string[]} parameters
 * @returns {Promise<number>}
 */
function jest(parameters) {
  const variables = {
    ...containedVariables(),
    NODE_OPTIONS: "--experimental-vm-modules --disable-warning=ExperimentalWarning",
  };
  const program = join(root, "node_modules", "jest", "bin", "jest.js");
  // With --json jest prints the results to standard output as well; the readable report goes to standard error.
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: root,
    env: variables,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
}

/** @param {string} path */
function printCounts(path) {
  const { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites, testResults } =
    JSON.parse(readFileSync(path, "utf8"));
  /** @type {Map<string, number>} */
  const skipped = new Map();
  // jest says nothing of a file all of whose tests are skipped. Why they are stands in their titles.
  for (const { assertionResults } of testResults) {
    for (const { status, ancestorTitles, title } of assertionResults) {
      const reason = ancestorTitles[0] ?? title;
      if (status === "pending") skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
    }
  }
  for (const [reason, count] of skipped) console.log(`skipped (${count}): ${reason}`);
  // A file that cannot be loaded has no tests to count, but it has failed.
  console.log(
    `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed, ${numPendingTests} skipped`,
  );
}
