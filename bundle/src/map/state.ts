import type { Box } from "../geometry/geometry.ts";
import * as parse from "../parse.ts";

/** What a reader has made of a map, kept in the notebook only when they ask for it. */
export interface MapState {
  /** What is seen, in metres of the map's coordinate system. */
  readonly extent: Box;
  readonly layers: readonly LayerState[];
}

/** What a reader has made of a layer. */
export interface LayerState {
  readonly visible: boolean;
  /** Column shown by colour, when it is another than at first. */
  readonly column?: string;
}

/** A state from a notebook; throws a TypeError for anything else. */
export function parseMapState(value: unknown): MapState {
  const state = parse.record(value, "view");
  const extent = parse.record(state.extent, "extent");
  const [minX, minY, maxX, maxY] = ["minX", "minY", "maxX", "maxY"].map((name) =>
    parse.finite(extent[name], name),
  );
  return {
    extent: { minX: minX ?? 0, minY: minY ?? 0, maxX: maxX ?? 0, maxY: maxY ?? 0 },
    layers: parse.list(state, "layers", 20).map((each) => {
      const layer = parse.record(each, "layer");
      return {
        visible: parse.flag(layer, "visible"),
        ...(layer.column !== undefined && { column: parse.text(layer, "column") }),
      };
    }),
  };
}
