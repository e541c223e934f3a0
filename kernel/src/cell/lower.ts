import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { TransformOptions } from "esbuild";
import type { Stripped } from "./strip.ts";

type Esbuild = typeof import("esbuild");

const require = createRequire(import.meta.url);

/**
 * JavaScript of TypeScript whose decorators and accessors become calls of helpers, and whose namespaces may be of any kind.
 * Slower than the usual transform, so only for texts that need it. Decorators are those of the standard unless the
 * `tsconfig.json` above the file asks for experimental ones, or a parameter is decorated. Undefined when it cannot be done
 * either.
 */
export function lower(source: string, file: string): Stripped | undefined {
  const isLegacy = wantsLegacyDecorators(file.startsWith("file:") ? fileURLToPath(file) : file);
  return transform(source, isLegacy) ?? (isLegacy ? undefined : transform(source, true));
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

function wantsLegacyDecorators(path: string): boolean {
  let config = nearestConfig(dirname(resolve(path)));
  for (let count = 0; config !== undefined && count < MOST_CONFIGURATIONS; count++) {
    if (!existsSync(config)) return false;
    const text: string = readFileSync(config, "utf8");
    const own = /"experimentalDecorators"\s*:\s*(true|false)/.exec(text)?.[1];
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
