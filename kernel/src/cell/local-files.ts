import { readFileSync, statSync } from "node:fs";
import { type ResolveFnOutput, registerHooks } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { UserError } from "../errors.ts";
import { isOwnPackage } from "./own-packages.ts";
import { originalPlaces } from "./source-maps.ts";
import { stripTypes } from "./strip.ts";
import { keepText } from "./texts.ts";

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
const TYPESCRIPT = /\.[cm]?tsx?$/;
const CODE = /\.[cm]?[jt]sx?$/;
const LOCAL_IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Whether a specifier names a file rather than a package. */
export function isPath(specifier: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|\/|file:)/.test(specifier);
}

/** The URL of a file of the user's, which changes when the file does: after an edit, importing it again loads it again. */
export function localFile(folder: string, specifier: string): string {
  return versionedUrl(found(folder, specifier));
}

const required = new Map<string, number>();

/** The path of a file of the user's; after an edit, what `require` keeps of it is dropped. */
export function requiredFile(folder: string, specifier: string, { cache }: NodeJS.Require): string {
  const path = found(folder, specifier);
  const changed = lastChange(path, new Set());
  if (required.get(path) !== changed) {
    required.set(path, changed);
    for (const kept of Object.keys(cache)) if (!kept.includes("/node_modules/")) delete cache[kept];
  }
  return path;
}

function found(folder: string, specifier: string): string {
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  const file = existing(path);
  if (file === undefined) throw new UserError(`There is no file ${specifier} to import`, { where: path });
  return file;
}

/** The URL of a file with a version that changes when the file does, or any other file that it imports. */
function versionedUrl(path: string): string {
  return `${pathToFileURL(path).href}?changed=${lastChange(path, new Set())}`;
}

function lastChange(path: string, seen: Set<string>): number {
  seen.add(path);
  let latest = statSync(path).mtimeMs;
  if (!CODE.test(path)) return latest;
  for (const [, specifier = ""] of readFileSync(path, "utf8").matchAll(LOCAL_IMPORT)) {
    const imported = existing(resolve(dirname(path), specifier));
    if (imported && !seen.has(imported)) latest = Math.max(latest, lastChange(imported, seen));
  }
  return latest;
}

function existing(path: string): string | undefined {
  return ENDINGS.map((ending) => path + ending).find(
    (candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true,
  );
}

/** A package that the kernel has anyway, unless one is installed where it is imported. */
function resolveOwn(
  specifier: string,
  installed: () => ResolveFnOutput,
  next: (specifier: string, context: { parentURL: string }) => ResolveFnOutput,
): ResolveFnOutput {
  try {
    return installed();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && /MODULE_NOT_FOUND$/.test(String(error.code))))
      throw error;
    return next(specifier, { parentURL: import.meta.url });
  }
}

/** Folders of the kernel's own files, which the user does not edit: a second copy of one would have a state of its own. */
const OWN_FOLDERS = [
  new URL("../../", import.meta.url),
  new URL(".", import.meta.resolve("@tombolo/bundle")),
].map(({ href }) => href);

let isHooked = false;

/**
 * Lets the user's files be TypeScript of every kind, imported with or without an ending, and packages import what the
 * kernel has. Cells that import nothing do not pay for it.
 */
export function hookModules(): void {
  if (isHooked || typeof registerHooks !== "function") return;
  isHooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL: parent = "" } = context;
      if (isOwnPackage(specifier)) return resolveOwn(specifier, () => next(specifier, context), next);
      const isOwn = OWN_FOLDERS.some((folder) => parent.startsWith(folder));
      const isLocal = parent.startsWith("file:") && !parent.includes("/node_modules/") && !isOwn;
      if (!isLocal || !/^\.{1,2}\//.test(specifier)) return next(specifier, context);
      const file = existing(fileURLToPath(new URL(specifier, parent)));
      if (file === undefined) return next(specifier, context);
      // CommonJS keeps modules by their paths and knows no versions.
      return next(context.conditions.includes("require") ? file : versionedUrl(file), context);
    },
    load(url, context, next) {
      const path = url.startsWith("file:") && !url.includes("/node_modules/") ? fileURLToPath(url) : "";
      if (!TYPESCRIPT.test(path)) return next(url, context);
      const source = readFileSync(path, "utf8");
      const { code, map } = stripTypes(source, path);
      keepText(url, { label: path, source, isFile: true, original: (place) => originalPlaces(map)(place) });
      return { format: "module", source: code, shortCircuit: true };
    },
  });
}
