// @ts-check
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SOURCES } from "./compile.js";
import { environment, python, root } from "./paths.js";
import { run } from "./run.js";
import { forget, isDone, markDone, outlineOf } from "./stamp.js";

/** Older releases of JupyterLab that the extension works in: the last of each line. */
const OLDER_JUPYTERLABS = ["4.4.10", "4.5.11"];

/** Environments of these releases, one folder each, for the tests: the release on top of the packages that there are already. */
export async function olderJupyterLabs() {
  let changed = false;
  for (const version of OLDER_JUPYTERLABS) {
    const folder = join(root, ".cache", "jupyterlabs", version);
    const name = `jupyterlab-${version}`;
    const inputs = outlineOf(SOURCES);
    if (isDone(name, inputs) && existsSync(folder)) continue;
    changed = true;
    forget(name);
    await makeEnvironment(folder, version);
    markDone(name, inputs);
  }
  return changed;
}

/**
 * @param {string} folder
 * @param {string} version
 */
async function makeEnvironment(folder, version) {
  const own = programOf(folder);
  if (!existsSync(join(folder, "complete"))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run(python, ["-m", "venv", "--without-pip", folder], { what: "making a virtual environment" });
    await run(
      python,
      ["-m", "pip", "--python", own, "install", "--quiet", "--no-deps", `jupyterlab==${version}`],
      { what: `pip install jupyterlab==${version}` },
    );
    // All other packages are those of the environment that the tests run in.
    writeFileSync(join(packagesOf(folder), "others.pth"), `${packagesOf(environment)}\n`);
    writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
    writeFileSync(join(folder, "complete"), "");
  }
  await run(process.execPath, [join(root, "kernel", "bin", "tombolo.js"), "install", "--prefix", folder], {
    what: "tombolo install",
  });
}

/** @param {string} folder */
function programOf(folder) {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** @param {string} folder */
function packagesOf(folder) {
  if (process.platform === "win32") return join(folder, "Lib", "site-packages");
  const [name = ""] = readdirSync(join(folder, "lib")).filter((each) => each.startsWith("python"));
  return join(folder, "lib", name, "site-packages");
}
