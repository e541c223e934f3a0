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
  if (projects.includes("kernel")) await prepareCatalogue();
}

/** What `%find` and completion know of all datasources, from the importers that were just compiled. */
async function prepareCatalogue() {
  // In a process of its own: modules of an earlier build may be loaded here.
  const program = `
    const { writeFileSync } = await import("node:fs");
    const { preparedCatalogue } = await import("./word-index.js");
    writeFileSync("prepared.json", await preparedCatalogue());`;
  await run(process.execPath, ["--input-type=module", "-e", program], {
    folder: join(root, "kernel", "dist", "catalogue"),
    what: "preparing the catalogue",
  });
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
