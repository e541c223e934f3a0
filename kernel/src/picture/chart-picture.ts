import type { Canvas } from "@napi-rs/canvas";
import { chartTheme } from "@tombolo/bundle/chart-theme";
import { LIGHT_THEME } from "@tombolo/bundle/paint/theme";
import { refusingLoader } from "@tombolo/bundle/refusing-loader";
import { CHART_ROWS, isVegaLite, readsRows } from "@tombolo/bundle/vega-lite";
import { unknownMark, VEGA_LITE_MARKS } from "@tombolo/bundle/vega-lite-marks";
import { vegaReason } from "@tombolo/bundle/vega-reason";
import { UserError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { FONT, openCanvas, wrapText } from "./canvas.ts";
import { encodeIndexedPng } from "./indexed-png.ts";
import { measureTexts } from "./vega-texts.ts";

/** Pixels of the picture for each of its own: sharp enough on dense screens, and small enough to be saved. */
const DENSITY = 1.25;
const MARGIN = 8;
const LINE_HEIGHT = 15;
const MOST_PIXELS = 4096;
/** A picture of more bytes would swell a notebook. */
const MOST_BYTES = 200_000;
/** How much smaller a picture becomes that is still too large with few colours. */
const SMALLER = 0.7;

/** A chart's picture as a PNG in base64, with its size in pixels, and the addresses that it asked for in vain. */
export interface ChartPicture {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
  readonly refused: readonly string[];
}

/**
 * The picture of a Vega-Lite chart, without a browser. No address is ever loaded. `values` are the rows of the data that
 * the specification only names.
 */
export async function drawChart(
  vegaLite: object,
  values: readonly object[] | undefined,
  source: string,
): Promise<ChartPicture> {
  const { loadImage } = await import("@napi-rs/canvas");
  const refused = new Set<string>();
  const svg = await drawSvg(vegaLite, values, (address) => refused.add(address));
  const image = await loadImage(Buffer.from(svg));
  const [wide, high] = [image.width / DENSITY, image.height / DENSITY];
  const fitting = Math.min(DENSITY, MOST_PIXELS / (wide + 2 * MARGIN), MOST_PIXELS / (high + 2 * MARGIN));
  for (let density = fitting; ; density *= SMALLER) {
    const canvas = await onPage(image, { wide, high, density }, source);
    const png = await encode(canvas);
    if (png.length > MOST_BYTES && density > fitting / 3) continue;
    return {
      picture: png.toString("base64"),
      width: canvas.width / density,
      height: canvas.height / density,
      refused: [...refused],
    };
  }
}

/** As it is painted when that is small, else with few colours. */
async function encode(canvas: Canvas): Promise<Buffer> {
  const png = await canvas.encode("png");
  if (png.length <= MOST_BYTES) return png;
  const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return encodeIndexedPng(data, width, height);
}

/** The chart on white with a margin, and the line about sources below it. */
async function onPage(
  image: Parameters<ReturnType<Canvas["getContext"]>["drawImage"]>[0],
  { wide, high, density }: { wide: number; high: number; density: number },
  source: string,
): Promise<Canvas> {
  const [width, height] = [wide + 2 * MARGIN, high + 2 * MARGIN];
  const { context: ruler } = await openCanvas(1, 1);
  ruler.font = SOURCE_FONT;
  const lines = source === "" ? [] : wrapText(ruler, source, width - 2 * MARGIN, 3);
  const { canvas, context } = await openCanvas(
    width * density,
    (height + lines.length * LINE_HEIGHT) * density,
  );
  context.fillStyle = LIGHT_THEME.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(density, density);
  context.drawImage(image, MARGIN, MARGIN, wide, high);
  context.font = SOURCE_FONT;
  context.fillStyle = LIGHT_THEME.faintText;
  lines.forEach((line, index) => {
    context.fillText(line, MARGIN, height + (index + 0.6) * LINE_HEIGHT);
  });
  return canvas;
}

const SOURCE_FONT = `10.5px ${FONT}`;

async function drawSvg(
  vegaLite: object,
  values: readonly object[] | undefined,
  refused: (address: string) => void,
): Promise<string> {
  const { compile } = await import("vega-lite");
  const vega = await import("vega");
  const { expressionInterpreter } = await import("vega-interpreter");
  await measureTexts(vega);
  // Vega marks the rows that it is given, and these are also saved.
  const specification: object = structuredClone(vegaLite);
  if (!isVegaLite(specification)) throw new TypeError("it is not a Vega-Lite specification");
  try {
    const { spec } = compile(specification, { config: chartTheme("light", FONT), logger: silent(vega) });
    const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
      expr: expressionInterpreter,
      renderer: "none",
      loader: refusingLoader("left out", refused),
      logger: silent(vega),
    });
    if (values && readsRows(spec)) view.data(CHART_ROWS, structuredClone([...values]));
    try {
      return withFadedTexts(await view.toSVG(DENSITY));
    } finally {
      view.finalize();
    }
  } catch (cause) {
    const mark = unknownMark(specification);
    if (mark !== undefined)
      throw new UserError(`Vega-Lite cannot draw this: it has no mark "${mark}"`, {
        where: "mark",
        hint: didYouMean(mark, VEGA_LITE_MARKS),
        cause,
      });
    throw new UserError(`Vega-Lite cannot draw this: ${vegaReason(cause)}`, {
      cause,
    });
  }
}

/** Skia knows the opacity of groups but not of texts, and by that Vega hides labels that would lie on each other. */
function withFadedTexts(svg: string): string {
  return svg.replaceAll(
    /<text [^>]*?( opacity="[^"]*")[^>]*>.*?<\/text>/gs,
    (text: string, opacity: string) => `<g${opacity}>${text.replace(opacity, "")}</g>`,
  );
}

/** Vega's warnings are about the specification's style; what matters it throws. */
function silent(vega: typeof import("vega")) {
  return vega.logger(vega.None);
}
