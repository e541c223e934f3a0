import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { GIT_SETTINGS, GIT_VARIABLES, type GitSource } from "./git.ts";
import { NPM, type NpmSource } from "./npm.ts";
import { isOffline } from "./offline.ts";
import { reasonOf } from "./reason.ts";

/** How long a registry or a repository may take to say which versions there are, in milliseconds. */
const PATIENCE = 10_000;

/** Versions that a place offers, or why it did not answer. */
export interface Listed {
  readonly versions: readonly string[];
  readonly silent?: string;
}

/** The versions of a package on npm, or the tags of a Git repository. */
export async function listVersions(source: GitSource | NpmSource, signal?: AbortSignal): Promise<Listed> {
  if (isOffline(source.kind === "git" ? source.address : undefined))
    return { versions: [], silent: "offline" };
  const run = (program: string, parameters: readonly string[], variables = {}) =>
    promisify(execFile)(program, [...parameters], {
      signal,
      timeout: PATIENCE,
      env: { ...process.env, ...variables },
    });
  try {
    if (source.kind === "npm") {
      const options = ["--json", "--fetch-retries=0", "--no-update-notifier"];
      const { stdout } = await run(NPM, ["view", ...options, "--", source.name, "versions"]);
      const found: unknown = JSON.parse(stdout);
      return { versions: [found].flat().filter((version) => typeof version === "string") };
    }
    const parameters = [...GIT_SETTINGS, "ls-remote", "--tags", "--refs", "--", source.address];
    const { stdout } = await run("git", parameters, GIT_VARIABLES);
    return { versions: [...stdout.matchAll(/\trefs\/tags\/(\S+)$/gm)].map((match) => match[1] ?? "") };
  } catch (error) {
    if (signal?.aborted) throw error;
    return { versions: [], silent: reasonOf(error) };
  }
}
