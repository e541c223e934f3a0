import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { constants, Script } from "node:vm";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { hookModules, isPath, localFile, requiredFile } from "./local-files.ts";
import { isOwnPackage } from "./own-packages.ts";
import type { Reference } from "./references.ts";
import { packageOf, plainSpecifier } from "./specifier.ts";
import { keepText } from "./texts.ts";

/** Loads modules for the cells of a notebook. */
export interface Modules {
  /** What `import(specifier, options)` of a cell does. */
  load(specifier: unknown, options?: ImportCallOptions): Promise<unknown>;
  readonly require: NodeJS.Require;
}

/** What is imported under names that are not packages: the compatibility module of tslab. */
export type BuiltIn = Readonly<Record<string, () => unknown>>;

/** Modules as seen from the notebook's folder. */
export function modulesOf(folder: string, builtIn: BuiltIn): Modules {
  const place = pathToFileURL(join(folder, "notebook.ts")).href;
  // A frame of this script tells the user nothing.
  keepText(place, { label: "import", source: "", original: () => undefined });
  const importer: (specifier: string, options?: ImportCallOptions) => Promise<unknown> = new Script(
    "(specifier, options) => import(specifier, options)",
    {
      filename: place,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  ).runInThisContext();
  const load = async (given: unknown, options?: ImportCallOptions) => {
    const asked = String(given);
    const specifier = plainSpecifier(asked);
    const own = Object.hasOwn(builtIn, specifier) ? builtIn[specifier] : undefined;
    if (own) return own();
    hookModules();
    const target = isPath(specifier) ? localFile(folder, specifier) : specifier;
    const isJson = /\.json(?:\?|$)/.test(target) && options === undefined;
    try {
      return await importer(target, isJson ? { with: { type: "json" } } : options);
    } catch (error) {
      const missing = missingPackage(specifier, asked, error);
      if (missing && isOwnPackage(specifier)) return import(specifier);
      throw missing ?? error;
    }
  };
  return { load, require: requireOf(folder, builtIn) };
}

/** `require` of a cell: also of local TypeScript, and of files that have changed since. */
function requireOf(folder: string, builtIn: BuiltIn): NodeJS.Require {
  const plain = createRequire(join(folder, "notebook.ts"));
  const require = (given: string): unknown => {
    const specifier = plainSpecifier(given);
    const own = Object.hasOwn(builtIn, specifier) ? builtIn[specifier] : undefined;
    if (own) return own();
    hookModules();
    try {
      return plain(isPath(specifier) ? requiredFile(folder, specifier, plain) : specifier);
    } catch (error) {
      const missing = missingPackage(specifier, given, error);
      throw missing ?? error;
    }
  };
  const { resolve, cache, main, extensions } = plain;
  return Object.assign(require, { resolve, cache, main, extensions });
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

function missingPackage(specifier: string, asked: string, error: unknown): UserError | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const name = packageOf(specifier);
  const isMissing =
    (error.code === "ERR_MODULE_NOT_FOUND" && error.message.includes(`Cannot find package '${name}'`)) ||
    (error.code === "MODULE_NOT_FOUND" && error.message.startsWith(`Cannot find module '${specifier}'`));
  if (!isMissing || isPath(specifier)) return undefined;
  return new UserError(`The package "${name}" is not installed`, {
    where: asked,
    hint: `Run %npm install ${packageOf(asked)}`,
    cause: error,
  });
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
