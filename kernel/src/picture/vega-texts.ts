import { openCanvas } from "./canvas.ts";

declare module "vega" {
  /** How Vega measures texts: by a guess where there is no browser, unless it is told how. */
  const textMetrics: { width: (item: SceneLabel, text: unknown) => number };
  /** The font of a text of the scene, as a canvas wants it. */
  function font(item: SceneLabel): string;
}

/** A text of the scene; what is wider than its limit is cut. */
interface SceneLabel {
  readonly limit?: number;
}

let ruled = false;

/** Has Vega measure texts as they will be painted: by its guess labels seem too wide for their place, and are left out or cut. */
export async function measureTexts({ textMetrics, font }: typeof import("vega")): Promise<void> {
  if (ruled) return;
  ruled = true;
  const { context } = await openCanvas(1, 1);
  textMetrics.width = (item, text) => {
    context.font = font(item);
    const { width } = context.measureText(String(text ?? "").trim());
    return item.limit ? Math.min(width, item.limit) : width;
  };
}
