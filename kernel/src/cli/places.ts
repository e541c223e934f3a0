import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { userJupyterFolder } from "../jupyter-folder.ts";

/** Where to install; the last that is given counts, `user` when none is. */
export interface PlaceOptions {
  readonly user?: boolean | undefined;
  readonly "sys-prefix"?: boolean | undefined;
  readonly prefix?: string | undefined;
}

/** The folder of the store where a command is not told another, as in notebooks. */
export function storeFolder(): string {
  return process.env.TOMBOLO_STORE || ".tombolo";
}

/** The folder in which a Jupyter looks for kernels and extensions. */
export function jupyterFolder(options: PlaceOptions): string {
  const prefix = environmentOf(options);
  return prefix === undefined ? userJupyterFolder() : join(prefix, "share", "jupyter");
}

/** The Python environment to install into; undefined for the user's own folders. */
export function environmentOf(options: PlaceOptions): string | undefined {
  const chosen = [
    options.user && "user",
    options["sys-prefix"] && "sys-prefix",
    options.prefix !== undefined && "prefix",
  ].filter(Boolean);
  if (chosen.length > 1)
    throw new UserError(`--${chosen.join(" and --")} exclude each other`, { hint: "Give one of them." });
  if (options.prefix !== undefined) return resolve(options.prefix);
  return options["sys-prefix"] ? pythonPrefix() : undefined;
}

/** Prefix of the active virtual environment, else of the Python that is found first. */
function pythonPrefix(): string {
  const { VIRTUAL_ENV } = process.env;
  if (VIRTUAL_ENV) return VIRTUAL_ENV;
  try {
    const python = process.platform === "win32" ? "python" : "python3";
    return execFileSync(python, ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8" }).trim();
  } catch (cause) {
    throw new UserError("--sys-prefix needs Python, and none was found", {
      hint: "Use --prefix DIR instead.",
      cause,
    });
  }
}

/** Folder of the kernelspec below a Jupyter folder. */
export const kernelFolder = (jupyter: string): string => join(jupyter, "kernels", "tombolo");

/** Folder of the JupyterLab extension below a Jupyter folder. */
export const extensionFolder = (jupyter: string): string =>
  join(jupyter, "labextensions", "@tombolo", "jupyterlab");
