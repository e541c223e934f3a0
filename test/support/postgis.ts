import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { openPostgis } from "../../kernel/src/engine/postgis/postgis.ts";
import { mirrorStore } from "../../kernel/src/store/mirror.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryStore } from "./store.ts";

/** A PostgreSQL of the test's own, in a temporary folder, reached by a socket there. */
export interface PostgisServer {
  open(): Promise<Engine>;
  stop(): Promise<void>;
}

/** A store, and the same with its tables in a PostGIS of the test's own. */
export interface MirroredStore {
  readonly store: Store;
  readonly mirrored: Store;
  close(): Promise<void>;
}

/** Opens a store of the test's own and mirrors it. */
export async function openMirroredStore(programs: string): Promise<MirroredStore> {
  const server = await startPostgis(programs);
  const store = await temporaryStore();
  const engine = await server.open();
  const mirrored = await mirrorStore(store, engine);
  return {
    store,
    mirrored,
    async close() {
      engine.close();
      store.remove();
      await server.stop();
    },
  };
}

const VERSIONS = "/usr/lib/postgresql";

/** Folder of PostgreSQL's programs with PostGIS beside them, or a sentence why there is none. */
export function findPostgis(): { programs: string } | { reason: string } {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort() : [];
  const version = versions.findLast(
    (each) =>
      existsSync(join(VERSIONS, each, "bin", "initdb")) &&
      existsSync(`/usr/share/postgresql/${each}/extension/postgis.control`),
  );
  if (version !== undefined) return { programs: join(VERSIONS, version, "bin") };
  return {
    reason:
      "PostGIS is not installed (Debian: postgresql-15 postgresql-15-postgis-3), so nothing is compared with it.",
  };
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made, or as nobody. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = ["-u", "-g"].map((flag) =>
        Number(execFileSync("id", [flag, user], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })),
      );
      if (uid !== undefined && gid !== undefined) return { uid, gid };
    } catch {
      // There is no such user; the next one may be there.
    }
  }
  throw new Error("PostgreSQL cannot run as root, and there is neither a user postgres nor nobody");
}

/** Starts a PostgreSQL. It is stopped by its process id. */
export async function startPostgis(programs: string): Promise<PostgisServer> {
  const folder = mkdtempSync(join(tmpdir(), "tombolo-pg-"));
  const user = owner();
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, "data");
  const options = { cwd: folder, ...user };
  execFileSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "tombolo", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const settings = [
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "jit=off",
  ];
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, "-k", folder, ...settings.flatMap((setting) => ["-c", setting])],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  server.stderr?.on("data", (bytes) => {
    said += String(bytes);
  });
  const open = () => openPostgis({ host: folder, user: "tombolo", database: "postgres" });
  try {
    await ready(server, open, () => said);
  } catch (error) {
    await stop(server, folder);
    throw error;
  }
  return { open, stop: () => stop(server, folder) };
}

async function ready(server: ChildProcess, open: () => Promise<Engine>, said: () => string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}: ${said()}`);
    try {
      (await open()).close();
      return;
    } catch (error) {
      if (!/ENOENT|ECONNREFUSED|starting up|not yet accepting/.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => server.on("close", resolve));
  if (server.exitCode === null) {
    server.kill("SIGINT");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}
