import type { Colouring, SizeSpec } from "@tombolo/bundle";

interface Layer {
  readonly visible: boolean;
  readonly colouring: Pick<Colouring, "type">;
  readonly spec: { readonly size?: SizeSpec };
}

/** The layer whose rows a map is about: of those that are visible the uppermost that shows values, else the uppermost. */
export function tellingLayer<Shown extends Layer>(layers: readonly Shown[]): Shown | undefined {
  const visible = layers.filter((layer) => layer.visible);
  const telling = visible.findLast(({ spec, colouring }) => colouring.type !== "plain" || spec.size);
  return telling ?? visible.at(-1);
}
