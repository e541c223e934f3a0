import { type Box, toMetres, unionBox, wholeBounds } from "../geometry/geometry.ts";
import type { PaintFrame, PaintLayer } from "../paint/layer.ts";
import { paintLayer } from "../paint/paint.ts";
import type { MapTheme } from "../paint/theme.ts";
import { fitView, type Size, scaleBar, toPixels, type View } from "../paint/view.ts";
import { paintLegend } from "./page-legend.ts";
import { LEGEND_WIDTH, MARGIN, type MapPage, TITLE_HEIGHT } from "./page-parts.ts";
import { type PageContext, Pen } from "./pen.ts";

const LINE = 14;
const SCALE_BAR_HEIGHT = 14;
const INSET = { part: 0.3, gap: 10, title: 16 };

/** The box around all layers, in metres; undefined when there is nothing. */
export function layersBox(layers: readonly (PaintLayer | undefined)[]): Box | undefined {
  return unionBox(
    layers.map((layer) => {
      const box = layer && wholeBounds(layer.bounds);
      return box && layer && toMetres(layer.geometry, box);
    }),
  );
}

/** Paints the page, whose size is that of the specification. */
export function paintPage(context: PageContext, page: MapPage): void {
  const { spec, theme } = page;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, spec.width, spec.height);
  context.textBaseline = "alphabetic";
  const pen = new Pen(context, page.font);
  pen.write(pen.fit(spec.title, spec.width - 2 * MARGIN, 16, 600), MARGIN, 27, 16, theme.text, 600);
  const footer = paintSource(pen, page, paintLegend(pen, page));
  const area = { width: spec.width - LEGEND_WIDTH, height: spec.height - TITLE_HEIGHT - footer };
  // Even, so that an inset begins at a whole device pixel.
  const insets = spec.insets.length > 0 ? 2 * Math.round((area.width * INSET.part) / 2) : 0;
  const size = { width: area.width - insets, height: area.height };
  const box = layersBox(page.layers);
  const whole = () => box && liftedView(box, size, largestSymbol(page.layers));
  const view = page.view ?? (spec.extent ? fitView(spec.extent, size, 0) : whole());
  if (view) {
    paintPanel(context, page, { view, size }, 0, TITLE_HEIGHT);
    if (insets > 0) paintInsets(pen, page, { view, size }, insets);
    paintScaleBar(pen, view.scale, TITLE_HEIGHT + size.height, theme);
  } else pen.write("No features to show", MARGIN, TITLE_HEIGHT + 40, 14, theme.faintText);
}

/** The largest radius of a symbol, in pixels. */
export function largestSymbol(layers: readonly (PaintLayer | undefined)[]): number {
  let most = 0;
  for (const layer of layers)
    if (layer?.geometry.kind === "point") for (const size of layer.sizes ?? []) most = Math.max(most, size);
  return most;
}

/** The view of a box in what the scale bar leaves free. */
function liftedView(box: Box, { width, height }: Size, symbol: number): View {
  const view = fitView(box, { width, height: height - SCALE_BAR_HEIGHT }, Math.max(MARGIN, symbol + 4));
  return { ...view, y: view.y - SCALE_BAR_HEIGHT / 2 / view.scale };
}

function paintPanel(
  context: PageContext,
  page: MapPage,
  { view, size }: Pick<PaintFrame, "view" | "size">,
  x: number,
  y: number,
): void {
  const frame: PaintFrame = { view, size, theme: page.theme, density: page.density };
  context.save();
  context.translate(x, y);
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  for (const layer of page.layers) if (layer) paintLayer(context, layer, frame, page.putImage);
  context.restore();
}

function paintInsets(pen: Pen, page: MapPage, main: { view: View; size: Size }, width: number): void {
  const { context } = pen;
  const { insets } = page.spec;
  const most = Math.min(width, (main.size.height - INSET.gap) / insets.length - INSET.gap - INSET.title);
  const height = 2 * Math.floor(most / 2);
  const size = { width: width - INSET.gap, height };
  insets.forEach(({ title, box }, index) => {
    const y = TITLE_HEIGHT + index * (height + INSET.gap + INSET.title) + INSET.title;
    paintPanel(context, page, { view: fitView(box, size, 2), size }, main.size.width, y);
    context.strokeStyle = page.theme.faintText;
    context.lineWidth = 1;
    context.strokeRect(main.size.width + 0.5, y + 0.5, size.width - 1, size.height - 1);
    const label = `${index + 1} ${title}`;
    pen.write(pen.fit(label, size.width, 11, 600), main.size.width, y - 4, 11, page.theme.text, 600);
    paintInsetFrame(pen, page, main, box, index + 1);
  });
}

/** Shows on the main map where an inset is. */
function paintInsetFrame(
  pen: Pen,
  page: MapPage,
  main: { view: View; size: Size },
  box: Box,
  number: number,
): void {
  const [left, bottom] = toPixels(main.view, main.size, box.minX, box.minY);
  const [right, top] = toPixels(main.view, main.size, box.maxX, box.maxY);
  pen.context.strokeStyle = page.theme.text;
  pen.context.lineWidth = 1;
  pen.context.strokeRect(left, top + TITLE_HEIGHT, right - left, bottom - top);
  pen.write(String(number), right + 3, top + TITLE_HEIGHT + 9, 10, page.theme.text, 600);
}

/** Writes the source line at the foot, beside the legend where that comes so far down; returns the height it takes. */
function paintSource(pen: Pen, { spec, theme }: MapPage, legendEnd: number): number {
  const text = [spec.source, spec.basemap?.attribution ?? ""].filter((line) => line !== "").join(" ");
  if (text === "") return MARGIN;
  const topOf = ({ length }: readonly string[]) => spec.height - MARGIN / 2 - length * LINE + 4;
  const whole = pen.wrap(text, spec.width - 2 * MARGIN, 3, 10);
  const isFree = legendEnd < topOf(whole);
  const lines = isFree ? whole : pen.wrap(text, spec.width - LEGEND_WIDTH - MARGIN, 4, 10);
  const top = topOf(lines);
  lines.forEach((line, index) => {
    pen.write(line, MARGIN, top + index * LINE + 8, 10, theme.faintText);
  });
  return lines.length * LINE + MARGIN;
}

function paintScaleBar(pen: Pen, pixelsPerMetre: number, bottom: number, theme: MapTheme): void {
  const { pixels, text } = scaleBar(pixelsPerMetre, 120);
  const { context } = pen;
  const y = bottom - 10;
  // Legible on any colour, where the map is enlarged and reaches below it.
  context.globalAlpha = 0.75;
  context.fillStyle = theme.background;
  context.fillRect(MARGIN - 4, y - 9, pixels + pen.width(text, 10.5) + 15, 15);
  context.globalAlpha = 1;
  context.strokeStyle = theme.text;
  context.lineWidth = 1.2;
  context.beginPath();
  context.moveTo(MARGIN, y - 4);
  context.lineTo(MARGIN, y);
  context.lineTo(MARGIN + pixels, y);
  context.lineTo(MARGIN + pixels, y - 4);
  context.stroke();
  pen.write(text, MARGIN + pixels + 7, y + 1, 10.5, theme.text);
}
