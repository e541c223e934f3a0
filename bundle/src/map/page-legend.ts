import { SHADES, SUPPRESSED } from "../classify/classify.ts";
import { formatNumber, withUnit } from "../format.ts";
import { STRIPE, STRIPE_STEP } from "../paint/stripes.ts";
import { groundColours } from "./ground.ts";
import { isSizedOnly, legendEntries, legendRamp, rampHistogram, shownColumn } from "./legend.ts";
import { LEGEND_WIDTH, MARGIN, type MapPage, TITLE_HEIGHT } from "./page-parts.ts";
import type { PageContext, Pen } from "./pen.ts";
import type { MapLayer } from "./spec.ts";

const SWATCH = { width: 26, height: 14, step: 21, line: 14 };

/** Paints the legends of all layers that are shown, that of the uppermost first; returns where they end. */
export function paintLegend(pen: Pen, page: MapPage): number {
  const x = page.spec.width - LEGEND_WIDTH + 4;
  let y = TITLE_HEIGHT + 22;
  const shown = page.spec.layers.filter((_, index) => page.layers[index]);
  for (const layer of shown.reverse())
    if (y <= page.spec.height - 40) y = paintLayerLegend(pen, page, layer, x, y) + 18;
  return y - 18;
}

function paintLayerLegend(pen: Pen, page: MapPage, layer: MapLayer, x: number, top: number): number {
  if (isSizedOnly(layer)) return paintSizes(pen, page, layer, x, top - 6);
  const { theme, spec } = page;
  const column = shownColumn(layer);
  let y = top;
  const heading = layer.colouring.type === "bivariate" || !column ? layer.title : column.title;
  for (const line of pen.wrap(heading, LEGEND_WIDTH - MARGIN, 3, 12, 600)) {
    pen.write(line, x, y, 12, theme.text, 600);
    y += 16;
  }
  if (column?.unit && layer.colouring.type !== "bivariate") {
    pen.write(column.unit, x, y, 11, theme.faintText);
    y += 14;
  }
  y = paintRamp(pen, page, layer, x, y);
  if (layer.colouring.type === "bivariate") y = paintPairs(pen, page, layer, x, y);
  const entries = legendEntries(layer).filter(
    ({ colour }) => layer.colouring.type !== "bivariate" || colour === undefined,
  );
  const colours = groundColours(layer.colouring, theme.background);
  entries.forEach(({ text, count, colour, group }) => {
    if (y > spec.height - 30) return;
    const gap = group === SUPPRESSED ? theme.suppressed : theme.noData;
    swatch(pen.context, layer, colour === undefined ? gap : (colours[group] ?? gap), x, y);
    if (group === SUPPRESSED && layer.kind === "polygon") stripe(pen.context, theme.noData, x, y);
    const number = formatNumber(count, ",d");
    const width = pen.width(number, 10.5);
    const room = spec.width - MARGIN - width - 6 - (x + SWATCH.width + 8);
    pen.write(number, spec.width - MARGIN - width, y + 11.5, 10.5, theme.faintText);
    pen.wrap(text, room, 2, 11.5).forEach((line, row) => {
      if (row > 0) y += SWATCH.line;
      pen.write(line, x + SWATCH.width + 8, y + 11.5, 11.5, theme.text);
    });
    y += SWATCH.step;
  });
  return paintSizes(pen, page, layer, x, y);
}

function swatch(context: PageContext, layer: MapLayer, colour: string, x: number, y: number): void {
  context.fillStyle = colour;
  context.strokeStyle = "#80808066";
  context.lineWidth = 1;
  if (layer.kind === "point") {
    context.beginPath();
    context.arc(x + SWATCH.width / 2, y + SWATCH.height / 2, 6, 0, 2 * Math.PI);
    context.fill("nonzero");
    context.stroke();
  } else if (layer.kind === "line") {
    context.fillRect(x, y + 5, SWATCH.width, 4);
    context.strokeRect(x + 0.5, y + 4.5, SWATCH.width - 1, 5);
  } else {
    context.fillRect(x, y, SWATCH.width, SWATCH.height);
    context.strokeRect(x + 0.5, y + 0.5, SWATCH.width - 1, SWATCH.height - 1);
  }
}

