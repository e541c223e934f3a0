// @ts-check
import { spawn } from "node:child_process";
import { containedVariables, root } from "./paths.js";

/** A sentence for the user: something is missing that only he can give. Shown without a stack. */
export class Missing extends Error {}

/**
 * Runs a program and returns what it printed. When it fails, throws a Missing with the end of what it printed.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ folder?: string, variables?: NodeJS.ProcessEnv, what?: string, loud?: boolean }} [options]
 * @returns {Promise<string>}
 */
export function run(
  program,
  parameters,
  { folder = root, variables = containedVariables(), what = program, loud = false } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: folder,
      env: variables,
      stdio: ["ignore", loud ? "inherit" : "pipe", loud ? "inherit" : "pipe"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (part) => {
        printed += part;
      });
    child.on("error", (error) => reject(new Missing(`${what} cannot be started: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(printed);
      else
        reject(
          new Missing(
            `${what} failed (${signal ?? code}).${loud ? "" : `\n${printed.trimEnd().split("\n").slice(-25).join("\n")}`}`,
          ),
        );
    });
  });
}

/**
 * Does a step and says so: what, and how long it took, or that there was nothing to do.
 * @param {string} name
 * @param {() => Promise<boolean>} work - true when something was done
 */
export async function step(name, work) {
  const started = performance.now();
  if (process.stdout.isTTY) process.stdout.write(`… ${name}`);
  const changed = await work();
  const took = ((performance.now() - started) / 1000).toFixed(1);
  if (process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  console.log(`✓ ${name}${changed ? ` (${took} s)` : " (nothing to do)"}`);
}

/**
 * Runs a script's main function; what is missing is said in its sentence, anything else is a bug and shows everything.
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Missing ? `✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}
