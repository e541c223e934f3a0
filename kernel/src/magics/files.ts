import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";

/** The text of a file that the user names, or a UserError with the nearest names beside it. */
export function readUserFile(folder: string, file: string): string {
  const path = resolve(folder, file);
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return readFileSync(path, "utf8");
  const beside = existsSync(dirname(path)) ? readdirSync(dirname(path)) : [];
  throw new UserError(`There is no file ${file}`, { where: path, hint: didYouMean(basename(file), beside) });
}
