import type { ModelLibrary } from "../recipe/model.ts";

/** The models that come with the project. */
export const builtInModels: ModelLibrary = { find: () => undefined, names: () => [] };
