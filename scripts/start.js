// @ts-check
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { containedVariables, python, root } from "./lib/paths.js";
import { choosePort } from "./lib/requirements.js";
import { Missing, runMain } from "./lib/run.js";
import { setUp } from "./lib/setup.js";

const NOTEBOOK = "notebooks/01-first-map.ipynb";

const USAGE = `npm start -- [--port N] [--no-browser]

Sets up what is missing, builds what has changed, and opens JupyterLab at ${NOTEBOOK}.
  --port N       serve at this port; the first free one from 8888 unless told otherwise
  --no-browser   do not open a browser, only print the address`;

await runMain(async () => {
  const { port: wanted, "no-browser": quiet, help } = readOptions();
  if (help) {
    console.log(USAGE);
    return;
  }
  const port = await choosePort(wanted);
  await setUp();
  await serve(port, quiet === true);
});

function readOptions() {
  try {
    return parseArgs({
      options: {
        port: { type: "string" },
        "no-browser": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new Missing(`${error instanceof Error ? error.message : error}\n${USAGE}`);
  }
}

/**
 * Runs JupyterLab until it ends or Ctrl-C is pressed.
 * @param {number} port
 * @param {boolean} quiet
 */
async function serve(port, quiet) {
  const token = randomBytes(24).toString("hex");
  const address = `http://localhost:${port}/lab/tree/${NOTEBOOK}?token=${token}`;
  const parameters = [
    ...["-m", "jupyterlab", NOTEBOOK, `--ServerApp.root_dir=${root}`, "--ServerApp.ip=127.0.0.1"],
    ...[`--ServerApp.port=${port}`, "--ServerApp.port_retries=0", "--Application.log_level=WARN"],
    // Nothing of these is needed, and each asks the network or costs time at the start.
    ...["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"],
    ...["--LabApp.extension_manager=readonly", "--LanguageServerManager.autodetect=False"],
    ...(quiet ? ["--no-browser"] : []),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  // In a group of its own: Ctrl-C would make Jupyter ask a question; it is told to stop instead.
  const server = spawn(python, parameters, {
    cwd: root,
    env: { ...containedVariables(), JUPYTER_TOKEN: token },
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
  });
  const stop = () => server.kill("SIGTERM");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  const ended = new Promise((resolve) => server.on("close", resolve));
  if (await served(port, token, () => server.exitCode !== null || server.signalCode !== null))
    console.log(`\nJupyterLab: ${address}\nCtrl-C stops it.`);
  const code = await ended;
  if (code !== 0 && code !== null)
    throw new Missing(`JupyterLab ended with ${code}; its messages are above.`);
}

/**
 * Waits until JupyterLab answers; false when it has ended before.
 * @param {number} port
 * @param {string} token
 * @param {() => boolean} hasEnded
 */
async function served(port, token, hasEnded) {
  while (!hasEnded()) {
    const response = await fetch(`http://127.0.0.1:${port}/lab?token=${token}`).catch(() => undefined);
    if (response?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
