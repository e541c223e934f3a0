import type { ModelLibrary } from "../recipe/model.ts";

/** Names of the models in whose name, title or description all words stand. */
export function modelsWith(models: ModelLibrary, words: readonly string[]): string[] {
  return models.names().filter((name) => {
    const { title, description } = models.find(name) ?? { title: "", description: "" };
    const text = `${name} ${title} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word.toLowerCase()));
  });
}

/** Models that compute what is looked for, the shortest names first; words that no model has, such as of a city, do not count. */
export function modelsAbout(models: ModelLibrary, words: readonly string[]): string[] {
  const known = words.filter((word) => modelsWith(models, [word]).length > 0);
  const depth = (name: string) => name.split("/").length;
  return known.length === 0 ? [] : modelsWith(models, known).sort((a, b) => depth(a) - depth(b));
}
