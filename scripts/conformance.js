// @ts-check
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { containedVariables, root } from "./lib/paths.js";
import { Missing, runMain } from "./lib/run.js";
import { setUp } from "./lib/setup.js";

// Runs the cases of the file in TOMBOLO_CASES; one line for each that fails, then the count.
// --engine postgis computes them there; duckdb unless told otherwise.
await runMain(async () => {
  const { engine = "duckdb" } = parseArgs({ options: { engine: { type: "string" } } }).values;
  if (!["duckdb", "postgis"].includes(engine))
    throw new Missing(`There is no engine "${engine}"; known: duckdb, postgis.`);
  await setUp();
  const results = join(root, "test", "output", "conformance.json");
  mkdirSync(join(root, "test", "output"), { recursive: true });
  rmSync(results, { force: true });
  await jest(engine, ["--json", `--outputFile=${results}`, join("test", "conformance")]);
  const { testResults } = JSON.parse(readFileSync(results, "utf8"));
  const cases = testResults.flatMap(
    (/** @type {{ assertionResults: unknown[] }} */ file) => file.assertionResults,
  );
  const failed = cases.filter((/** @type {{ status: string }} */ { status }) => status !== "passed");
  for (const one of failed) console.log(`✗ ${one.title}: ${reasonOf(one.failureMessages[0] ?? "not run")}`);
  console.log(`${cases.length - failed.length} of ${cases.length} cases passed`);
  if (cases.length === 0 || failed.length > 0) throw new Missing(`${failed.length} cases failed.`);
});

/**
 * What is wrong, on one line: the received value of the check, or the first line of an error.
 * @param {string} message
 */
function reasonOf(message) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours that jest writes.
  const plain = message.replace(/\u001b\[\d+m/g, "");
  const received = /Received:\s*([\s\S]*?)(?=\n\s+at |$)/.exec(plain)?.[1] ?? plain.split("\n")[0] ?? "";
  return received.trim().replace(/\s+/g, " ").slice(0, 300);
}

/**
 * @param {string} engine
 * @param {readonly string[]} parameters
 */
function jest(engine, parameters) {
  const variables = {
    ...containedVariables(),
    TOMBOLO_ENGINE: engine,
    NODE_OPTIONS: "--experimental-vm-modules --disable-warning=ExperimentalWarning",
  };
  const program = join(root, "node_modules", "jest", "bin", "jest.js");
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: root,
    env: variables,
    stdio: "ignore",
  });
  return new Promise((resolve) => child.on("close", resolve));
}
