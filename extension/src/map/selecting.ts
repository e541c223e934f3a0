import { rowSet, toWorld } from "@tombolo/bundle";
import type { ShownLayer } from "./map-layer.ts";
import type { MapStage, Target } from "./stage.ts";

/** Selects what was clicked, or nothing when nothing was. */
export function selectTarget(stage: MapStage, target: Target | undefined, add: boolean): void {
  if (!target) {
    if (!add) for (const { linked } of stage.order) linked?.select(undefined);
    return;
  }
  const { linked } = target.layer;
  linked?.select(rowSet(linked.link.count, [target.feature]), add ? "toggle" : "replace");
}

/** Selects the features inside a line of pixels, in the uppermost layer that can be selected from. */
export function selectInside(
  stage: MapStage,
  line: readonly [number, number][],
  add: boolean,
): ShownLayer | undefined {
  const { view, size } = stage;
  const layer = [...stage.order].reverse().find(({ visible, linked }) => visible && linked);
  if (!view || !layer?.linked) return undefined;
  const { originX, originY, scale } = layer.geometry.geometry;
  const units = line.flatMap(([pixelX, pixelY]) => {
    const [x, y] = toWorld(view, size, pixelX, pixelY);
    return [(x - originX) / scale, (y - originY) / scale];
  });
  const features = layer.index.inLasso(units).filter((feature) => layer.isShown(feature));
  layer.linked.select(rowSet(layer.linked.link.count, features), add ? "add" : "replace");
  return layer;
}
