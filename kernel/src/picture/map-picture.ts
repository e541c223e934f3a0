import type { SKRSContext2D } from "@napi-rs/canvas";
import {
  featureBounds,
  fitView,
  formatNumber,
  type Geometry,
  LIGHT_THEME,
  legendEntries,
  type MapSpec,
  paintMap,
  scaleBar,
  wholeBounds,
} from "@tombolo/bundle";
import { FONT, fitText, openCanvas, toBase64, wrapText } from "./canvas.ts";

/** Pixels of the picture for each of its own: sharp enough on dense screens, and small enough to be saved. */
const DENSITY = 1.5;
const MARGIN = 16;
const LEGEND_WIDTH = 190;
const TITLE_HEIGHT = 40;
const LINE = 14;
const SWATCH = { width: 26, height: 14, step: 21 };

/** The picture of a map as a PNG in base64: title, map, legend, scale bar and source line, on white, without a browser. */
export async function drawMap(spec: MapSpec, geometry: Geometry, classes: Uint8Array): Promise<string> {
  const { canvas, context } = await openCanvas(spec.width * DENSITY, spec.height * DENSITY);
  context.scale(DENSITY, DENSITY);
  context.fillStyle = LIGHT_THEME.background;
  context.fillRect(0, 0, spec.width, spec.height);
  context.textBaseline = "alphabetic";
  drawTitle(context, spec);
  const footer = drawSource(context, spec);
  const size = { width: spec.width - LEGEND_WIDTH, height: spec.height - TITLE_HEIGHT - footer };
  const bounds = featureBounds(geometry);
  const box = wholeBounds(bounds);
  if (box) {
    const view = fitView(box, size, MARGIN);
    context.save();
    context.translate(0, TITLE_HEIGHT);
    context.beginPath();
    context.rect(0, 0, size.width, size.height);
    context.clip();
    const colours = spec.classes.map(({ colour }) => colour);
    paintMap(context, { geometry, bounds, classes, colours, view, size, theme: LIGHT_THEME });
    drawScaleBar(context, view.scale / geometry.scale, size.height);
    context.restore();
  } else drawText(context, "No features to show", MARGIN, TITLE_HEIGHT + 40, 14, LIGHT_THEME.faintText);
  drawLegend(context, spec);
  return toBase64(canvas);
}

function drawText(
  context: SKRSContext2D,
  text: string,
  x: number,
  y: number,
  size: number,
  colour: string,
  weight = 400,
): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function drawTitle(context: SKRSContext2D, { title, width }: MapSpec): void {
  context.font = `600 16px ${FONT}`;
  drawText(context, fitText(context, title, width - 2 * MARGIN), MARGIN, 27, 16, LIGHT_THEME.text, 600);
}

/** Draws the source line at the foot and returns the height it takes. */
function drawSource(context: SKRSContext2D, { source, width, height }: MapSpec): number {
  if (source === "") return MARGIN;
  context.font = `400 10px ${FONT}`;
  const lines = wrapText(context, source, width - 2 * MARGIN, 3);
  const top = height - MARGIN / 2 - lines.length * LINE + 4;
  lines.forEach((line, index) => {
    drawText(context, line, MARGIN, top + index * LINE + 8, 10, LIGHT_THEME.faintText);
  });
  return lines.length * LINE + MARGIN;
}

function drawLegend(context: SKRSContext2D, spec: MapSpec): void {
  const x = spec.width - LEGEND_WIDTH + 4;
  let y = TITLE_HEIGHT + 22;
  const heading = spec.column ? spec.column.title : "";
  context.font = `600 12px ${FONT}`;
  for (const line of wrapText(context, heading, LEGEND_WIDTH - MARGIN, 3)) {
    drawText(context, line, x, y, 12, LIGHT_THEME.text, 600);
    y += 16;
  }
  if (spec.column?.unit) {
    drawText(context, spec.column.unit, x, y, 11, LIGHT_THEME.faintText);
    y += 14;
  }
  for (const { colour, text, count } of legendEntries(spec)) {
    context.fillStyle = colour ?? LIGHT_THEME.noData;
    context.fillRect(x, y, SWATCH.width, SWATCH.height);
    context.strokeStyle = "#00000022";
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, SWATCH.width - 1, SWATCH.height - 1);
    drawText(context, text, x + SWATCH.width + 8, y + 11.5, 11.5, LIGHT_THEME.text);
    const number = formatNumber(count, ",d");
    context.font = `400 10.5px ${FONT}`;
    const width = context.measureText(number).width;
    drawText(context, number, spec.width - MARGIN - width, y + 11.5, 10.5, LIGHT_THEME.faintText);
    y += SWATCH.step;
  }
}

function drawScaleBar(context: SKRSContext2D, pixelsPerMetre: number, height: number): void {
  const { pixels, text } = scaleBar(pixelsPerMetre, 120);
  const y = height - 10;
  context.strokeStyle = LIGHT_THEME.text;
  context.lineWidth = 1.2;
  context.beginPath();
  context.moveTo(MARGIN, y - 4);
  context.lineTo(MARGIN, y);
  context.lineTo(MARGIN + pixels, y);
  context.lineTo(MARGIN + pixels, y - 4);
  context.stroke();
  drawText(context, text, MARGIN + pixels + 7, y + 1, 10.5, LIGHT_THEME.text);
}
