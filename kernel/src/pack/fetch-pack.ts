import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../errors.ts";
import type { Work } from "../progress.ts";
import { PACK_NAME } from "./pack-file.ts";
import { shippedPack } from "./shipped.ts";

const run = promisify(execFile);

/** Where a pack comes from. */
export type PackSource =
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "git"; readonly address: string; readonly version?: string }
  | { readonly kind: "npm"; readonly name: string; readonly version?: string };

/**
 * What `%use` is given: the name of a pack that comes with the project, a folder, a Git address (`git:owner/name#v1`, `https://….git#v1`, `git+https://…`), or a name on
 * npm (`name@1.0.0`). Throws a UserError for anything else.
 */
export function parseSource(text: string, folder: string): PackSource {
  const shipped = shippedPack(text);
  if (shipped !== undefined) return { kind: "folder", folder: shipped };
  const place = resolve(folder, text);
  if (existsSync(join(place, "tombolo.json"))) return { kind: "folder", folder: place };
  const [address = "", version] = text.split("#", 2);
  const git = gitAddress(address);
  if (git !== undefined)
    return { kind: "git", address: git, ...(version && { version: checkVersion(version) }) };
  const [, name = "", wanted] = /^(@?[^@]+)(?:@(.+))?$/.exec(text) ?? [];
  if (/^[./]/.test(text) || !PACK_NAME.test(name)) {
    throw new UserError(`There is no pack in "${text}"`, {
      where: text,
      hint: "Give a folder with a tombolo.json, a Git address, or a name on npm.",
    });
  }
  return { kind: "npm", name, ...(wanted !== undefined && { version: checkVersion(wanted) }) };
}

function gitAddress(address: string): string | undefined {
  const short = /^git:([\w.-]+\/[\w.-]+)$/.exec(address)?.[1];
  if (short !== undefined) return `https://github.com/${short}.git`;
  const long = /^git\+((?:https|ssh|file):\/\/\S+)$/.exec(address)?.[1];
  return long ?? (/^https:\/\/\S+\.git$/.test(address) ? address : undefined);
}

/** Tags and ranges; nothing that a program would take for an option. */
function checkVersion(version: string): string {
  if (/^[\w^~][\w.^~+-]*$/.test(version)) return version;
  throw new UserError(`"${version}" is no version`, { where: version, hint: "Such as v1.2.0." });
}

/**
 * The folder with the files of a pack, fetched into `cache` where it is not on this machine already. Nothing of the pack
 * runs: no hooks, no installation scripts, no submodules.
 */
export async function fetchPack(
  source: PackSource,
  cache: string,
  { signal, onProgress }: Work = {},
): Promise<string> {
  if (source.kind === "folder") return source.folder;
  const name = source.kind === "git" ? source.address : source.name;
  onProgress?.({ stage: `Fetching ${name}` });
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(tmpdir(), "tombolo-pack-"));
  try {
    const fetched =
      source.kind === "git" ? await clone(source, partial, signal) : await unpack(source, partial, signal);
    const place = join(cache, `${name}@${source.version ?? "latest"}`.replace(/[^\w.@-]+/g, "_"));
    rmSync(place, { recursive: true, force: true });
    moveFolder(fetched, place);
    return place;
  } catch (cause) {
    if (cause instanceof UserError || signal?.aborted) throw cause;
    throw new UserError(`The pack ${name} cannot be fetched: ${reasonOf(cause)}`, { where: name, cause });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

async function clone(
  { address, version }: Extract<PackSource, { kind: "git" }>,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const place = join(folder, "pack");
  const settings = ["core.hooksPath=/dev/null", "core.symlinks=false", "protocol.ext.allow=never"];
  await run(
    "git",
    [
      ...settings.flatMap((setting) => ["-c", setting]),
      "clone",
      "--quiet",
      "--depth=1",
      "--no-recurse-submodules",
      ...(version === undefined ? [] : ["--branch", version]),
      "--",
      address,
      place,
    ],
    { signal, env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_LFS_SKIP_SMUDGE: "1" } },
  );
  rmSync(join(place, ".git"), { recursive: true, force: true });
  return place;
}

/** npm fetches and unpacks the archive; it installs nothing, so that no script of it runs. */
async function unpack(
  { name, version }: Extract<PackSource, { kind: "npm" }>,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const wanted = version === undefined ? name : `${name}@${version}`;
  const options = [
    "--ignore-scripts",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--omit=dev",
  ];
  await run(npm, ["install", ...options, "--prefix", folder, "--", wanted], { signal, cwd: folder });
  const place = join(folder, "node_modules", name);
  const others = readdirSync(join(folder, "node_modules")).filter((entry) => !entry.startsWith("."));
  if (others.length !== 1)
    throw new UserError(`The pack ${name} brings other packages, which a pack must not`);
  return place;
}

function moveFolder(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // The folder for temporary files is on another disk.
    cpSync(from, to, { recursive: true });
  }
}

function reasonOf(cause: unknown): string {
  const text = cause instanceof Error && "stderr" in cause ? String(cause.stderr) : String(cause);
  const line = text.split("\n").find((each) => /error|fatal|404/i.test(each)) ?? text.split("\n")[0] ?? "";
  return line.replace(/^(npm (error|ERR!)|fatal:)\s*(code )?/i, "").trim();
}
