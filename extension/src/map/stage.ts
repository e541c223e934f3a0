import {
  type Box,
  fitView,
  largestSymbol,
  type MapSpec,
  paintOutlines,
  pan,
  placementOf,
  type Size,
  toMetres,
  toPixels,
  toWorld,
  unionBox,
  type View,
  wholeBounds,
  zoomAt,
} from "@tombolo/bundle";
import { element } from "../output/element.ts";
import { currentTheme, onThemeChange } from "../output/theme.ts";
import type { ShownLayer } from "./map-layer.ts";
import type { Painter } from "./paint/page-painter.ts";

const MARGIN = 12;
/** What the buttons at the left take of the width. */
const BUTTONS = 28;
const ZOOM_STEP = 1.5;
const PAN_STEP = 60;
/** Pixels around the pointer in which a line or point is still met. */
const TOLERANCE = 4;
/** A place that is looked for is enlarged up to so many times: its surroundings say where it is. */
const MOST_ENLARGED = 60;
/** Enlarging ends where a pixel is a centimetre. */
const GREATEST_SCALE = 100;

/** A feature of a layer; its number is -1 for none. */
export interface Target {
  readonly layer: ShownLayer;
  readonly feature: number;
}

/** A picture of the layers as it was painted for a view. */
interface Painted {
  readonly image: CanvasImageSource;
  readonly view: View;
  readonly size: Size;
}

/**
 * The drawn part of a map. The painter paints the layers, which may take a while; meanwhile the last picture is moved and
 * scaled to the view of the moment, so that moving is smooth however large the map is.
 */
export class MapStage {
  readonly node: HTMLCanvasElement;
  readonly #spec: MapSpec;
  readonly #layers: readonly ShownLayer[];
  readonly #painter: Painter;
  readonly #signal: AbortSignal;
  readonly #first: Box | undefined;
  readonly #listeners: ((view: View, size: Size) => void)[] = [];
  /** Layers from the bottom to the top, as the reader has ordered them. */
  order: readonly ShownLayer[];
  /** Part of the width that insets take. */
  insets = 0;
  #size: Size = { width: 0, height: 0 };
  #view: View | undefined;
  #target: Target | undefined;
  #drawn: readonly [number, number][] = [];
  #frame = 0;
  #painted: Painted | undefined;
  #painting = false;
  #stale = true;

