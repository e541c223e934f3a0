import { chartTheme } from "@tombolo/bundle/chart-theme";
import { LIGHT_THEME } from "@tombolo/bundle/paint/theme";
import { refusingLoader } from "@tombolo/bundle/refusing-loader";
import { CHART_ROWS, isVegaLite } from "@tombolo/bundle/vega-lite";
import { UserError } from "../errors.ts";
import { FONT, openCanvas, toBase64, wrapText } from "./canvas.ts";

/** Pixels of the picture for each of its own: sharp enough on dense screens, and small enough to be saved. */
const DENSITY = 1.25;
const MARGIN = 8;
const LINE_HEIGHT = 15;
const MOST_PIXELS = 4096;

/**
 * The picture of a Vega-Lite chart as a PNG in base64, with its size in pixels, without a browser. No address is ever
 * loaded. `values` are the rows of the data that the specification only names.
 */
export async function drawChart(
  vegaLite: object,
  values: readonly object[] | undefined,
  source: string,
): Promise<{ picture: string; width: number; height: number }> {
  const { loadImage } = await import("@napi-rs/canvas");
  await openCanvas(1, 1);
  const image = await loadImage(Buffer.from(await drawSvg(vegaLite, values)));
  const width = Math.min(MOST_PIXELS, image.width + 2 * MARGIN * DENSITY);
  const height = Math.min(MOST_PIXELS, image.height + 2 * MARGIN * DENSITY);
  const { context: ruler } = await openCanvas(1, 1);
  ruler.font = sourceFont;
  const lines = source === "" ? [] : wrapText(ruler, source, width - 2 * MARGIN * DENSITY, 3);
  const { canvas, context } = await openCanvas(width, height + lines.length * LINE_HEIGHT * DENSITY);
  context.fillStyle = LIGHT_THEME.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, MARGIN * DENSITY, MARGIN * DENSITY);
  context.font = sourceFont;
  context.fillStyle = LIGHT_THEME.faintText;
  lines.forEach((line, index) => {
    context.fillText(line, MARGIN * DENSITY, height + (index + 0.6) * LINE_HEIGHT * DENSITY);
  });
  return {
    picture: await toBase64(canvas),
    width: canvas.width / DENSITY,
    height: canvas.height / DENSITY,
  };
}

const sourceFont = `${10.5 * DENSITY}px ${FONT}`;

async function drawSvg(vegaLite: object, values: readonly object[] | undefined): Promise<string> {
  const { compile } = await import("vega-lite");
  const vega = await import("vega");
  const { expressionInterpreter } = await import("vega-interpreter");
  // Vega marks the rows that it is given, and these are also saved.
  const specification: object = structuredClone(vegaLite);
  if (!isVegaLite(specification)) throw new TypeError("it is not a Vega-Lite specification");
  try {
    const { spec } = compile(specification, { config: chartTheme("light", FONT), logger: silent(vega) });
    const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
      expr: expressionInterpreter,
      renderer: "none",
      loader: refusingLoader("left out"),
      logger: silent(vega),
    });
    if (values) view.data(CHART_ROWS, structuredClone([...values]));
    try {
      return await view.toSVG(DENSITY);
    } finally {
      view.finalize();
    }
  } catch (cause) {
    throw new UserError(`Vega-Lite cannot draw this: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

/** Vega's warnings are about the specification's style; what matters it throws. */
function silent(vega: typeof import("vega")) {
  return vega.logger(vega.None);
}
