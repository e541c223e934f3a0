import { SHADES } from "../classify/classify.ts";
import { colourOnGround } from "../contrast.ts";
import { formatNumber, withUnit } from "../format.ts";
import { type Box, toMetres, unionBox, wholeBounds } from "../geometry/geometry.ts";
import type { PaintContext } from "../paint/context.ts";
import type { PaintFrame, PaintLayer } from "../paint/layer.ts";
import { type PutImage, paintLayer } from "../paint/paint.ts";
import type { MapTheme } from "../paint/theme.ts";
import { fitView, type Size, scaleBar, toPixels, type View } from "../paint/view.ts";
import { legendEntries, legendRamp, shownColumn } from "./legend.ts";
import type { MapLayer, MapSpec } from "./spec.ts";

/** A context that also writes: what a whole page with title and legend needs. */
export interface PageContext extends PaintContext {
  font: string;
  textBaseline: unknown;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  strokeRect(x: number, y: number, width: number, height: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
}

/** A map on a page: title, map, insets, legend, scale bar and source line. */
export interface MapPage {
  readonly spec: MapSpec;
  /** As they are painted; undefined for a layer that is hidden. */
  readonly layers: readonly (PaintLayer | undefined)[];
  /** What is seen; everything unless told otherwise. */
  readonly view?: View | undefined;
  readonly theme: MapTheme;
  readonly font: string;
  readonly density: number;
  /** Draws an image at the context's origin, so many device pixels large. */
  readonly putImage: PutImage;
}

const MARGIN = 16;
const LEGEND_WIDTH = 190;
const TITLE_HEIGHT = 40;
const LINE = 14;
const SCALE_BAR_HEIGHT = 14;
const SWATCH = { width: 26, height: 14, step: 21 };
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
  const footer = paintSource(pen, page);
  const area = { width: spec.width - LEGEND_WIDTH, height: spec.height - TITLE_HEIGHT - footer };
  const insets = spec.insets.length > 0 ? Math.round(area.width * INSET.part) : 0;
  const size = { width: area.width - insets, height: area.height };
  const box = layersBox(page.layers);
  const view = page.view ?? (box && liftedView(box, size, largestSymbol(page.layers)));
  if (view) {
    paintPanel(context, page, { view, size }, 0, TITLE_HEIGHT);
    if (insets > 0) paintInsets(pen, page, { view, size }, insets);
    paintScaleBar(pen, view.scale, TITLE_HEIGHT + size.height, theme);
  } else pen.write("No features to show", MARGIN, TITLE_HEIGHT + 40, 14, theme.faintText);
  paintLegend(pen, page);
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

/** Text in the page's font. */
class Pen {
  readonly context: PageContext;
  readonly #font: string;

  constructor(context: PageContext, font: string) {
    this.context = context;
    this.#font = font;
  }

  write(text: string, x: number, y: number, size: number, colour: string, weight = 400): void {
    this.context.font = `${weight} ${size}px ${this.#font}`;
    this.context.fillStyle = colour;
    this.context.fillText(text, x, y);
  }

  width(text: string, size: number, weight = 400): number {
    this.context.font = `${weight} ${size}px ${this.#font}`;
    return this.context.measureText(text).width;
  }

  /** The text cut to a width, with … in place of what is cut. */
  fit(text: string, width: number, size: number, weight = 400): string {
    if (this.width(text, size, weight) <= width) return text;
    let end = text.length;
    while (end > 0 && this.width(`${text.slice(0, end)}…`, size, weight) > width) end--;
    return `${text.slice(0, end)}…`;
  }

  /** The text in lines no wider than so many pixels, at most so many. */
  wrap(text: string, width: number, most: number, size: number, weight = 400): string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/)) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (line === "" || this.width(longer, size, weight) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
    const shown = lines.slice(0, most);
    const last = lines.length > most ? `${shown.at(-1)} …` : (shown.at(-1) ?? "");
    return [...shown.slice(0, -1), this.fit(last, width, size, weight)];
  }
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
  const height = Math.min(width, (main.size.height - INSET.gap) / insets.length - INSET.gap - INSET.title);
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

/** Writes the source line at the foot and returns the height it takes. */
function paintSource(pen: Pen, { spec, theme }: MapPage): number {
  const text = [spec.source, spec.basemap?.attribution ?? ""].filter((line) => line !== "").join(" ");
  if (text === "") return MARGIN;
  const lines = pen.wrap(text, spec.width - 2 * MARGIN, 3, 10);
  const top = spec.height - MARGIN / 2 - lines.length * LINE + 4;
  lines.forEach((line, index) => {
    pen.write(line, MARGIN, top + index * LINE + 8, 10, theme.faintText);
  });
  return lines.length * LINE + MARGIN;
}

function paintScaleBar(pen: Pen, pixelsPerMetre: number, bottom: number, theme: MapTheme): void {
  const { pixels, text } = scaleBar(pixelsPerMetre, 120);
  const { context } = pen;
  const y = bottom - 10;
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

function paintLegend(pen: Pen, page: MapPage): void {
  const x = page.spec.width - LEGEND_WIDTH + 4;
  let y = TITLE_HEIGHT + 22;
  page.spec.layers.forEach((layer, index) => {
    if (!page.layers[index] || y > page.spec.height - 40) return;
    y = paintLayerLegend(pen, page, layer, x, y) + 18;
  });
}

function paintLayerLegend(pen: Pen, page: MapPage, layer: MapLayer, x: number, top: number): number {
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
  const colours = colourOnGround(
    entries.map(({ colour }) => colour ?? theme.noData),
    theme.background,
  );
  entries.forEach(({ text, count, colour }, index) => {
    if (y > spec.height - 30) return;
    const gap = text === "suppressed" ? theme.suppressed : theme.noData;
    swatch(pen.context, layer, colour === undefined ? gap : (colours[index] ?? gap), x, y);
    const number = formatNumber(count, ",d");
    const width = pen.width(number, 10.5);
    const room = spec.width - MARGIN - width - 6 - (x + SWATCH.width + 8);
    pen.write(pen.fit(text, room, 11.5), x + SWATCH.width + 8, y + 11.5, 11.5, theme.text);
    pen.write(number, spec.width - MARGIN - width, y + 11.5, 10.5, theme.faintText);
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
  } else if (layer.kind === "line") context.fillRect(x, y + 5, SWATCH.width, 4);
  else {
    context.fillRect(x, y, SWATCH.width, SWATCH.height);
    context.strokeRect(x + 0.5, y + 0.5, SWATCH.width - 1, SWATCH.height - 1);
  }
}

/** A bar of all shades, with the values at its ends. */
function paintRamp(pen: Pen, { theme }: MapPage, layer: MapLayer, x: number, y: number): number {
  const ends = legendRamp(layer);
  if (!ends || layer.colouring.type === "plain") return y;
  const width = LEGEND_WIDTH - MARGIN - 12;
  const colours = colourOnGround(layer.colouring.colours, theme.background);
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
  const colours = colourOnGround(layer.colouring.colours, theme.background);
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
