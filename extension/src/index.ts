import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { editorPlugin } from "./editor/plugin.ts";
import { guardPlugin } from "./guard/plugin.ts";
import { outputPlugin } from "./output/plugin.ts";
import { panelPlugin } from "./panel/plugin.ts";

/** The plugins of the extension. */
const plugins: JupyterFrontEndPlugin<void>[] = [outputPlugin, editorPlugin, panelPlugin, guardPlugin];

export default plugins;
