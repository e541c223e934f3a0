import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const program = new URL("../../kernel/bin/tombolo.js", import.meta.url).pathname;

interface Published {
  name: string;
  readonly "dist-tags": Record<string, string>;
  readonly versions: Record<string, Record<string, unknown>>;
  readonly _attachments?: Readonly<Record<string, { readonly data: string }>>;
}

/**
 * A registry on this machine that takes what `npm publish` sends and gives it to `npm install` and `npm search`. It keeps
 * what it is sent as it is; only the addresses of the archives are its own.
 */
export async function startRegistry(): Promise<{ address: string; stop(): Promise<void> }> {
  const packages = new Map<string, Published>();
  const archives = new Map<string, Buffer>();
  const publish = (path: string, sent: Published): void => {
    const before = packages.get(path);
    for (const [file, { data }] of Object.entries(sent._attachments ?? {}))
      archives.set(`-/${file}`, Buffer.from(data, "base64"));
    for (const [version, manifest] of Object.entries(sent.versions))
      manifest["dist"] = {
        ...Object(manifest["dist"]),
        tarball: `${address}-/${path}-${version}.tgz`,
      };
    packages.set(path, {
      name: path,
      "dist-tags": { ...before?.["dist-tags"], ...sent["dist-tags"] },
      versions: { ...before?.versions, ...sent.versions },
    });
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname.slice(1));
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    if (request.method === "PUT") {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      publish(path, JSON.parse(Buffer.concat(parts).toString()));
      return json(201, { ok: true });
    }
    const archive = archives.get(path);
    if (archive) return response.writeHead(200).end(archive);
    if (path === "-/v1/search") {
      const found = [...packages.values()].map((each) => {
        const last = each.versions[each["dist-tags"]["latest"] ?? ""] ?? {};
        return { package: { date: new Date().toISOString(), maintainers: [], ...last } };
      });
      return json(200, { objects: found, total: found.length });
    }
    const found = packages.get(path);
    return found ? json(200, found) : json(404, { error: "not found" });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port }: AddressInfo = Object(server.address());
  const address = `http://127.0.0.1:${port}/`;
  return {
    address,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A person with a home of his own, who knows a registry and nothing else. */
export function registryUser(registry: string, home: string) {
  mkdirSync(home, { recursive: true });
  const host = registry.replace(/^http:/, "");
  writeFileSync(join(home, ".npmrc"), `registry=${registry}\n${host}:_authToken=nobody\n`);
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    USERPROFILE: home,
    NPM_CONFIG_USERCONFIG: join(home, ".npmrc"),
    NPM_CONFIG_CACHE: join(home, "cache"),
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
  };
  const run = (command: string, parameters: readonly string[], cwd = home) =>
    promisify(execFile)(command, parameters, { cwd, env }).then(
      ({ stdout }) => ({ status: 0, text: stdout }),
      (error: { stderr: string }) => ({ status: 1, text: error.stderr }),
    );
  return {
    home,
    env,
    publish: (place: string) => run("npm", ["publish", "--ignore-scripts"], place),
    tombolo: (...parameters: string[]) => run(process.execPath, [program, ...parameters]),
  };
}
