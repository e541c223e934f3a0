import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { PACK_NAME } from "../pack-file.ts";
import { SHIPPED_SOURCE, shippedPack } from "../shipped.ts";

/** Where a pack comes from. */
export type PackSource =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "shipped"; readonly name: string; readonly folder: string; readonly version?: string }
  | { readonly kind: "git"; readonly address: string; readonly version?: string }
  | { readonly kind: "npm"; readonly name: string; readonly version?: string };

/**
 * What `%use` is given: the name of a pack that comes with the project, a folder, a Git address (`git:owner/name#v1`,
 * `https://….git#v1`, `git+https://…`), or a name on npm (`name@1.0.0`). Throws a UserError for anything else.
 */
export function parseSource(text: string, folder: string): PackSource {
  const [, name = "", wanted] = /^(@?[^@]+)(?:@(.+))?$/.exec(text) ?? [];
  const versioned = wanted === undefined ? {} : { version: wanted };
  const shipped = shippedPack(name);
  if (shipped !== undefined) return { kind: "shipped", name, folder: shipped, ...versioned };
  const place = resolve(folder, text);
  if (existsSync(join(place, "tombolo.json"))) return { kind: "folder", folder: place };
  const [address = "", version] = text.split("#", 2);
  const git = gitAddress(address);
  if (git !== undefined)
    return { kind: "git", address: git, ...(version && { version: checkVersion(version) }) };
  if (/^[./]/.test(text) || !PACK_NAME.test(name)) {
    throw new UserError(`There is no pack in "${text}"`, {
      where: text,
      hint: "Give a folder with a tombolo.json, a Git address, or a name on npm.",
    });
  }
  return { kind: "npm", name, ...(wanted !== undefined && { version: checkVersion(wanted) }) };
}

/** Where a source is, as people write it, with another version of it where one is given. */
export function sourceText(source: PackSource, version?: string): string {
  if (source.kind === "folder") return source.folder;
  if (source.kind === "shipped") return SHIPPED_SOURCE;
  if (source.kind === "npm") return version === undefined ? source.name : `${source.name}@${version}`;
  const github = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+)\.git$/.exec(source.address)?.[1];
  const address =
    github !== undefined
      ? `git:${github}`
      : /^https:.*\.git$/.test(source.address)
        ? source.address
        : `git+${source.address}`;
  return version === undefined ? address : `${address}#${version}`;
}

function gitAddress(address: string): string | undefined {
  const short = /^git:([\w.-]+\/[\w.-]+)$/.exec(address)?.[1];
  if (short !== undefined) return `https://github.com/${short.replace(/\.git$/, "")}.git`;
  if (hasOddHost(address)) return undefined;
  const long = /^git\+((?:https|ssh|file):\/\/\S+)$/.exec(address)?.[1];
  return long ?? (/^https:\/\/\S+\.git$/.test(address) ? address : undefined);
}

/** A host that a program would take for an option, or a password, which would stand in the notebook and beside its pins. */
function hasOddHost(address: string): boolean {
  const text = address.replace(/^git\+/, "");
  return /^[a-z]+:\/\/([^/@]*@)?-/.test(text) || /^[a-z]+:\/\/[^/@]*:[^/@]*@/.test(text);
}

/** Tags and ranges; nothing that a program would take for an option. */
function checkVersion(version: string): string {
  if (/^[\w^~][\w.^~+-]*$/.test(version)) return version;
  throw new UserError(`"${version}" is no version`, { where: version, hint: "Such as v1.2.0." });
}
