import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FILE = "spatial.duckdb_extension";

/**
 * Path of DuckDB's spatial extension: the one the environment names, else the one in the virtual environment of the
 * checkout this file lies in. Undefined when there is neither; DuckDB may then have one of its own.
 */
export function findSpatialExtension(): string | undefined {
  const named = process.env["TOMBOLO_SPATIAL_EXTENSION"];
  if (named && existsSync(named)) return named;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (dirname(folder) !== folder) {
    const found = inVirtualEnvironment(join(folder, ".venv"));
    if (found) return found;
    folder = dirname(folder);
  }
  return undefined;
}

/** Path of the extension that PyPI's `duckdb-extension-spatial` has put into a virtual environment. */
export function inVirtualEnvironment(environment: string): string | undefined {
  for (const packages of sitePackages(environment)) {
    const extensions = join(packages, "duckdb_extension_spatial", "extensions");
    if (!existsSync(extensions)) continue;
    const found = readdirSync(extensions).map((version) => join(extensions, version, FILE));
    const [first] = found.filter((path) => existsSync(path));
    if (first) return first;
  }
  return undefined;
}

function sitePackages(environment: string): string[] {
  const lib = join(environment, "lib");
  const pythons = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith("python3")) : [];
  return [
    ...pythons.map((name) => join(lib, name, "site-packages")),
    join(environment, "Lib", "site-packages"),
  ];
}
