// @ts-check
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./paths.js";

const folder = join(root, ".cache", "stamps");

/** Folders that are made, not written. */
const MADE = new Set(["node_modules", "dist", "lib", "labextension", "__pycache__"]);

/**
 * Whether a step was last done with these inputs.
 * @param {string} name
 * @param {string} inputs
 */
export function isDone(name, inputs) {
  const path = join(folder, name);
  return existsSync(path) && readFileSync(path, "utf8") === inputs;
}

/**
 * Remembers with what inputs a step was done.
 * @param {string} name
 * @param {string} inputs
 */
export function markDone(name, inputs) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), inputs);
}

/**
 * Forgets a step before it is done again: if that is cut off it is not taken for done.
 * @param {string} name
 */
export function forget(name) {
  rmSync(join(folder, name), { force: true });
}

/**
 * A digest of the content of files.
 * @param {readonly string[]} paths
 */
export function digestOf(paths) {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const path of paths) hash.update(path).update(existsSync(path) ? readFileSync(path) : "none");
  return hash.digest("hex");
}

/**
 * A digest of names, sizes and times of everything below folders: quick, for sources.
 * @param {readonly string[]} folders
 */
export function outlineOf(folders) {
  const hash = createHash("sha256").update(process.version);
  for (const path of folders.flatMap((each) => [...walk(join(root, each))])) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

/**
 * All files below a path, in order; made folders are left out.
 * @param {string} path
 * @returns {Generator<string>}
 */
export function* walk(path) {
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const entry of readdirSync(path).sort()) {
    if (!MADE.has(entry) && !entry.endsWith(".tsbuildinfo")) yield* walk(join(path, entry));
  }
}
