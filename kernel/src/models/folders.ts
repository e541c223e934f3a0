import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Model, ModelLibrary } from "../recipe/model.ts";
import { builtInModels } from "./built-in.ts";
import { readModel, readOldModel } from "./read-model.ts";

const ENDING = /\.ya?ml$/;
const OLD_ENDING = "-field.json";

/**
 * The models in some folders, then the built-in ones; the first of a name counts. A file `group/name.yaml` is the model
 * `group/name`; the pairs of 2019, `name-field.json` and `name-data.json`, are read too.
 */
export function modelFolders(folders: readonly string[]): ModelLibrary {
  const known = new Map<string, Model | undefined>();
  return {
    find(name) {
      if (!known.has(name)) known.set(name, findIn(folders, name) ?? builtInModels.find(name));
      return known.get(name);
    },
    names: () => [...new Set([...folders.flatMap(namesIn), ...builtInModels.names()])].sort(),
  };
}

function findIn(folders: readonly string[], name: string): Model | undefined {
  // A name is a path below the folder, and nothing above it.
  if (!/^[\w -]+(\/[\w -]+)*$/.test(name)) return undefined;
  for (const folder of folders) {
    for (const ending of [".yaml", ".yml"]) {
      const file = join(folder, `${name}${ending}`);
      if (existsSync(file)) return readModel(name, readFileSync(file, "utf8"), file);
    }
    const field = join(folder, `${name}${OLD_ENDING}`);
    if (!existsSync(field)) continue;
    const data = join(folder, `${name}-data.json`);
    return readOldModel(
      name,
      readFileSync(field, "utf8"),
      existsSync(data) ? readFileSync(data, "utf8") : undefined,
      field,
    );
  }
  return undefined;
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((file) => {
    const path = relative("", file).split(sep).join("/");
    if (ENDING.test(path)) return [path.replace(ENDING, "")];
    return path.endsWith(OLD_ENDING) ? [path.slice(0, -OLD_ENDING.length)] : [];
  });
}
