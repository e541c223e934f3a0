import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { INotebookTracker, type NotebookPanel } from "@jupyterlab/notebook";
import { CHART_MIME, MAP_MIME, TABLE_MIME } from "@tombolo/bundle";
import { drawChart } from "../chart/chart-view.ts";
import { drawMap } from "../map/map-view.ts";
import { drawTable } from "../table/table-view.ts";
import { blobFetcher, connected } from "./blobs.ts";
import { type Draw, OutputRenderer } from "./renderer.ts";
import { SelectionHub } from "./selection-hub.ts";

/** Lower numbers win; JupyterLab's own for HTML has 50. */
const RANK = 40;

const VIEWS: Readonly<Record<string, Draw>> = {
  [MAP_MIME]: drawMap,
  [CHART_MIME]: drawChart,
  [TABLE_MIME]: drawTable,
};

/** Shows maps, charts and tables in notebooks. Each notebook gets its own, because only its kernel has the parts. */
export const outputPlugin: JupyterFrontEndPlugin<void> = {
  id: "@tombolo/jupyterlab:output",
  description: "Shows maps, charts and tables of Tombolo.",
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_app, tracker: INotebookTracker) => {
    tracker.widgetAdded.connect((_tracker, panel) => addViews(panel));
    tracker.forEach(addViews);
  },
};

function addViews(panel: NotebookPanel): void {
  const notebook = {
    fetchBlob: blobFetcher(panel.sessionContext),
    connect: () => connected(panel.sessionContext),
    selections: new SelectionHub(panel.sessionContext),
  };
  for (const [mimeType, draw] of Object.entries(VIEWS)) {
    panel.content.rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [mimeType],
        createRenderer: () => new OutputRenderer(mimeType, draw, notebook),
      },
      RANK,
    );
  }
}
