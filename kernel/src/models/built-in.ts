import type { Model, ModelLibrary } from "../recipe/model.ts";
import { files } from "./index.ts";
import { modelOf } from "./read-model.ts";

const read = new Map<string, Model>();

/** The models that come with the project. */
export const builtInModels: ModelLibrary = {
  find(name) {
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file) return undefined;
    const model = read.get(name) ?? modelOf(name, file, name);
    read.set(name, model);
    return model;
  },
  names: () => Object.keys(files),
};
