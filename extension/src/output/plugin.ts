import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { PageConfig, PathExt, URLExt } from "@jupyterlab/coreutils";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { CHART_MIME, MAP_MIME, TABLE_MIME, VEGA_LITE_6_MIMES } from "@tombolo/bundle";
import { drawChart, drawVegaLite } from "../chart/chart-view.ts";
import { CATEGORY } from "../commands/cells.ts";
import { drawMap } from "../map/draw-map.ts";
import { PLUGIN_ID, readSettings } from "../settings.ts";
import { showSavedTable } from "../table/saved-table.ts";
import { drawTable } from "../table/table-view.ts";
import { blobFetcher, connected } from "./blobs.ts";
import { onKernelGone } from "./kernel-gone.ts";
import { type Draw, OutputRenderer } from "./renderer.ts";
import { SelectionHub } from "./selection-hub.ts";

/** Lower numbers win; JupyterLab's own for HTML has 50. */
const RANK = 40;

const VIEWS: Readonly<Record<string, Draw>> = {
  [MAP_MIME]: drawMap,
  [CHART_MIME]: drawChart,
  [TABLE_MIME]: drawTable,
  ...Object.fromEntries(VEGA_LITE_6_MIMES.map((mimeType) => [mimeType, drawVegaLite])),
};

/** Shows maps, charts and tables in notebooks. Each notebook gets its own, because only its kernel has the parts. */
export const outputPlugin: JupyterFrontEndPlugin<void> = {
  id: "@tombolo/jupyterlab:output",
  description: "Shows maps, charts and tables of Tombolo.",
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ICommandPalette],
  activate: (
    { commands }: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null,
  ) => {
    void registry?.load(PLUGIN_ID).then((settings) => {
      const apply = () => {
        basemapHosts = readSettings(settings).basemapHosts;
      };
      settings.changed.connect(apply);
      apply();
    });
    const current = () => tracker.currentWidget && selections.get(tracker.currentWidget);
    commands.addCommand(CLEAR_SELECTION, {
      label: "Clear the selection in all views",
      isEnabled: () => Boolean(current()),
      execute: () => current()?.clear(),
    });
    palette?.addItem({ command: CLEAR_SELECTION, category: CATEGORY });
    tracker.widgetAdded.connect((_tracker, panel) => addViews(panel));
    tracker.forEach(addViews);
  },
};

const CLEAR_SELECTION = "tombolo:clear-selection";

/** What is selected in the views of each notebook. */
const selections = new WeakMap<NotebookPanel, SelectionHub>();

/** Hosts that the reader has allowed in the settings; none unless told otherwise. */
let basemapHosts: readonly string[] = [];

function filesAddress(notebook: string): string {
  const folder = PathExt.dirname(notebook);
  return URLExt.join(PageConfig.getBaseUrl(), "files", URLExt.encodeParts(folder), "/");
}

function addViews(panel: NotebookPanel): void {
  const hub = new SelectionHub(panel.sessionContext);
  selections.set(panel, hub);
  const notebook = {
    fetchBlob: blobFetcher(panel.sessionContext),
    connect: () => connected(panel.sessionContext),
    onKernelGone: (gone: () => void, signal: AbortSignal) => onKernelGone(panel.sessionContext, gone, signal),
    selections: hub,
    files: () => filesAddress(panel.context.path),
    basemapHosts: () => basemapHosts,
  };
  for (const [mimeType, draw] of Object.entries(VIEWS)) {
    panel.content.rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [mimeType],
        createRenderer: () =>
          new OutputRenderer(mimeType, draw, notebook, mimeType === TABLE_MIME ? showSavedTable : undefined),
      },
      RANK,
    );
  }
}
