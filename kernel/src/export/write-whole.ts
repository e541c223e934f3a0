import { renameSync, rmSync } from "node:fs";
import { type ExportedLabel, writeLabel } from "./label-file.ts";
import { partialPath } from "./partial-path.ts";
import { checkWritable, unwritable } from "./writable.ts";

/**
 * Writes a file with its label: `write` is given another path, and what it writes there appears under its name when it is complete.
 * Throws a UserError when the file cannot be written.
 */
export async function writeWhole(
  path: string,
  label: ExportedLabel,
  write: (partial: string) => void | Promise<void>,
): Promise<void> {
  checkWritable(path);
  const partial = partialPath(path);
  try {
    await write(partial);
    // The label first: a file without it would be taken for less than it is.
    writeLabel(path, label);
    renameSync(partial, path);
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    rmSync(partial, { force: true });
  }
}
