import { extname } from "node:path";
import { countOf } from "../count-of.ts";
import { UserError } from "../errors.ts";
import type { SourceFile } from "./importer.ts";
import type { Job } from "./settle.ts";

/** The files that a job reads: local ones that the user names stand in for the publisher's, in their order. */
export function filesOf({ datasource, context, title }: Job): readonly SourceFile[] {
  const files = typeof datasource.files === "function" ? datasource.files(context) : datasource.files;
  const paths = context.localData.filter((path) => !path.endsWith(".properties"));
  if (paths.length === 0 || files.some(({ path }) => path !== undefined)) return files;
  const further = paths[files.length];
  if (further !== undefined) {
    const made = countOf(files.length, "file");
    throw new UserError(`${title} is made of ${made}, and ${paths.length} are named`, { where: further });
  }
  return files.map((file, index) => {
    const path = paths[index];
    return path === undefined ? file : inPlaceOf(file, path);
  });
}

/** Of an archive of which one file is read, that file may be named as well. */
function inPlaceOf(file: SourceFile, path: string): SourceFile {
  const { entries: [entry, ...others] = [], ...rest } = file;
  const isUnpacked =
    entry !== undefined && others.length === 0 && path.toLowerCase().endsWith(extname(entry));
  return isUnpacked ? { ...rest, path, suffix: extname(entry) } : { ...file, path };
}
