// @ts-check
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildAll, SOURCES } from "./compile.js";
import { compiler, environment, kernelNode, python, root } from "./paths.js";
import { checkDisk, checkNode, findPython } from "./requirements.js";
import { run, step } from "./run.js";
import { digestOf, forget, isDone, markDone, outlineOf } from "./stamp.js";

/**
 * Everything that start and test need, each part only when its inputs have changed: npm packages, the virtual environment,
 * the build, and kernelspec and extension inside that environment. Nothing is written outside the checkout.
 * @param {{ requirements?: readonly string[] }} [options]
 */
export async function setUp({ requirements = ["requirements.txt"] } = {}) {
  checkNode();
  checkDisk();
  mkdirSync(join(root, ".jupyter"), { recursive: true });
  await step("npm packages", npmPackages);
  await step("Python environment with JupyterLab", () => virtualEnvironment(requirements));
  await step("build", build);
  await step("kernel and extension inside the environment", install);
}

/**
 * npm packages of a folder as its lock file says.
 * @param {string} [folder]
 */
export async function npmPackages(folder = root) {
  const name = `npm-${folder === root ? "root" : folder.slice(root.length + 1).replace(/[\\/]/g, "-")}`;
  const inputs = digestOf([join(folder, "package-lock.json")]);
  if (isDone(name, inputs) && existsSync(join(folder, "node_modules"))) return false;
  forget(name);
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lock file that lacks the binaries of platforms other than the one it was written on.
  const parameters = [
    "install",
    "--no-save",
    "--no-audit",
    "--no-fund",
    ...(folder === root ? [] : ["--no-workspaces"]),
  ];
  const [program, ...first] = npm
    ? [process.execPath, npm]
    : [process.platform === "win32" ? "npm.cmd" : "npm"];
  await run(program ?? "npm", [...first, ...parameters], { folder, what: "npm install" });
  markDone(name, inputs);
  return true;
}

/**
 * @param {readonly string[]} requirements - files of pinned packages
 */
async function virtualEnvironment(requirements) {
  let changed = false;
  for (const file of requirements) {
    const inputs = digestOf([join(root, file)]);
    if (isDone(file, inputs) && existsSync(python)) continue;
    changed = true;
    if (file === requirements[0]) await makeEnvironment(file);
    forget(file);
    await run(python, ["-m", "pip", "install", "--quiet", "-r", join(root, file)], { what: "pip install" });
    markDone(file, inputs);
  }
  return changed;
}

/**
 * A new environment, unless there is a complete one whose packages have only to be brought up to date.
 * @param {string} first
 */
async function makeEnvironment(first) {
  const complete = existsSync(join(root, ".cache", "stamps", first)) && existsSync(python);
  if (complete) return;
  for (const name of [first, "requirements-test.txt", "install"]) forget(name);
  rmSync(environment, { recursive: true, force: true });
  const [program = "", ...parameters] = await findPython();
  await run(program, [...parameters, "-m", "venv", environment], { what: "making the virtual environment" });
  // JupyterLab brings CommonJS files that would be read as ES modules below our package.json.
  writeFileSync(join(environment, "package.json"), '{ "type": "commonjs" }\n');
}

async function build() {
  const inputs = outlineOf(SOURCES);
  if (isDone("build", inputs) && existsSync(compiler)) return false;
  forget("build");
  await buildAll();
  markDone("build", inputs);
  return true;
}

async function install() {
  const inputs = `${outlineOf(SOURCES)} ${kernelNode()} ${digestOf([join(root, "requirements.txt")])}`;
  if (isDone("install", inputs) && existsSync(join(environment, "share", "jupyter", "kernels", "tombolo")))
    return false;
  forget("install");
  await run(
    process.execPath,
    [join(root, "kernel", "bin", "tombolo.js"), "install", "--prefix", environment],
    { what: "tombolo install" },
  );
  markDone("install", inputs);
  return true;
}
