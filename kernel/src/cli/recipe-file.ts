import { existsSync, readFileSync } from "node:fs";
import { UserError } from "../errors.ts";

/** The recipe of a command: the text that is given, else that of the file. Throws a UserError when there is neither. */
export function recipeGiven(file: string | undefined, text: string | undefined, usage: string): string {
  if (text !== undefined) return text;
  if (file !== undefined) return readRecipeFile(file);
  throw new UserError("A recipe is needed", { hint: `Write ${usage}` });
}

/** Text of the recipe in a file. Throws a UserError when there is none. */
export function readRecipeFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UserError(`There is no file ${file}`, { where: file, cause });
  }
}

/** Folders in which a command looks for models: those that are given, and `models` where the command runs. */
export function modelFoldersAt(given: readonly string[] = []): string[] {
  const missing = given.find((folder) => !existsSync(folder));
  if (missing !== undefined) throw new UserError(`There is no folder ${missing}`, { where: missing });
  return [...given, "models"];
}
