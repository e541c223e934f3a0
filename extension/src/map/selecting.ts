import { toWorld } from "@tombolo/bundle";
import type { ShownLayer } from "./map-layer.ts";
import type { MapStage, Target } from "./stage.ts";

/** Selects what was clicked, or nothing when nothing was. */
export function selectTarget(stage: MapStage, target: Target | undefined, add: boolean): void {
  if (target) target.layer.rows?.select([target.feature], add ? "toggle" : "replace");
  else if (!add) for (const { rows } of stage.order) rows?.linked.select(undefined);
}

/** Selects the features inside a line of pixels, in the uppermost layer that can be selected from. */
export function selectInside(
  stage: MapStage,
  line: readonly [number, number][],
  add: boolean,
): ShownLayer | undefined {
  const { view, size } = stage;
  const layer = [...stage.order].reverse().find(({ visible, rows }) => visible && rows);
  if (!view || !layer?.rows) return undefined;
  const { originX, originY, scale } = layer.geometry.geometry;
  const units = line.flatMap(([pixelX, pixelY]) => {
    const [x, y] = toWorld(view, size, pixelX, pixelY);
    return [(x - originX) / scale, (y - originY) / scale];
  });
  const features = layer.index.inLasso(units).filter((feature) => layer.isShown(feature));
  layer.rows.select(features, add ? "add" : "replace");
  return layer;
}
