import { createReadStream, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { UserError } from "../../errors.ts";
import { MOST_BYTES, MOST_FILES } from "../limits.ts";

/**
 * Unpacks a gzipped archive as npm makes them into a folder. Throws a UserError for an archive that would write outside of it,
 * that holds anything but files and folders, or that is larger than a pack may be, whatever its headers say.
 */
export async function unpackArchive(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  const entries = extract();
  const written = writeEntries(entries, folder);
  // The archive's own headers and padding come on top of the files.
  const most = MOST_BYTES + 2_000 * MOST_FILES;
  const streams = pipeline(createReadStream(archive), createGunzip(), atMost(most), entries, {
    ...(signal && { signal }),
  });
  const failures = (await Promise.allSettled([written, streams])).flatMap((each) =>
    each.status === "rejected" ? [each.reason] : [],
  );
  signal?.throwIfAborted();
  if (failures.length === 0) return;
  const told = failures.find((failure) => failure instanceof UserError);
  if (told) throw told;
  throw new UserError("The pack is not taken: its archive cannot be read", { cause: failures[0] });
}

async function writeEntries(entries: ReturnType<typeof extract>, folder: string): Promise<void> {
  let files = 0;
  for await (const entry of entries) {
    const name = nameIn(entry.header);
    const parts: Uint8Array[] = [];
    for await (const part of entry) if (part instanceof Uint8Array) parts.push(part);
    if (name === undefined) continue;
    if (++files > MOST_FILES) throw refused(`it has more than ${MOST_FILES} files`);
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), Buffer.concat(parts), { mode: 0o644, flag: "wx" });
  }
}

/** The path of a file below the one folder that an archive of npm has; undefined for folders. */
function nameIn({ name, type }: Header): string | undefined {
  const [, ...parts] = name.split("/");
  const odd = /[\p{Cc}\\:]/u.test(name) || name.startsWith("/") || name.split("/").includes("..");
  if (odd) throw refused(`its archive would write to "${name.slice(0, 100)}"`);
  if (type === "directory") return undefined;
  if (type !== "file") throw refused(`"${name.slice(0, 100)}" in its archive is a link or a device`);
  if (parts.length === 0) throw refused(`its archive would write to "${name.slice(0, 100)}"`);
  return parts.join("/");
}

function atMost(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(part: Buffer, _encoding, done: TransformCallback) {
      bytes += part.length;
      if (bytes > most) done(refused(`it has more than ${MOST_BYTES / 1e6} MB`));
      else done(null, part);
    },
  });
}

const refused = (what: string) => new UserError(`The pack is not taken: ${what}`);
