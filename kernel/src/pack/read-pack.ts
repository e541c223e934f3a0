import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { readModel } from "../models/read-model.ts";
import type { Model, ModelLibrary } from "../recipe/model.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { isRecord, type Recipe } from "../recipe/recipe.ts";
import { type Contract, parseContract } from "./contract.ts";
import { type PackImporter, readImporters } from "./importers/read-importers.ts";
import { MOST_BYTES, MOST_FILES } from "./limits.ts";
import { type PackFile, parsePackFile } from "./pack-file.ts";

/** A pack that was read: nothing in it has run. */
export interface Pack extends PackFile {
  readonly folder: string;
  /** Recipes by name, in the order of their names. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  /** The pack's own models, then those that come with the project. */
  readonly models: ModelLibrary;
  /** Those that it brings itself. */
  readonly ownModels: ReadonlyMap<string, Model>;
  readonly contract: Contract;
  /** Its importers, none of which has run. */
  readonly importers: readonly PackImporter[];
  /** What its tests expect of its results on dummy data; undefined where it has none. */
  readonly shapes: unknown;
  /** Paths of its files. */
  readonly files: readonly string[];
  /** Changes when one of its files does. */
  readonly digest: string;
}

/** Where a pack says what its results on dummy data look like. */
export const SHAPES_FILE = "tests/shape.json";

/** Files that a pack may have; everything else is code, data, or nothing that we read. */
const KNOWN =
  /\.(json|ya?ml|md|txt|lock|ipynb)$|(^|\/)(LICEN[CS]E|\.gitignore|\.gitattributes|\.npmignore)$|^importers\/[\w-]+\.js$/;

/**
 * Reads the pack in a folder. Recipes, models and contract are data and are only parsed. Throws a UserError when the folder
 * holds links, code, installation scripts, too much, or something that is no pack.
 */
export function readPack(
  folder: string,
  own: { readonly version: string; readonly builtIn: ModelLibrary },
): Pack {
  const files = safeFiles(folder);
  refuseScripts(folder, files);
  const file = parsePackFile(readJson(folder, "tombolo.json"), own.version);
  const ownModels = modelsOf(folder, files);
  const models = withModels(ownModels, own.builtIn);
  const recipes = recipesOf(folder, files, models);
  if (recipes.size === 0)
    throw new UserError(`The pack ${file.name} has no recipe`, {
      where: "recipes",
      hint: "It has one in recipes/name.yaml.",
    });
  const shapes = files.includes(SHAPES_FILE) ? readJson(folder, SHAPES_FILE) : undefined;
  const importers = readImporters({
    names: files,
    text: (name) => readText(folder, name),
    json: (name) => readJson(folder, name),
  });
  const contract = readContract(folder);
  const digest = digestOf(folder, files);
  return { ...file, folder, models, ownModels, recipes, contract, importers, shapes, files, digest };
}

/** The digest of the files of a pack that nobody has read yet. Throws a UserError for files that no pack may have. */
export const packDigest = (folder: string): string => digestOf(folder, safeFiles(folder));

function digestOf(folder: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(join(folder, file));
    hash.update(JSON.stringify([file, content.length])).update(content);
  }
  return hash.digest("hex");
}

/** Paths of the files of a pack, checked: no links, nothing that runs, not too many, not too large. */
function safeFiles(folder: string): string[] {
  const files: string[] = [];
  const spelled = new Map<string, string>();
  let bytes = 0;
  for (const name of walk(folder, "")) {
    const key = name.normalize("NFC").toLowerCase();
    const same = spelled.get(key);
    if (same !== undefined) throw refused(`"${same}" and "${name}" are one file on some machines`);
    spelled.set(key, name);
    files.push(name);
    bytes += lstatSync(join(folder, name)).size;
    if (files.length > MOST_FILES) throw refused(`it has more than ${MOST_FILES} files`);
    if (bytes > MOST_BYTES) throw refused(`it has more than ${MOST_BYTES / 1_000_000} MB`);
  }
  return files.sort();
}

const NOT_OURS = new Set([".git", "node_modules"]);

function* walk(folder: string, below: string): Generator<string> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(folder, name);
    else if (!entry.isFile()) throw refused(`"${name}" is a link or a device`);
    else if (!KNOWN.test(name)) throw refused(`"${name}" is neither a recipe nor a model nor a text`);
    else yield name;
  }
}

const SCRIPTS = /^(pre|post)?(install|prepare|pack|publish|uninstall)$/;

/** A pack from npm has a package.json; one that would run something is not taken, although we run nothing of it. */
function refuseScripts(folder: string, files: readonly string[]): void {
  if (!files.includes("package.json")) return;
  const value = readJson(folder, "package.json");
  const scripts = isRecord(value) && isRecord(value.scripts) ? Object.keys(value.scripts) : [];
  const found = scripts.find((name) => SCRIPTS.test(name));
  if (found !== undefined) throw refused(`its package.json would run a script at ${found}`);
  if (isRecord(value) && ["bin", "main", "exports"].some((key) => value[key] !== undefined))
    throw refused("its package.json offers code");
}

function modelsOf(folder: string, files: readonly string[]): Map<string, Model> {
  const own = new Map<string, Model>();
  for (const file of files) {
    const name = /^models\/(.+)\.ya?ml$/.exec(file)?.[1];
    if (name !== undefined) own.set(name, readModel(name, readText(folder, file), file));
  }
  return own;
}

function withModels(own: ReadonlyMap<string, Model>, builtIn: ModelLibrary): ModelLibrary {
  return {
    find: (name) => own.get(name) ?? builtIn.find(name),
    names: () => [...new Set([...own.keys(), ...builtIn.names()])].sort(),
  };
}

function recipesOf(folder: string, files: readonly string[], models: ModelLibrary): Map<string, Recipe> {
  const recipes = new Map<string, Recipe>();
  for (const file of files) {
    const name = /^recipes\/([A-Za-z_]\w*)\.(?:ya?ml|json)$/.exec(file)?.[1];
    if (name === undefined) {
      if (file.startsWith("recipes/"))
        throw refused(`"${file}" is no name for a recipe, which becomes a variable`);
      continue;
    }
    const recipe = told(file, () => parseRecipe(readText(folder, file), { models }));
    refuseFiles(file, recipe);
    recipes.set(name, recipe);
  }
  return recipes;
}

/** A recipe of a pack names publishers' datasources, and no file of whoever uses it. */
function refuseFiles(file: string, { dataset }: Recipe): void {
  const own = dataset.datasources.find(
    ({ localData, configFile, datasourceId }) =>
      localData !== undefined || configFile !== undefined || /[\\/]|^\.|:\/\//.test(datasourceId),
  );
  if (own)
    throw refused(
      `${file} would read a file of yours, "${own.localData?.[0] ?? own.configFile ?? own.datasourceId}"`,
    );
}

function readContract(folder: string): Contract {
  try {
    return parseContract(readJson(folder, "contract.json"));
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`contract.json of the pack: ${reason}`, { where: "contract.json", cause });
  }
}

function told<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof UserError)
      throw new UserError(`${file} of the pack: ${cause.message}`, { where: file, cause });
    throw cause;
  }
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch (cause) {
    throw new UserError(`There is no pack in ${folder}`, {
      where: file,
      hint: `It would have a ${file}.`,
      cause,
    });
  }
}

function readJson(folder: string, file: string): unknown {
  const text = readText(folder, file);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} of the pack is not JSON`, { where: file, cause });
  }
}

const refused = (what: string): UserError => new UserError(`The pack is not taken: ${what}`);
