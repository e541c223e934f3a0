import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "@jest/globals";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { findChromium, launchChromium } from "./browser.ts";
import { describeWhere } from "./describe-where.ts";
import { type JupyterEnvironment, requireEnvironment } from "./environment.ts";
import { type JupyterServer, startJupyterLab } from "./jupyterlab.ts";
import { type NotebookPage, openNotebook } from "./notebook-page.ts";
import { temporaryFolder } from "./store.ts";

/** A JupyterLab of its own for the tests of a file, and a Chromium to open it in. */
export interface Lab {
  readonly environment: JupyterEnvironment;
  /** The folder that JupyterLab shows; all that it writes elsewhere lies beside it. */
  readonly work: string;
  readonly server: JupyterServer;
  readonly browser: Browser;
  /** Opens a notebook of the folder in a page of its own. */
  open(name: string, options?: BrowserContextOptions): Promise<NotebookPage>;
}

/** What the tests are called, and how they want to have JupyterLab and Chromium. */
export interface LabOptions {
  readonly name: string;
  /** Whether Chromium has WebGL. */
  readonly webgl?: boolean;
  /** Another Python that has another JupyterLab. */
  readonly python?: string;
}

/** Describes tests in JupyterLab, which runs from before the first until after the last; without a Chromium they are skipped. */
export function describeInJupyterLab(named: string | LabOptions, tests: (lab: Lab) => void): void {
  const options: LabOptions = typeof named === "string" ? { name: named } : named;
  const { name, webgl = true, python } = options;
  const chromium = findChromium();
  if (!chromium) {
    describeWhere("there is no Chromium", name, () => test("opens", () => undefined));
    return;
  }
  describe(name, () => {
    const environment = requireEnvironment("JupyterLab is opened in Chromium");
    const folder = temporaryFolder();
    const work = join(folder.path, "work");
    mkdirSync(work);
    let server: JupyterServer | undefined;
    let browser: Browser | undefined;
    const lab: Lab = {
      environment,
      work,
      get server() {
        return started(server);
      },
      get browser() {
        return started(browser);
      },
      open: async (notebook, options) =>
        openNotebook(await lab.browser.newPage(options), lab.server, notebook),
    };
    beforeAll(async () => {
      const own = join(folder.path, "jupyter");
      const installed = { ...environment, ...(python !== undefined && { python }) };
      server = await startJupyterLab(installed, work, own);
      browser = await launchChromium(chromium, { webgl });
    }, 120_000);
    tests(lab);
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      folder.remove();
    });
  });
}

function started<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error("JupyterLab is started before the first test, not before that");
  return part;
}
