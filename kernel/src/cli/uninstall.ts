import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { defineCommand } from "./command.ts";
import { installCommand } from "./install.ts";
import { extensionFolder, jupyterFolder, kernelFolder } from "./places.ts";
import { removeSaveHook } from "./save-hook.ts";

/** `tombolo uninstall`: takes away what `install` put there, and nothing else. */
export const uninstallCommand = defineCommand({
  name: "uninstall",
  summary: "Takes the kernel and the JupyterLab extension out of a Jupyter.",
  usage: "tombolo uninstall [--user | --sys-prefix | --prefix DIR]",
  options: installCommand.options,
  async run({ options }) {
    const jupyter = jupyterFolder(options);
    const folders = [kernelFolder(jupyter), extensionFolder(jupyter)].filter((folder) => existsSync(folder));
    for (const folder of folders) rmSync(folder, { recursive: true });
    const scope = dirname(extensionFolder(jupyter));
    if (existsSync(scope) && readdirSync(scope).length === 0) rmdirSync(scope);
    const removed = [...folders, ...removeSaveHook(options)];
    console.log(
      removed.length > 0
        ? `Removed ${removed.join(" and ")}.`
        : `There was nothing of Tombolo in ${jupyter}.`,
    );
  },
});
