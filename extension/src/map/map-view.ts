import {
  type Basemap,
  type MapSpec,
  type MapState,
  parseMapSpec,
  parseMapState,
  type RowsSpec,
} from "@tombolo/bundle";
import { element } from "../output/element.ts";
import type { DrawInput } from "../output/renderer.ts";
import type { LinkedRows } from "../output/selection-hub.ts";
import { exportPanel, type Ways } from "./exports/menu.ts";
import { insetPanels } from "./insets.ts";
import { restoreLayer } from "./kept-state.ts";
import { ShownLayer } from "./map-layer.ts";
import type { Painter } from "./paint/page-painter.ts";
import { filterPanel } from "./panels/filters.ts";
import { layerPanel } from "./panels/layers.ts";
import { legendElement } from "./panels/legend.ts";
import { searchPanel } from "./panels/search.ts";
import { timeline } from "./panels/timeline.ts";
import { NO_DETAILS, type ReadingAids, readingAids } from "./reading-aids.ts";
import { MapStage } from "./stage.ts";
import { keepButton, panelButtons, type RowTable, tableButton } from "./toolbar.ts";

/** What a map is shown from, wherever it is shown. */
export interface MapInput extends Pick<DrawInput, "specification" | "fetchBlob" | "description" | "kept"> {
  /** What the views of the same rows share. */
  readonly selections: { linkedRows(link: RowsSpec): LinkedRows };
  /** Keeps the view; undefined where it cannot be kept. */
  readonly keep: DrawInput["keep"] | undefined;
  readonly signal: AbortSignal;
  readonly painter: Painter;
  /** Ways to take the map away as a file. */
  readonly ways: Ways;
  /** Undefined where there is no kernel. */
  readonly rowTable: RowTable | undefined;
  /** A background below the map, and its names above it; undefined where there is none. Throws when there cannot be one. */
  readonly background:
    | ((
        basemap: Basemap,
        stage: MapStage,
        failed: (reason: string) => void,
      ) => { readonly below: HTMLElement; readonly above: HTMLElement })
    | undefined;
}

/** Shows a map that can be moved, enlarged and read, by pointer, by keyboard and by screen reader. */
export async function showMap(host: HTMLElement, input: MapInput): Promise<void> {
  const { fetchBlob, description, kept, keep, signal, painter } = input;
  const spec = parseMapSpec(input.specification);
  const state = kept === undefined ? undefined : parseMapState(kept);
  const layers = await openLayers(spec, state, input);
  if (!layers) return;
  const stage = new MapStage(spec, layers, painter, signal, state?.extent ?? spec.extent);
  const parts = readingAids(stage, spec, description);
  const insets = insetPanels(spec.insets, stage, painter, signal);
  const repaint = () => {
    stage.repaint();
    insets.repaint();
  };
  if (spec.insets.length > 0) {
    parts.stageNode.append(insets.node);
    stage.insets = INSET_PART;
  }
  if (spec.basemap && input.background) addBackground(spec.basemap, input.background, stage, parts);
  const legends = [...layers].reverse().map((layer) => legendElement(layer, repaint, signal));
  const side = element("div", {
    className: "tombolo-side",
    children: legends.map(({ node }) => node),
  });
  const body = element("div", { className: "tombolo-map-body", children: [parts.stageNode, side] });
  const times = layers.find(({ spec: { time } }) => time)?.spec.time;
  const choose = (step: number) => {
    for (const layer of layers)
      if (layer.spec.time) layer.goTo(Math.min(step, layer.spec.time.steps.length - 1));
    for (const { draw } of legends) draw();
    repaint();
  };
  const bottom = times ? [timeline(times.steps, times.shown, choose, signal)] : [];
  const panels = panelButtons(side, {
    Search: () =>
      searchPanel(
        () => layers.filter(({ visible }) => visible),
        (target, box) => parts.goTo(target, box),
      ),
    Filter: () =>
      element("div", {
        children: layers.filter(hasNumbers).map((layer) => filterPanel(layer, repaint, signal)),
      }),
    ...(layers.length > 1 && { Layers: () => layerPanel(stage, repaint) }),
    Export: () => exportPanel({ spec, layers, stage, fetchBlob, description }, input.ways),
  });
  const tools = element("div", {
    className: "tombolo-tools",
    attributes: { role: "toolbar", "aria-label": "Map" },
    children: [
      ...panels,
      tableButton(layers, body, input.rowTable, () => {
        parts.note.textContent = NO_DETAILS;
      }),
      ...(keep
        ? [
            keepButton(spec, stage, layers, (state) => {
              keep(state);
              parts.note.textContent = KEPT;
            }),
          ]
        : []),
    ],
  });
  host.append(
    element("figure", {
      className: "tombolo-map",
      children: [
        element("figcaption", { text: spec.title }),
        body,
        ...bottom,
        element("div", {
          className: "tombolo-foot",
          children: [element("span", { className: "tombolo-source", text: sourceLine(spec) }), tools],
        }),
        ...spec.warnings.map((text) => element("p", { className: "tombolo-note", text })),
        parts.note,
        parts.spoken,
      ],
    }),
  );
}

const KEPT = "The view is kept, and saved with the notebook.";

/** The layers as they were kept; undefined when the view is closed before they are there. */
async function openLayers(
  spec: MapSpec,
  state: MapState | undefined,
  { fetchBlob, painter, selections, signal }: MapInput,
): Promise<ShownLayer[] | undefined> {
  const layers = await Promise.all(
    spec.layers.map((layer) => {
      const linked = layer.link && selections.linkedRows(layer.link);
      return ShownLayer.open(layer, { fetchBlob, painter, linked });
    }),
  );
  const close = () => {
    for (const layer of layers) layer.close();
  };
  if (signal.aborted) {
    close();
    return undefined;
  }
  signal.addEventListener("abort", close);
  await Promise.all(layers.map((layer, index) => restoreLayer(layer, state?.layers[index])));
  return layers;
}

/** Puts a background below the map; when there can be none, the map stays as it is and a note tells why. */
function addBackground(
  basemap: Basemap,
  background: NonNullable<MapInput["background"]>,
  stage: MapStage,
  { stageNode, note }: ReadingAids,
): void {
  const failed = (reason: string) => {
    note.textContent = reason;
  };
  try {
    const { below, above } = background(basemap, stage, failed);
    stageNode.prepend(below);
    stage.node.after(above);
  } catch (error) {
    failed(`There is no background: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Part of the width that insets take, as the style sheet says. */
const INSET_PART = 0.28;

function hasNumbers({ spec }: ShownLayer): boolean {
  return spec.columns.some(({ type }) => type !== "text");
}

function sourceLine({ source, basemap }: MapSpec): string {
  return [source, basemap?.attribution ?? ""].filter((line) => line !== "").join(" ");
}
