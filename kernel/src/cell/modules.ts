import { readFileSync, statSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { originalPlace } from "./compile.ts";
import type { CellText } from "./errors.ts";
import type { Reference } from "./references.ts";
import { plainSpecifier } from "./specifier.ts";
import { stripTypes } from "./strip.ts";

/** Loads modules for the cells of a notebook. */
export interface Modules {
  /** What `import(specifier, options)` of a cell does. */
  load(specifier: unknown, options?: ImportCallOptions): Promise<unknown>;
  readonly require: NodeJS.Require;
}

/** What is imported under names that are not packages: the compatibility module of tslab. */
export type BuiltIn = Readonly<Record<string, () => unknown>>;

/** Packages that the kernel has anyway: a notebook may import them without having installed them. */
const OWN_PACKAGES: ReadonlySet<string> = new Set(["@turf/turf", "apache-arrow", "vega", "vega-lite"]);

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];
const TYPESCRIPT = /\.[cm]?tsx?$/;
const CODE = /\.[cm]?[jt]sx?$/;
const LOCAL_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

/** Modules as seen from the notebook's folder. */
export function modulesOf(folder: string, builtIn: BuiltIn): Modules {
  const importer: (specifier: string, options?: ImportCallOptions) => Promise<unknown> = new Script(
    "(specifier, options) => import(specifier, options)",
    {
      filename: pathToFileURL(join(folder, "notebook.ts")).href,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  ).runInThisContext();
  const load = async (given: unknown, options?: ImportCallOptions) => {
    const specifier = plainSpecifier(String(given));
    const own = Object.hasOwn(builtIn, specifier) ? builtIn[specifier] : undefined;
    if (own) return own();
    const target = isPath(specifier) ? localFile(folder, specifier) : specifier;
    const isJson = /\.json(?:\?|$)/.test(target) && options === undefined;
    try {
      return await importer(target, isJson ? { with: { type: "json" } } : options);
    } catch (error) {
      const missing = missingPackage(specifier, error);
      if (missing && OWN_PACKAGES.has(specifier)) return import(specifier);
      throw missing ?? error;
    }
  };
  return { load, require: createRequire(join(folder, "notebook.ts")) };
}

/** Fills reference cells from a module, as `import { a, b as c }` does. */
export function importNames(
  module: unknown,
  specifier: string,
  bindings: readonly [string, Reference][],
): void {
  for (const [name, cell] of bindings) {
    const [found, value] = exported(module, name);
    if (found) cell.v = value;
    else if (!/^\p{Lu}/u.test(name)) throw notExported(module, specifier, name);
    // A capital may be a type imported without `type`: it is gone at run time, so only its use as a value is a mistake.
  }
}

function exported(module: unknown, name: string): [boolean, unknown] {
  if (name === "*") return [true, module];
  if (isObject(module) && name in module) return [true, Reflect.get(module, name)];
  // Of a CommonJS module Node may not see every name; `default` is the whole.
  const whole = isObject(module) && "default" in module ? module.default : undefined;
  if (name !== "default" && isObject(whole) && name in whole) return [true, Reflect.get(whole, name)];
  return [false, undefined];
}

function notExported(module: unknown, specifier: string, name: string): UserError {
  const names = isObject(module) ? Object.keys(module) : [];
  return new UserError(`"${specifier}" exports no "${name}"`, {
    where: specifier,
    hint: didYouMean(name, names),
  });
}

function missingPackage(specifier: string, error: unknown): UserError | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_MODULE_NOT_FOUND")
    return undefined;
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
  if (!error.message.includes(`Cannot find package '${name}'`)) return undefined;
  return new UserError(`The package "${name}" is not installed`, {
    where: specifier,
    hint: `Run %npm install ${name}`,
    cause: error,
  });
}

function isPath(specifier: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|\/|file:)/.test(specifier);
}

/** The URL of a file of the user's, which changes when the file does: after an edit, importing it again loads it again. */
function localFile(folder: string, specifier: string): string {
  hookTypeScript();
  const path = specifier.startsWith("file:") ? fileURLToPath(specifier) : resolve(folder, specifier);
  const found = existing(path);
  if (found === undefined) throw new UserError(`There is no file ${specifier} to import`, { where: path });
  return versionedUrl(found);
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

/** The user's TypeScript files that were imported, by the URL that stacks show. */
export const loadedFiles = new Map<string, CellText>();

let isHooked = false;

/** Lets the user's files be TypeScript of every kind, imported with or without an ending. */
function hookTypeScript(): void {
  if (isHooked || typeof registerHooks !== "function") return;
  isHooked = true;
  registerHooks({
    resolve(specifier, context, next) {
      const parent = context.parentURL;
      if (
        !parent?.startsWith("file:") ||
        parent.includes("/node_modules/") ||
        !/^\.{1,2}\//.test(specifier)
      ) {
        return next(specifier, context);
      }
      const found = existing(fileURLToPath(new URL(specifier, parent)));
      return next(found ? versionedUrl(found) : specifier, context);
    },
    load(url, context, next) {
      const path = url.startsWith("file:") && !url.includes("/node_modules/") ? fileURLToPath(url) : "";
      if (!TYPESCRIPT.test(path)) return next(url, context);
      const source = readFileSync(path, "utf8");
      const { code, map } = stripTypes(source, path);
      loadedFiles.set(url, {
        label: path,
        source,
        isFile: true,
        original: (place) => originalPlace(map, place),
      });
      return { format: "module", source: code, shortCircuit: true };
    },
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