  /** @param first - what is seen first, in metres; everything unless told otherwise */
  constructor(
    spec: MapSpec,
    layers: readonly ShownLayer[],
    painter: Painter,
    signal: AbortSignal,
    first: Box | undefined = undefined,
  ) {
    this.#first = first;
    this.#spec = spec;
    this.#layers = layers;
    this.order = layers;
    this.#painter = painter;
    this.#signal = signal;
    this.node = element("canvas", { className: "tombolo-canvas", attributes: { "aria-hidden": "true" } });
    // JupyterLab gives an output no size while its cell is out of sight.
    const observer = new ResizeObserver(([entry]) => {
      if (entry) this.#resize(entry.contentRect);
    });
    observer.observe(this.node);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#forget();
      // A canvas without pixels is nothing, whoever still holds it.
      this.node.width = 0;
    });
    onThemeChange(() => this.repaint(), signal);
    for (const layer of layers) layer.rows?.linked.onChange(() => this.#followRows(layer), signal);
  }

  get size(): Size {
    return this.#size;
  }

  get view(): View | undefined {
    return this.#view;
  }

  get target(): Target | undefined {
    return this.#target;
  }

  /** Calls a function with each new view. */
  onView(changed: (view: View, size: Size) => void): void {
    this.#listeners.push(changed);
  }

  /** The box around what is shown, in metres. */
  bounds(): Box | undefined {
    return unionBox(
      this.#layers.map(({ geometry: { geometry, bounds } }) => {
        const box = wholeBounds(bounds);
        return box && toMetres(geometry, box);
      }),
    );
  }

  /** Shows everything. */
  reset(): void {
    const box = this.bounds();
    if (!box || this.#size.width === 0) return;
    const { width, height } = this.#size;
    const symbol = largestSymbol(this.#layers.map((layer) => layer.painted()));
    const insets = this.insets * width;
    const view = fitView(box, { width: width - insets - BUTTONS, height }, MARGIN + symbol);
    // Between the buttons and the insets.
    this.show({ ...view, x: view.x + (insets - BUTTONS) / 2 / view.scale });
  }

  /** Shows a box with what is around it; never from further away than now. */
  showBox(box: Box): void {
    const { width, height } = this.#size;
    const fitted = fitView(box, this.#size, Math.min(width, height) / 4);
    const whole = this.bounds();
    const most = whole ? fitView(whole, this.#size, MARGIN).scale * MOST_ENLARGED : fitted.scale;
    this.show({ ...fitted, scale: Math.max(this.#view?.scale ?? 0, Math.min(fitted.scale, most)) });
  }

  show(view: View): void {
    this.#view = { ...view, scale: Math.min(view.scale, GREATEST_SCALE) };
    this.repaint();
  }

  zoom(direction: 1 | -1, x = this.#size.width / 2, y = this.#size.height / 2): void {
    if (this.#view) this.show(zoomAt(this.#view, this.#size, ZOOM_STEP ** direction, x, y));
  }

  pan(pixelsX: number, pixelsY: number): void {
    if (this.#view) this.show(pan(this.#view, pixelsX, pixelsY));
  }

  step(across: number, down: number): void {
    this.pan(-across * PAN_STEP, -down * PAN_STEP);
  }

  /** What is at a pixel, the uppermost layer first. */
  targetAt(x: number, y: number): Target | undefined {
    if (!this.#view) return undefined;
    const [worldX, worldY] = toWorld(this.#view, this.#size, x, y);
    for (const layer of [...this.order].reverse()) {
      if (!layer.visible || layer.colouring.type === "density") continue;
      const { originX, originY, scale } = layer.geometry.geometry;
      const tolerance = TOLERANCE / (this.#view.scale * scale);
      const [unitX, unitY] = [(worldX - originX) / scale, (worldY - originY) / scale];
      const radius = layer.sizes ? largest(layer.sizes) : 0;
      const reach =
        layer.spec.kind === "point" ? Math.max(tolerance, radius / (this.#view.scale * scale)) : tolerance;
      const feature = layer.index.at(unitX, unitY, reach, (found) => layer.isShown(found));
      if (feature >= 0) return { layer, feature };
    }
    return undefined;
  }

  /** Outlines a feature, or none. */
  point(target: Target | undefined): void {
    if (target?.layer === this.#target?.layer && target?.feature === this.#target?.feature) return;
    this.#target = target;
    this.#schedule();
  }

  /** Draws the line of a selection that is being made, in pixels. */
  trace(line: readonly [number, number][]): void {
    this.#drawn = line;
    this.#schedule();
  }

  /** Paints the layers anew: what they show has changed, or the view has. */
  repaint(): void {
    this.node.dataset.busy = "true";
    this.#schedule();
    if (this.#stale) return;
    this.#stale = true;
    // Not only with the next frame: the painter may begin as soon as all that changes together has changed.
    queueMicrotask(() => this.#paintStale());
  }

  #followRows(layer: ShownLayer): void {
    layer.refresh();
    this.repaint();
  }

  #resize({ width, height }: Size): void {
    if (width === 0 || height === 0) return;
    const first = this.#view === undefined;
    this.#size = { width, height };
    this.node.width = Math.round(width * devicePixelRatio);
    this.node.height = Math.round(height * devicePixelRatio);
    if (first && this.#first) this.show(fitView(this.#first, this.#size, 0));
    else if (first) this.reset();
    this.#stale = true;
    this.#draw();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  /** Shows the last picture where it belongs now, what is pointed at over it, and asks for a newer picture. */
  #draw(): void {
    const context = this.node.getContext("2d");
    const view = this.#view;
    if (!context || !view || this.#signal.aborted) return;
    this.#paintStale();
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    this.#drawPicture(context, view);
    this.#drawFrames(context, view);
    this.#drawTarget(context, view);
    this.#drawTrace(context);
    for (const listener of this.#listeners) listener(view, this.#size);
  }

  #drawPicture(context: CanvasRenderingContext2D, view: View): void {
    if (!this.#painted) return;
    const { image, view: before, size } = this.#painted;
    const factor = view.scale / before.scale;
    const [width, height] = [size.width * factor, size.height * factor];
    const x = this.#size.width / 2 + (before.x - view.x) * view.scale - width / 2;
    const y = this.#size.height / 2 - (before.y - view.y) * view.scale - height / 2;
    context.drawImage(image, x, y, width, height);
  }

  /** Shows where the insets are, by their numbers. */
  #drawFrames(context: CanvasRenderingContext2D, view: View): void {
    const { text, background } = currentTheme();
    context.font = "600 11px system-ui, sans-serif";
    this.#spec.insets.forEach(({ box }, index) => {
      const [left, bottom] = toPixels(view, this.#size, box.minX, box.minY);
      const [right, top] = toPixels(view, this.#size, box.maxX, box.maxY);
      // On an edge of the ground's colour, so that they are seen on any class.
      context.strokeStyle = background;
      context.lineWidth = 3;
      context.strokeRect(left, top, right - left, bottom - top);
      context.strokeText(String(index + 1), right + 4, top + 9);
      context.strokeStyle = text;
      context.lineWidth = 1;
      context.strokeRect(left, top, right - left, bottom - top);
      context.fillStyle = text;
      context.fillText(String(index + 1), right + 4, top + 9);
    });
  }

  #drawTarget(context: CanvasRenderingContext2D, view: View): void {
    if (!this.#target || this.#target.feature < 0) return;
    const theme = currentTheme();
    const { layer, feature } = this.#target;
    const frame = { view, size: this.#size, theme, density: devicePixelRatio };
    paintOutlines(context, layer.painted(), frame, [feature], { colour: theme.highlight, width: 2 });
  }

  #drawTrace(context: CanvasRenderingContext2D): void {
    if (this.#drawn.length < 2) return;
    const { text } = currentTheme();
    context.beginPath();
    for (const [x, y] of this.#drawn) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = text;
    context.lineWidth = 1;
    context.setLineDash([4, 3]);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 0.1;
    context.fillStyle = text;
    context.fill();
    context.globalAlpha = 1;
  }

  #paintStale(): void {
    const view = this.#view;
    if (view && this.#stale && !this.#painting && !this.#signal.aborted) void this.#paint(view);
  }

  async #paint(view: View): Promise<void> {
    this.#stale = false;
    this.#painting = true;
    this.node.dataset.busy = "true";
    const size = this.#size;
    try {
      const image = await this.#painter.paint({
        layers: this.order.filter(({ visible }) => visible).map((layer) => layer.request()),
        ...{ view, size, theme: currentTheme(), density: devicePixelRatio },
      });
      this.#forget();
      this.#painted = { image, view, size };
      this.#tell(view);
      void this.#refine(view);
    } finally {
      this.#painting = false;
      if (this.#signal.aborted) this.#forget();
      else this.#draw();
      // Drawing has asked for the next picture when there is to be one.
      this.node.dataset.busy = String(this.#stale || this.#painting);
    }
  }

  async #refine(view: View): Promise<void> {
    const refined = await Promise.all(
      this.order.filter(({ visible }) => visible).map((layer) => layer.refine(1 / view.scale)),
    );
    if (refined.includes(true)) this.repaint();
  }

  #forget(): void {
    if (this.#painted?.image instanceof ImageBitmap) this.#painted.image.close();
    this.#painted = undefined;
  }

  /** Where the picture is in the world, for whoever looks at the page from outside. */
  #tell(view: View): void {
    Object.assign(this.node.dataset, {
      viewX: String(view.x),
      viewY: String(view.y),
      pixelsPerMetre: String(view.scale),
      crs: this.#spec.crs,
      pictures: String(1 + Number(this.node.dataset.pictures ?? 0)),
    });
  }
}

function largest(sizes: ArrayLike<number>): number {
  let most = 0;
  for (let index = 0; index < sizes.length; index++) most = Math.max(most, sizes[index] ?? 0);
  return most;
}

/** Where a feature's middle is, in pixels. */
export function middleOf({ layer, feature }: Target, view: View, size: Size): { x: number; y: number } {
  const { geometry, bounds } = layer.geometry;
  const { scale, offsetX, offsetY } = placementOf(geometry, { view, size });
  const x = ((bounds[4 * feature] ?? 0) + (bounds[4 * feature + 2] ?? 0)) / 2;
  const y = ((bounds[4 * feature + 1] ?? 0) + (bounds[4 * feature + 3] ?? 0)) / 2;
  return { x: x * scale + offsetX, y: offsetY - y * scale };
}
