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
  modelIndex,
  preloadedIndex,
  presetIndex,
  ruleIndex,
  serviceIndex,
} from "./lib/indexes.js";
import { referencePage } from "./lib/pages.js";
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
  const { recipeSchema } = await compiled("recipe/schema");
  const { fields } = await compiled("fields/index");
  const { takesMain } = await compiled("fields/short-field");
  const magics = await loadAll((await compiled("magics/index")).magics);
  const made = [
    ["kernel/src/fields/build.ts", fieldBuilders(fields, takesMain)],
    ["schema/recipe.schema.json", `${JSON.stringify(recipeSchema(), null, 2)}\n`],
    ["bundle/src/magic-languages.ts", magicLanguages(magics)],
    ["kernel/src/magics/outline.ts", magicOutline(join(source, "magics"), magics)],
    ...(await references(fields, magics)),
  ];
  stale.push(...made.filter(([path = "", text = ""]) => !put(path, text, check)));
  if (check && stale.length > 0)
    throw new Missing(`Stale: ${stale.map(([path]) => path).join(", ")}. npm run generate writes them.`);
});

/**
 * The pages of the reference.
 * @param {readonly unknown[]} fields
 * @param {readonly unknown[]} magics
 */
async function references(fields, magics) {
  const { documentMagic } = await compiled("magics/documentation");
  const { documentField, listFields } = await compiled("fields/document");
  const { documentModel } = await compiled("models/document");
  const { documentCommand } = await compiled("cli/document");
  const { builtInModels } = await compiled("models/built-in");
  const { documentImporter } = await compiled("importers/document");
  const { documentOwnFiles } = await compiled("importers/own/document");
  const { documentChecks, documentPreset } = await compiled("release/document");
  const { presets } = await compiled("release/presets/index");
  const importers = await loadAll((await compiled("importers/index")).importers);
  const models = builtInModels.names().map((/** @type {string} */ name) => builtInModels.find(name));
  const commands = await loadAll((await compiled("cli/index")).commands);
  return [
    [
      "docs/magics.md",
      referencePage({
        from: "kernel/src/magics",
        title: "Magics",
        intro:
          "A line that begins with `%` is a magic, and so is a whole cell whose first line begins with `%%`. Every magic explains\nitself by `--help` and tells the TypeScript that it stands for by `--show`. In a word, `{expression}` stands for the\nexpression's value; in SQL, `${expression}` is a bound value, never text.",
        pages: magics.map(documentMagic),
      }),
    ],
    [
      "docs/fields.md",
      referencePage({
        from: "kernel/src/fields",
        title: "Fields",
        intro:
          "A field is a function from a subject to a value, and makes a column of a [recipe](recipes.md). `%help area` shows the page\nof one in a notebook.",
        pages: [listFields(fields), ...fields.map(documentField)],
      }),
    ],
    [
      "docs/models.md",
      referencePage({
        from: "kernel/src/models",
        title: "Models",
        intro:
          "A model is a field with a name, which brings its datasources; [recipes](recipes.md) say how one is used. `%model show`\nshows the page of one in a notebook.",
        pages: models.map(documentModel),
      }),
    ],
    [
      "docs/importers.md",
      referencePage({
        from: "kernel/src/importers",
        title: "Importers",
        intro:
          "An importer turns a publisher's file into subjects, attributes and values. `%find` searches what all of them bring, `%help ons/oa`\nshows the page of one in a notebook, and files of one's own need none.",
        pages: [documentOwnFiles(), ...importers.map(documentImporter)],
      }),
    ],
    [
      "docs/releases.md",
      referencePage({
        from: "kernel/src/release",
        title: "Releases",
        intro:
          "`%release` puts a result under the rules of a preset; what comes out may be saved and shared. Presets reduce the risk that\npeople are recognised. They do not make a release lawful, and they know nothing of what others have published.\n`notebooks/06-release.ipynb` shows one.",
        pages: [...presets.map(documentPreset), documentChecks()],
      }),
    ],
    [
      "docs/command-line.md",
      referencePage({
        from: "kernel/src/cli",
        title: "The command line",
        intro:
          "What notebooks do can be done without one. Every command explains itself by `--help`; one that fails says why in a sentence\nand ends with a status other than 0.",
        pages: commands.map(documentCommand),
      }),
    ],
  ];
}

/**
 * A module of the kernel that has just been compiled.
 * @param {string} name
 */
function compiled(name) {
  return import(pathToFileURL(join(root, "kernel", "dist", `${name}.js`)).href);
}

/**
 * @param {Readonly<Record<string, () => Promise<unknown>>>} loaders
 * @returns {Promise<any[]>}
 */
function loadAll(loaders) {
  return Promise.all(Object.values(loaders).map((load) => load()));
}

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
