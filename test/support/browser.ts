import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

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

/** Starts Chromium without a GPU, if wanted also without WebGL in software, and without asking the network for anything of its own. */
export function launchChromium(executablePath: string, { webgl = true } = {}): Promise<Browser> {
  return chromium.launch({
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
  });
}
