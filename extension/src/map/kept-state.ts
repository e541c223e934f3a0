import { type MapState, viewBox } from "@tombolo/bundle";
import type { ShownLayer } from "./map-layer.ts";
import type { MapStage } from "./stage.ts";

/** What a reader has made of a map: its extent, the hidden layers and the chosen columns; undefined before it is shown. */
export function currentState(stage: MapStage, layers: readonly ShownLayer[]): MapState | undefined {
  if (!stage.view) return undefined;
  const states = layers.map(({ visible, colouring, spec }) => {
    const isOther =
      colouring.type === "classes" &&
      !("column" in spec.colouring && spec.colouring.column === colouring.column);
    return { visible, ...(isOther && { column: colouring.column }) };
  });
  return { extent: viewBox(stage.view, stage.size), layers: states };
}

/** Shows a layer as it was kept. */
export async function restoreLayer(
  layer: ShownLayer,
  state: MapState["layers"][number] | undefined,
): Promise<void> {
  if (!state) return;
  layer.visible = state.visible;
  if (state.column !== undefined && layer.columns.find(state.column)) await layer.recolour(state.column);
}
