// @ts-check
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "./lib/compile.js";
import {
  chartTypeIndex,
  checkIndex,
  commandIndex,
  fieldBuilders,
  fieldIndex,
  importerIndex,
  magicIndex,
  magicLanguages,
  magicOutline,
  magicPage,
  modelIndex,
  preloadedIndex,
  presetIndex,
  ruleIndex,
  serviceIndex,
} from "./lib/indexes.js";
import { root } from "./lib/paths.js";
import { Missing, runMain } from "./lib/run.js";

// Writes what is made from the folders and from the field objects. With --check it only compares.
await runMain(async () => {
  const check = process.argv.includes("--check");
  const source = join(root, "kernel", "src");
  const stale = [
    ["kernel/src/fields/index.ts", fieldIndex(join(source, "fields"))],
    ["kernel/src/models/index.ts", modelIndex(join(source, "models"))],
    ["kernel/src/magics/index.ts", magicIndex(join(source, "magics"))],
    ["kernel/src/preloaded/index.ts", preloadedIndex(join(source, "preloaded"))],
    ["kernel/src/importers/index.ts", importerIndex(join(source, "importers"))],
    ["kernel/src/cli/index.ts", commandIndex(join(source, "cli"))],
    ["kernel/src/guard/rules/index.ts", ruleIndex(join(source, "guard", "rules"))],
    ["kernel/src/release/checks/index.ts", checkIndex(join(source, "release", "checks"))],
    ["kernel/src/release/presets/index.ts", presetIndex(join(source, "release", "presets"))],
    ["kernel/src/chart/types/index.ts", chartTypeIndex(join(source, "chart", "types"))],
    ["kernel/src/services/index.ts", serviceIndex(join(source, "services"))],
  ].filter(([path = "", text = ""]) => !put(path, text, check));
  // The schema and the outline are made by the compiled objects, so the indexes come first.
  await compile(["bundle", "kernel"]);
  const { recipeSchema } = await import(
    pathToFileURL(join(root, "kernel", "dist", "recipe", "schema.js")).href
  );
  const { fields } = await import(pathToFileURL(join(root, "kernel", "dist", "fields", "index.js")).href);
  const { takesMain } = await import(
    pathToFileURL(join(root, "kernel", "dist", "fields", "short-field.js")).href
  );
  const loaders = await import(pathToFileURL(join(root, "kernel", "dist", "magics", "index.js")).href);
  const { documentMagic } = await import(
    pathToFileURL(join(root, "kernel", "dist", "magics", "documentation.js")).href
  );
  const magics = await Promise.all(Object.values(loaders.magics).map((load) => load()));
  const made = [
    ["kernel/src/fields/build.ts", fieldBuilders(fields, takesMain)],
    ["schema/recipe.schema.json", `${JSON.stringify(recipeSchema(), null, 2)}\n`],
    ["bundle/src/magic-languages.ts", magicLanguages(magics)],
    ["kernel/src/magics/outline.ts", magicOutline(join(source, "magics"), magics)],
    ["docs/magics.md", magicPage(magics, documentMagic)],
  ];
  stale.push(...made.filter(([path = "", text = ""]) => !put(path, text, check)));
  if (check && stale.length > 0)
    throw new Missing(`Stale: ${stale.map(([path]) => path).join(", ")}. npm run generate writes them.`);
});

/**
 * Writes a file, or compares it; false when it is not as it should be.
 * @param {string} path
 * @param {string} text
 * @param {boolean} check
 */
function put(path, text, check) {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, "utf8") === text) return true;
  if (check) return false;
  writeFileSync(file, text);
  console.log(`✓ ${path}`);
  return true;
}
