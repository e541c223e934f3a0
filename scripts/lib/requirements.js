// @ts-check
import { existsSync, statfsSync } from "node:fs";
import { createServer } from "node:net";
import { environment, root } from "./paths.js";
import { Missing, run } from "./run.js";

const NODE = [20, 19];
const PYTHON = [3, 10];
const DISK_BYTES = 2.5e9;

/** Throws when this Node is too old. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [least = 0, leastMinor = 0] = NODE;
  if (major < least || (major === least && minor < leastMinor)) {
    throw new Missing(
      `Node ${NODE.join(".")} or later is needed, and this is ${version}: install it from https://nodejs.org.`,
    );
  }
}

/** Throws when the disk has no room for the first installation. */
export function checkDisk() {
  if (existsSync(environment)) return;
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize >= DISK_BYTES) return;
  throw new Missing(
    `The first start needs ${DISK_BYTES / 1e9} GB of disk, and ${root} has ${((bavail * bsize) / 1e9).toFixed(1)} GB: make room, or move the folder.`,
  );
}

/** The command of a Python that is new enough and can make virtual environments. */
export async function findPython() {
  const candidates = process.platform === "win32" ? [["py", "-3"], ["python"]] : [["python3"], ["python"]];
  let found = "";
  for (const [program = "", ...parameters] of candidates) {
    const probe = "import sys; print('%d.%d' % sys.version_info[:2])";
    const version = await run(program, [...parameters, "-c", probe]).then(
      (text) => text.trim(),
      () => "",
    );
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (major > PYTHON[0] || (major === PYTHON[0] && minor >= (PYTHON[1] ?? 0))) {
      await checkVenv(program, parameters);
      return [program, ...parameters];
    }
    if (version !== "") found = version;
  }
  const what = found === "" ? "none was found" : `this is ${found}`;
  throw new Missing(
    `Python ${PYTHON.join(".")} or later is needed, and ${what}: install it from https://www.python.org or your system's packages.`,
  );
}

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 */
async function checkVenv(program, parameters) {
  try {
    await run(program, [...parameters, "-c", "import venv, ensurepip"]);
  } catch {
    throw new Missing(
      "Python's venv module is needed: on Debian and Ubuntu install it with apt install python3-venv.",
    );
  }
}

/**
 * The port that was asked for, or from 8888 the first that is free. Throws when the one asked for is taken.
 * @param {string | undefined} wanted
 */
export async function choosePort(wanted) {
  if (wanted !== undefined) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Missing(`"${wanted}" is no port: it is a number from 1 to 65535.`);
    if (await isFree(port)) return port;
    throw new Missing(
      `Port ${port} is taken: choose another with --port, or leave it out to get a free one.`,
    );
  }
  for (let port = 8888; port < 8988; port++) if (await isFree(port)) return port;
  throw new Missing("The ports 8888 to 8987 are all taken: choose another with --port.");
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
