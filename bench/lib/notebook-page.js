// @ts-check
// JupyterLab and one notebook of it in Chromium, with the clock on: when the kernel had answered, and when there was a picture.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}

/**
 * @param {string} python
 * @param {string} folder - of the notebooks; Jupyter's own files go below it as well
 */
export async function startServer(python, folder) {
  const port = await freePort();
  const own = join(folder, ".jupyter");
  const server = spawn(
    python,
    [
      ...[
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        `--ServerApp.root_dir=${folder}`,
        "--ServerApp.ip=127.0.0.1",
      ],
      ...[`--ServerApp.port=${port}`, "--Application.log_level=CRITICAL", "--LabApp.news_url=None"],
      ...[
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
      ],
    ],
    {
      stdio: "ignore",
      env: {
        ...process.env,
        ...{
          JUPYTER_TOKEN: "bench",
          JUPYTER_CONFIG_DIR: join(own, "config"),
          JUPYTER_DATA_DIR: join(own, "data"),
        },
        ...{ JUPYTER_RUNTIME_DIR: join(own, "runtime"), JUPYTERLAB_WORKSPACES_DIR: join(own, "workspaces") },
        ...{
          JUPYTERLAB_SETTINGS_DIR: join(own, "settings"),
          JUPYTER_PREFER_ENV_PATH: "1",
          IPYTHONDIR: join(own, "ipython"),
        },
      },
    },
  );
  const address = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${address}/api/status?token=bench`).catch(() => undefined))?.ok)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const stop = () =>
    new Promise((resolve) => {
      server.once("close", resolve);
      server.kill("SIGTERM");
    });
  return { address, stop };
}

/**
 * @param {string} path
 * @param {string} kernel
 * @param {readonly string[]} cells
 */
export function writeNotebook(path, kernel, cells) {
  const language = kernel === "tombolo" ? "typescript" : "python";
  writeFileSync(
    path,
    JSON.stringify({
      cells: cells.map((source, index) => ({
        ...{ cell_type: "code", id: `c${index}`, execution_count: null, metadata: {}, outputs: [], source },
      })),
      metadata: { kernelspec: { name: kernel, display_name: kernel, language } },
      ...{ nbformat: 4, nbformat_minor: 5 },
    }),
  );
}

/**
 * Opens a notebook and runs its cells one by one; each run is timed.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 * @param {string} name
 */
export async function openNotebook(browser, address, name) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
  /** @type {{ at: number, bytes: number, isReply: boolean }[]} */
  const frames = [];
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => {
      frames.push({ at: Date.now(), bytes: payload.length, isReply: payload.includes('"execute_reply"') });
    }),
  );
  await page.goto(`${address}/lab/tree/${name}?token=bench&reset`);
  await page.locator(".jp-CodeCell").first().waitFor({ timeout: 60_000 });
  await page
    .getByText(/\| Idle$/)
    .first()
    .waitFor({ timeout: 60_000 });
  await page.locator(".jp-CodeCell .cm-content").first().click();
  await page.keyboard.press("Escape");
  let next = 0;
  return {
    page,
    frames,
    /** Runs the next cell and waits for the kernel's answer; tells when that came. */
    async runCell(timeout = 180_000) {
      const from = frames.length;
      // A map that was used has made its own cell the active one.
      await page.locator(".jp-CodeCell").nth(next++).locator(".jp-InputPrompt").click();
      const startedAt = Date.now();
      await page.keyboard.press("Shift+Enter");
      for (const end = Date.now() + timeout; Date.now() < end; ) {
        const reply = frames.slice(from).find(({ isReply }) => isReply);
        if (reply) return { startedAt, repliedAt: reply.at, from };
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error("the kernel did not answer in time");
    },
    /** Bytes that came since a frame. @param {number} from */
    bytesSince: (from) => frames.slice(from).reduce((sum, { bytes }) => sum + bytes, 0),
    async save() {
      await page.locator(".lm-MenuBar-itemLabel", { hasText: /^File$/ }).click();
      await page
        .locator(".lm-Menu-itemLabel", { hasText: /^Save Notebook$/ })
        .first()
        .click();
      await page.locator(".jp-mod-dirty").first().waitFor({ state: "detached", timeout: 120_000 });
    },
  };
}
