import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

let opened = 0;

/** Says, by a file, that this process reads the store, until what it returns is called. */
export function announceReader(store: string): () => void {
  const folder = readersFolder(store);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${++opened}`);
  writeFileSync(path, "");
  return () => rmSync(path, { force: true });
}

/** Ids of the other running processes that read the store. The files of those that have died are removed. */
export function otherReaders(store: string): number[] {
  const folder = readersFolder(store);
  mkdirSync(folder, { recursive: true });
  const running = new Set<number>();
  for (const name of readdirSync(folder)) {
    const id = Number(name.split("-")[0]);
    if (isRunning(id)) running.add(id);
    else rmSync(join(folder, name), { force: true });
  }
  running.delete(process.pid);
  return [...running];
}

/** Whether a process of that id runs. */
export function isRunning(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

const readersFolder = (store: string): string => join(store, "readers");