/** The stripes of areas whose values were taken out, over their swatch. */
function stripe(context: PageContext, colour: string, left: number, top: number): void {
  const [right, bottom] = [left + SWATCH.width - 1, top + SWATCH.height - 1];
  context.strokeStyle = colour;
  context.lineWidth = STRIPE;
  for (let at = left + top + STRIPE; at < right + bottom; at += STRIPE_STEP) {
    context.beginPath();
    context.moveTo(Math.max(left + 1, at - bottom), Math.min(bottom, at - left - 1));
    context.lineTo(Math.min(right, at - top - 1), Math.max(top + 1, at - right));
    context.stroke();
  }
}

const HISTOGRAM_HEIGHT = 24;

/** Bars above the shades of which there are so many; returns where they stand. */
function paintHistogram(
  { context }: Pen,
  bars: readonly number[] | undefined,
  colour: string,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): number {
  if (!bars) return y;
  context.fillStyle = colour;
  bars.forEach((part, index) => {
    const height = part === 0 ? 0 : Math.max(1, part * HISTOGRAM_HEIGHT);
    const step = width / bars.length;
    context.fillRect(x + index * step, y + HISTOGRAM_HEIGHT - height, step - 0.75, height);
  });
  return y + HISTOGRAM_HEIGHT + 2;
}

/** A bar of all shades, with the values at its ends. */
function paintRamp(pen: Pen, { theme }: MapPage, layer: MapLayer, x: number, top: number): number {
  const ends = legendRamp(layer);
  if (!ends || layer.colouring.type === "plain") return top;
  const width = LEGEND_WIDTH - MARGIN - 12;
  const y = paintHistogram(pen, rampHistogram(layer), theme.faintText, { x, y: top, width });
  const colours = groundColours(layer.colouring, theme.background);
  for (let step = 0; step < SHADES; step++) {
    pen.context.fillStyle = colours[Math.floor((step / SHADES) * colours.length)] ?? theme.noData;
    pen.context.fillRect(x + (step * width) / SHADES, y, width / SHADES + 0.5, 12);
  }
  pen.write(ends[0], x, y + 26, 11, theme.text);
  pen.write(ends[1], x + width - pen.width(ends[1], 11), y + 26, 11, theme.text);
  return y + 38;
}

/** Nine squares, the first column's classes to the right and the second's upwards. */
function paintPairs(pen: Pen, { theme }: MapPage, layer: MapLayer, x: number, y: number): number {
  if (layer.colouring.type !== "bivariate") return y;
  const side = 26;
  const titles = layer.colouring.columns.map(
    (name) => layer.columns.find((column) => column.name === name)?.title ?? name,
  );
  const colours = groundColours(layer.colouring, theme.background);
  colours.forEach((colour, group) => {
    pen.context.fillStyle = colour;
    pen.context.fillRect(
      x + (group % 3) * side,
      y + 16 + (2 - Math.floor(group / 3)) * side,
      side - 1,
      side - 1,
    );
  });
  const room = LEGEND_WIDTH - MARGIN;
  pen.write(pen.fit(`↑ ${titles[1]}`, room, 11), x, y + 10, 11, theme.text);
  pen.write(pen.fit(`→ ${titles[0]}`, room, 11), x, y + 16 + 3 * side + 13, 11, theme.text);
  return y + 16 + 3 * side + 26;
}

/** What the sizes of symbols or lines stand for: the largest, and parts of it. */
function paintSizes(pen: Pen, { theme }: MapPage, layer: MapLayer, x: number, top: number): number {
  const { size } = layer;
  const column = layer.columns.find(({ name }) => name === size?.column);
  if (!size || !column) return top;
  let y = top + 6;
  pen.write(
    pen.fit(withUnit(column.title, column.unit && `(${column.unit})`), LEGEND_WIDTH - MARGIN, 11.5, 600),
    x,
    y + 8,
    11.5,
    theme.text,
    600,
  );
  y += 16;
  for (const part of [1, 0.25, 0.04]) {
    const isLine = layer.kind === "line";
    const extent = isLine ? Math.max(1, size.pixels * part) : 2 * size.pixels * Math.sqrt(part);
    const height = Math.max(16, extent + 4);
    pen.context.strokeStyle = theme.text;
    pen.context.lineWidth = isLine ? extent : 1;
    pen.context.beginPath();
    if (isLine) {
      pen.context.moveTo(x, y + height / 2);
      pen.context.lineTo(x + 30, y + height / 2);
    } else pen.context.arc(x + size.pixels, y + height / 2, extent / 2, 0, 2 * Math.PI);
    pen.context.stroke();
    const left = x + (isLine ? 38 : 2 * size.pixels + 10);
    pen.write(formatNumber(size.most * part, column.format), left, y + height / 2 + 4, 11, theme.text);
    y += height;
  }
  return y;
}
