import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { isRunning } from "../store/processes.ts";

/**
 * Where a file or folder is written until it is whole: beside its place, with the id of this process in its name. What processes that no
 * longer run have left there, which may be data that must be nowhere else, is removed.
 */
export function partialPath(path: string): string {
  const [folder, ending] = [dirname(path), extname(path)];
  const [before, after] = [`${basename(path, ending)}.`, `.partial${ending}`];
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.startsWith(before) || !name.endsWith(after)) continue;
    const id = name.slice(before.length, -after.length);
    if (/^[1-9]\d*$/.test(id) && !isRunning(Number(id)))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
  return join(folder, `${before}${process.pid}${after}`);
}
