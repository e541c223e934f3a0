import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import type { JupyterEnvironment } from "./environment.ts";

/** A JupyterLab that runs on loopback for a test. */
export interface JupyterServer {
  readonly address: string;
  readonly token: string;
  /** What it has logged so far, kernels included. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts JupyterLab in a folder, with all that it writes in another, as the environment is set up: with the hook for saving, and
 * with Notebook 7 where it is installed, at /notebooks.
 */
export async function startJupyterLab(
  environment: Pick<JupyterEnvironment, "python" | "variables">,
  folder: string,
  own: string,
): Promise<JupyterServer> {
  const port = await freePort();
  const token = "test";
  const parameters = [
    ...[
      "-m",
      "jupyterlab",
      "--no-browser",
      "--allow-root",
      `--ServerApp.root_dir=${folder}`,
      "--ServerApp.ip=127.0.0.1",
    ],
    ...[`--ServerApp.port=${port}`, "--ServerApp.port_retries=0", "--Application.log_level=INFO"],
    ...["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
    ...["--LabApp.extension_manager=readonly", "--LanguageServerManager.autodetect=False"],
  ];
  // What the user has set is kept out by the folders below.
  const { JUPYTER_NO_CONFIG: _, ...others } = environment.variables;
  const variables = {
    ...others,
    JUPYTER_TOKEN: token,
    JUPYTER_CONFIG_DIR: join(own, "config"),
    JUPYTER_DATA_DIR: join(own, "data"),
    JUPYTER_RUNTIME_DIR: join(own, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(own, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(own, "workspaces"),
  };
  const server = spawn(environment.python, parameters, {
    cwd: folder,
    env: variables,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let printed = "";
  server.stderr.on("data", (part) => {
    printed += part;
  });
  const address = `http://127.0.0.1:${port}`;
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(`${address}/api/status?token=${token}`).catch(() => undefined);
    if (response?.ok) break;
    if (server.exitCode !== null || attempt > 300) throw new Error(`JupyterLab did not start:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { address, token, log: () => printed, stop: () => stop(server) };
}

/**
 * Milliseconds that a JupyterLab has to end by itself. Its kernels and extensions end at once, but Python then collects all
 * that the server had in memory, which takes 0.6 s of processor time also without any kernel: seconds on a busy machine.
 */
const PATIENCE = 10_000;

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    // Its kernels may hold what it wrote to for longer than it lives itself.
    server.once("exit", () => resolve());
    server.stderr?.destroy();
    server.kill("SIGTERM");
    // It waits for its kernels; a test does not wait for it for ever.
    setTimeout(() => server.kill("SIGKILL"), PATIENCE).unref();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
