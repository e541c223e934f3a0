import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../errors.ts";

/** Makes the folder of a file that is to be written. Throws a UserError when the file cannot be, before any work is done for it. */
export function checkWritable(path: string): void {
  try {
    const folder = dirname(path);
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`${path} is a folder`, { where: path, hint: "Name a file in it." });
}

/** What went wrong while a file was written: what the system says of it is told in a sentence, anything else stays as it is. */
export function unwritable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error)) return error;
  const reason = error.message.split(",")[0] ?? "";
  return new UserError(`${path} cannot be written: ${reason}`, { where: path, cause: error });
}
