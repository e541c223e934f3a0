// @ts-check
import { join } from "node:path";
import { writeMapPage } from "./map-page.js";
import { compiler, root } from "./paths.js";
import { run } from "./run.js";

/** What the build is made from. */
export const SOURCES = [
  "bundle",
  "kernel",
  "extension",
  "package-lock.json",
  "tsconfig.base.json",
  "scripts/lib/compile.js",
  "scripts/lib/map-page.js",
];

/** Compiles TypeScript: types are checked on the way. */
export async function compile(projects = ["bundle", "kernel", "extension"]) {
  await run(process.execPath, [compiler, "-b", ...projects], { what: "tsc" });
}

/** Packs the JupyterLab extension as JupyterLab wants it, without Python. */
export async function packExtension() {
  await writeMapPage();
  const builder = join(root, "node_modules", "@jupyter", "builder", "lib", "build-labextension.js");
  const core = join(root, "node_modules", "@jupyterlab", "core-meta", "core.package.json");
  const folder = join(root, "extension");
  await run(process.execPath, [builder, "--core-package-file", core, "."], {
    folder,
    what: "packing the extension",
  });
}

/** Kernel and extension. */
export async function buildAll() {
  await compile();
  await packExtension();
}
