import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from "playwright-core";

const CANDIDATES = [
  process.env.TOMBOLO_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Path of a Chromium of this machine; undefined when there is none. With CI=true that is an error. */
export function findChromium(): string | undefined {
  const found = CANDIDATES.find((path) => path && existsSync(path));
  if (found) return found;
  const reason = "there is no Chromium at /usr/bin/chromium; install it, or set TOMBOLO_CHROMIUM to one";
  if (process.env.CI) throw new Error(`The browser tests cannot run: ${reason}.`);
  process.stdout.write(`The browser tests are skipped: ${reason}.\n`);
  return undefined;
}

/** Without a GPU, if wanted also without WebGL in software, and without asking the network for anything of its own. */
function optionsFor(executablePath: string, webgl: boolean): LaunchOptions {
  return {
    executablePath,
    ...(!webgl && { ignoreDefaultArgs: ["--enable-unsafe-swiftshader"] }),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      ...(webgl ? [] : ["--disable-software-rasterizer"]),
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

/** Starts Chromium for a test. */
export function launchChromium(executablePath: string, { webgl = true } = {}): Promise<Browser> {
  return chromium.launch(optionsFor(executablePath, webgl));
}

/** Starts Chromium with a profile that stays: its storage, history and caches lie in a folder. */
export function launchWithProfile(executablePath: string, profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, optionsFor(executablePath, true));
}
