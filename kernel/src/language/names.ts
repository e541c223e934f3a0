import { join } from "node:path";
import { outline } from "../magics/outline.ts";
import { preloaded } from "../preloaded/index.ts";
import type { CellText, Placeholder } from "./cell-text.ts";
import { KERNEL_FOLDER, packageFolder } from "./project.ts";
import { usedWords } from "./used-words.ts";

/** Where the type of a notebook's name comes from: the module of the cell that declared it, or a type in words. */
export type Origin = { readonly cell: number } | { readonly type: string };

/** Preloaded names that stand for whole modules, so that their types can be named as well: `arrow.Table`. */
const MODULES: Readonly<Record<string, string>> = {
  arrow: "apache-arrow",
  turf: "@turf/turf",
  vegaLite: "vega-lite",
};

/** The names that cells have declared so far, with the newest origin of each. */
export class Names {
  readonly #origins = new Map<string, Origin>();

  set(name: string, origin: Origin): void {
    this.#origins.set(name, origin);
  }

  /** Cells whose modules give names that count. */
  cells(): Set<number> {
    const cells = [...this.#origins.values()].flatMap((origin) => ("cell" in origin ? [origin.cell] : []));
    return new Set(cells);
  }

  /** What a cell uses of other cells and of the preloaded names. */
  usedBy({ text, placeholders }: CellText, declared: readonly string[]): Used {
    const words = usedWords(text);
    for (const name of declared) words.delete(name);
    const imports = new Map<number, string[]>();
    const declarations: string[] = placeholders.map(declarePlaceholder);
    for (const word of words) {
      const origin = this.#origins.get(word);
      if (origin && "cell" in origin) imports.set(origin.cell, [...(imports.get(origin.cell) ?? []), word]);
      else if (origin) declarations.push(`declare let ${word}: ${locateTypes(origin.type)};`);
      else if (Object.hasOwn(preloaded, word)) declarations.push(declarePreloaded(word));
    }
    return { imports, declarations };
  }
}

/** What stands before a cell in its document. */
export interface Used {
  /** Number of a cell → names that are taken from it; none where its module is only named. */
  readonly imports: ReadonlyMap<number, readonly string[]>;
  readonly declarations: readonly string[];
}

/**
 * The same with all modules named that something else names, in its order: as long as the modules stay the same, the server
 * need not put its program together again.
 */
export function namingModulesOf({ imports, declarations }: Used, { imports: others }: Used): Used {
  const padded = [...others.keys()].map((cell) => [cell, imports.get(cell) ?? []] as const);
  return { imports: new Map([...padded, ...imports]), declarations };
}

/** One line that makes a cell's names known. Assigned names are declared, because an import cannot be assigned to. */
export function headOf({ imports, declarations }: Used, assigned: ReadonlySet<string> = new Set()): string {
  const lines = [...imports].flatMap(([cell, names]) => {
    const file = `"./cell-${cell}.ts"`;
    const imported = names.filter((name) => !assigned.has(name));
    const declared = names.filter((name) => assigned.has(name));
    return [
      ...(imported.length > 0 || names.length === 0
        ? [`import { ${imported.join(", ")} } from ${file};`]
        : []),
      ...declared.map((name) => `declare let ${name}: typeof import(${file}).${name};`),
    ];
  });
  return [...lines, ...declarations].join(" ");
}

/** Types in words name packages; here they get the place where the kernel has them. */
export function locateTypes(type: string): string {
  return type.replaceAll(
    'import("apache-arrow")',
    `import(${JSON.stringify(packageFolder("apache-arrow"))})`,
  );
}

/** Declares the value of a line magic, as far as its declaration tells the type. */
function declarePlaceholder({ name, magic }: Placeholder): string {
  const known = Object.hasOwn(outline, magic) ? outline[magic] : undefined;
  if (!known) return `declare const ${name}: any;`;
  const file = compiled("magics", `${magic}.js`);
  const result = `import(${compiled("magics", "magic.js")}).ResultOf<typeof import(${file}).${known.variable}>`;
  return `declare const ${name}: Exclude<Awaited<${result}>, undefined>;`;
}

function declarePreloaded(name: string): string {
  const module = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined;
  if (module) return `import * as ${name} from ${JSON.stringify(packageFolder(module))};`;
  const file = compiled("preloaded", `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.js`);
  const value = `import(${compiled("preloaded", "preloaded.js")}).ValueOf<typeof import(${file}).${name}>`;
  return `declare const ${name}: Awaited<${value}>;`;
}

function compiled(...path: string[]): string {
  return JSON.stringify(join(KERNEL_FOLDER, ...path));
}
