import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentOf, type PlaceOptions } from "./places.ts";

const MODULE = "tombolo_save_hook";

/** Files of the hook that keeps closed values out of saved notebooks: its Python module, and what tells Jupyter Server of it. */
interface HookFiles {
  readonly module: string;
  readonly configuration: string;
}

/** Puts the hook into Jupyter Server; false where there is no Python to put it in. */
export function installSaveHook(options: PlaceOptions): boolean {
  const files = hookFiles(options);
  if (!files) return false;
  mkdirSync(join(files.module, ".."), { recursive: true });
  mkdirSync(join(files.configuration, ".."), { recursive: true });
  cpSync(fileURLToPath(new URL(`../../server/${MODULE}.py`, import.meta.url)), files.module);
  const configuration = { ServerApp: { jpserver_extensions: { [MODULE]: true } } };
  writeFileSync(files.configuration, `${JSON.stringify(configuration, null, 1)}\n`);
  return true;
}

/** Takes the hook away; the files that were there. */
export function removeSaveHook(options: PlaceOptions): string[] {
  const files = Object.values(hookFiles(options) ?? {}).filter((file) => existsSync(file));
  for (const file of files) rmSync(file);
  return files;
}

function hookFiles(options: PlaceOptions): HookFiles | undefined {
  const prefix = environmentOf(options);
  const python = prefix === undefined ? "python3" : join(prefix, "bin", "python");
  const question =
    prefix === undefined
      ? "import site; print(site.getusersitepackages())"
      : "import sysconfig; print(sysconfig.get_path('purelib'))";
  const packages = answerOf(python, question);
  if (packages === undefined) return undefined;
  const settings =
    prefix === undefined
      ? (process.env.JUPYTER_CONFIG_DIR ?? join(homedir(), ".jupyter"))
      : join(prefix, "etc", "jupyter");
  return {
    module: join(packages, `${MODULE}.py`),
    configuration: join(settings, "jupyter_server_config.d", "tombolo.json"),
  };
}

function answerOf(python: string, question: string): string | undefined {
  try {
    return execFileSync(python, ["-c", question], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    // No Python there: a Jupyter that is only pointed at this folder has it elsewhere.
    return undefined;
  }
}
