import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { types } from "node:util";
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
    if (/^[1-9]\d*$/.test(id) && !isRunning(Number(id))) removeAbandoned(join(folder, name));
  }
  return join(folder, `${before}${process.pid}${after}`);
}

const FORBIDDEN = ["EACCES", "EPERM"];

function removeAbandoned(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (error) {
    // What another user has left is not in the way.
    const code = types.isNativeError(error) && "code" in error ? String(error.code) : "";
    if (!FORBIDDEN.includes(code)) throw error;
  }
}
