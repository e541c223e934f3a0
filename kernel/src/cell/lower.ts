import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { TransformOptions } from "esbuild";
import { type TransformResult, transformSync } from "oxc-transform";

type Esbuild = typeof import("esbuild");

/** JavaScript of a piece of TypeScript, with the map back to it. */
export interface Stripped {
  readonly code: string;
  /** A source map, as JSON. */
  readonly map: string;
  /** Whether helpers stand in the code that nobody wrote. */
  readonly isLowered: boolean;
}

const require = createRequire(import.meta.url);

/**
 * JavaScript of TypeScript whose decorators and accessors become calls of helpers, and whose namespaces may be of any kind.
 * Slower than the usual transform, so only for texts that need it. Decorators are those of the standard unless the
 * `tsconfig.json` above the file asks for experimental ones, or a parameter is decorated. With `emitDecoratorMetadata` they
 * learn the types of what they decorate. Undefined when it cannot be done either.
 */
export function lower(source: string, file: string): Stripped | undefined {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  const isLegacy = wants("experimentalDecorators", path);
  const withTypes = isLegacy && wants("emitDecoratorMetadata", path) && transformWithTypes(source);
  return withTypes || (transform(source, isLegacy) ?? (isLegacy ? undefined : transform(source, true)));
}

/** The helpers that oxc's code calls, as TypeScript's own; without `reflect-metadata` there is nowhere to keep types. */
const HELPERS = `const babelHelpers = {
  decorateMetadata: (key, value) => Reflect.metadata?.(key, value),
  decorateParam: (index, decorator) => (target, key) => decorator(target, key, index),
  decorate(decorators, target, key, given) {
    const isProperty = arguments.length > 2;
    const own = given === null ? Object.getOwnPropertyDescriptor(target, key) : given;
    const result = decorators.reduceRight((last, decorator) => {
      const found = isProperty ? decorator?.(target, key, last) : decorator?.(last);
      return found || last;
    }, isProperty ? own : target);
    if (isProperty && result) Object.defineProperty(target, key, result);
    return result;
  },
};`.replaceAll("\n", " ");

/** The transform with options whose names are an enumeration that the package declares but that cannot be imported. */
const transformLoosely: (file: string, source: string, options: object) => TransformResult = transformSync;

/** Experimental decorators with the types of what they decorate, which esbuild cannot do. */
function transformWithTypes(source: string): Stripped | undefined {
  const { code, map, errors } = transformLoosely("cell.ts", source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    helpers: { mode: "External" },
    typescript: { onlyRemoveTypeImports: true },
    decorator: { legacy: true, emitDecoratorMetadata: true },
  });
  if (errors.length > 0 || !map) return undefined;
  // The helpers stand on a line of their own before the rest.
  const moved = { ...map, mappings: `;${map.mappings}` };
  return { code: `${HELPERS}\n${code}`, map: JSON.stringify(moved), isLowered: true };
}

function transform(source: string, experimentalDecorators: boolean): Stripped | undefined {
  const options: TransformOptions = {
    loader: "ts",
    format: "esm",
    target: "esnext",
    supported: { decorators: false },
    sourcemap: "external",
    sourcefile: "cell.ts",
    logLevel: "silent",
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators, verbatimModuleSyntax: true, useDefineForClassFields: true },
    },
  };
  const { transformSync }: Esbuild = require("esbuild");
  try {
    const { code, map } = transformSync(source, options);
    return { code, map, isLowered: true };
  } catch {
    // What is wrong with the text is told by the usual transform, or by the rewriter.
    return undefined;
  }
}

const MOST_CONFIGURATIONS = 8;

/** Whether the `tsconfig.json` above a file, or one that it extends, turns an option on. */
function wants(option: "experimentalDecorators" | "emitDecoratorMetadata", path: string): boolean {
  let config = nearestConfig(dirname(resolve(path)));
  for (let count = 0; config !== undefined && count < MOST_CONFIGURATIONS; count++) {
    if (!existsSync(config)) return false;
    const text: string = readFileSync(config, "utf8");
    const own = new RegExp(`"${option}"\\s*:\\s*(true|false)`).exec(text)?.[1];
    if (own !== undefined) return own === "true";
    const base = /"extends"\s*:\s*"(\.[^"]*)"/.exec(text)?.[1];
    config = base === undefined ? undefined : resolve(dirname(config), base.replace(/(?:\.json)?$/, ".json"));
  }
  return false;
}

function nearestConfig(folder: string): string | undefined {
  const config = join(folder, "tsconfig.json");
  if (existsSync(config)) return config;
  const above = dirname(folder);
  return above === folder ? undefined : nearestConfig(above);
}
