import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Name of the configuration that exists only for the language server, beside a `tsconfig.json` of the user's. */
export const VIRTUAL_CONFIG = "tsconfig.tombolo.json";

const DEFAULTS = "tsconfig.tombolo-defaults.json";

/** Packages that the kernel has anyway and that a notebook may import without having installed them. */
const OWN_PACKAGES = ["apache-arrow", "@turf/turf", "vega", "vega-lite"];

/** Folder of the compiled kernel. */
export const KERNEL_FOLDER = fileURLToPath(new URL("../", import.meta.url));

/** Whether the user's own tsconfig.json says how strict to be. */
export function hasOwnConfig(folder: string): boolean {
  return existsSync(join(folder, "tsconfig.json"));
}

/**
 * Mistakes that tell only of a missing type. Without a tsconfig.json they are no mistakes, as in most JavaScript: the option
 * `noImplicitAny` is on all the same, because without it `const rows = []` can never be filled.
 */
export function isMissingType(code: number): boolean {
  return (code >= 7005 && code <= 7026) || (code >= 7031 && code <= 7034) || (code >= 7051 && code <= 7057);
}

/**
 * The project of a notebook as documents: name → text. What the user's own tsconfig.json says of strictness, paths, types
 * and JSX counts; without one the rules are strict.
 */
export function projectFiles(folder: string): Record<string, string> {
  const hasOwn = hasOwnConfig(folder);
  const defaults = {
    compilerOptions: {
      strict: true,
      noImplicitThis: false,
      useUnknownInCatchVariables: false,
      lib: ["esnext"],
      types: ["node"],
      ...(!hasOwn && { paths: ownPackages() }),
    },
  };
  const config = {
    extends: [`./${DEFAULTS}`, ...(hasOwn ? ["./tsconfig.json"] : [])],
    compilerOptions: {
      target: "esnext",
      module: "esnext",
      moduleResolution: "bundler",
      moduleDetection: "force",
      allowImportingTsExtensions: true,
      allowJs: true,
      resolveJsonModule: true,
      isolatedModules: false,
      verbatimModuleSyntax: false,
      noUnusedLocals: false,
      noUnusedParameters: false,
      composite: false,
      noEmit: true,
      skipLibCheck: true,
      typeRoots: [join(folder, "node_modules", "@types"), dirname(packageFolder("@types/node"))],
    },
    include: ["cell-*.ts"],
    exclude: [],
    // Those of the user's configuration are no part of the notebook.
    files: [],
  };
  return {
    [DEFAULTS]: JSON.stringify(defaults),
    [VIRTUAL_CONFIG]: JSON.stringify(config),
    "cell-ambient.d.ts": AMBIENT,
  };
}

/** What exists in every cell besides the preloaded names. */
const AMBIENT = `declare const signal: AbortSignal;
declare module "tslab" {
  type Show = (content: string | Uint8Array) => Promise<void>;
  interface Display {
    javascript: Show; html: Show; markdown: Show; svg: Show; png: Show; jpeg: Show; gif: Show; pdf: Show; text: Show;
    raw(type: string, content: string | Uint8Array): Promise<void>;
  }
  export const display: Display;
  export function newDisplay(): Display & { readonly display_id: string };
  export const versions: { readonly tslab: string; readonly typescript?: string; readonly node: string };
}
`;

/** Folder of a package that the kernel depends on; not every package lets its package.json be asked for. */
export function packageFolder(name: string): string {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = places.map((place) => join(place, name)).find((folder) => existsSync(folder));
  if (found === undefined) throw new Error(`The package ${name} is not installed`);
  return found;
}

function ownPackages(): Record<string, string[]> {
  const folders = OWN_PACKAGES.map((name) => [name, [packageFolder(name)]]);
  return Object.fromEntries([...folders, ["tombolo", [join(KERNEL_FOLDER, "index.d.ts")]]]);
}
