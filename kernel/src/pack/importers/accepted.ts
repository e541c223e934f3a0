import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../../errors.ts";
import { isRecord } from "../../recipe/recipe.ts";
import type { PackImporter } from "./read-importers.ts";

/** Letters of a digest that people write. */
const SHOWN = 12;

/** The digest of an importer's code as people write it. */
export const shownDigest = ({ digest }: PackImporter): string => digest.slice(0, SHOWN);

/** What an importer with code would do, in a sentence. */
export function describeCode({ code = "", permissions: { hosts, files } }: PackImporter): string {
  const may = [
    hosts.length > 0 ? `fetch from ${hosts.join(", ")}` : "",
    files.length > 0 ? `read ${files.join(", ")}` : "",
  ].filter((text) => text !== "");
  return `\`importers/${code}\` is code: it may ${may.join(" and ") || "only compute"}; it runs in a process of its own, without files, network or programs`;
}

/**
 * Throws a UserError with what it would do unless the importer's code, just as it is now, was accepted before or is by the
 * digest given, which is then kept in `file`.
 */
export function requireAccepted(
  pack: string,
  importer: PackImporter,
  file: string,
  digests: readonly string[],
): void {
  const accepted = readAccepted(file);
  const key = `${pack}/${importer.name}`;
  if (accepted[key] === importer.digest) return;
  if (digests.includes(shownDigest(importer)) || digests.includes(importer.digest)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.${process.pid}`, JSON.stringify({ ...accepted, [key]: importer.digest }, null, 2));
    renameSync(`${file}.${process.pid}`, file);
    return;
  }
  const changed = Object.hasOwn(accepted, key) ? " It has changed since it was accepted." : "";
  throw new UserError(`${describeCode(importer)}.${changed}`, {
    where: importer.name,
    hint: `\`%bind --accept ${shownDigest(importer)}\` lets just this run.`,
    code: "code-not-accepted",
  });
}

function readAccepted(file: string): Readonly<Record<string, string>> {
  if (!existsSync(file)) return {};
  const value: unknown = JSON.parse(readFileSync(file, "utf8"));
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, digest]) => (typeof digest === "string" ? [[key, digest]] : [])),
      )
    : {};
}
