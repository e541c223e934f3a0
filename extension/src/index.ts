import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { outputPlugin } from "./output/plugin.ts";

/** The plugins of the extension. */
const plugins: JupyterFrontEndPlugin<void>[] = [outputPlugin];

export default plugins;
