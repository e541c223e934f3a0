import { refusingLoader } from "@tombolo/bundle";
import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../errors.ts";
import { FONT, openCanvas, toBase64 } from "./canvas.ts";

/** Pixels of the picture for each of its own: sharp enough on dense screens, and small enough to be saved. */
const DENSITY = 1.5;
const MARGIN = 8;

/** The picture of a Vega-Lite chart as a PNG in base64, with its size in pixels, without a browser. No address is ever loaded. */
export async function drawChart(
  vegaLite: object,
): Promise<{ picture: string; width: number; height: number }> {
  const { compile } = await import("vega-lite");
  const vega = await import("vega");
  const { expressionInterpreter } = await import("vega-interpreter");
  const { loadImage } = await import("@napi-rs/canvas");
  await openCanvas(1, 1);
  if (!isTopLevelSpec(vegaLite))
    throw new UserError("This is not a Vega-Lite specification: it has no mark and no layers");
  // Vega marks the rows that it is given, and these are also saved.
  const { spec } = compile(structuredClone(vegaLite), { config: { font: FONT, background: "#ffffff" } });
  const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "none",
    loader: refusingLoader(),
    logLevel: vega.Error,
  });
  try {
    const svg = await view.toSVG(DENSITY);
    const image = await loadImage(Buffer.from(svg));
    const { canvas, context } = await openCanvas(
      image.width + 2 * MARGIN * DENSITY,
      image.height + 2 * MARGIN * DENSITY,
    );
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, MARGIN * DENSITY, MARGIN * DENSITY);
    return {
      picture: await toBase64(canvas),
      width: canvas.width / DENSITY,
      height: canvas.height / DENSITY,
    };
  } finally {
    view.finalize();
  }
}

/** Whether an object can be a Vega-Lite specification; Vega-Lite itself checks the rest. */
function isTopLevelSpec(value: object): value is TopLevelSpec {
  return ["mark", "layer", "facet", "concat", "hconcat", "vconcat", "repeat"].some((name) => name in value);
}
