import {
  fitView,
  type MapSpec,
  paintMap,
  pan,
  type Size,
  scaleBar,
  toWorld,
  type View,
  wholeBounds,
  zoomAt,
} from "@tombolo/bundle";
import { element } from "../output/element.ts";
import { currentTheme, onThemeChange } from "../output/theme.ts";
import type { Features } from "./features.ts";

const MARGIN = 12;
const ZOOM_STEP = 1.5;
const PAN_STEP = 60;
/** Pixels around the pointer in which a line or point is still met. */
const TOLERANCE = 4;

/** The drawn part of a map: what is seen, what is pointed at, and the canvas itself. */
export class MapCanvas {
  readonly node: HTMLCanvasElement;
  readonly #spec: MapSpec;
  readonly #features: Features;
  readonly #onScale: (text: string, pixels: number) => void;
  #size: Size = { width: 0, height: 0 };
  #view: View | undefined;
  #highlighted = -1;
  #frame = 0;

  constructor(
    spec: MapSpec,
    features: Features,
    onScale: (text: string, pixels: number) => void,
    signal: AbortSignal,
  ) {
    this.#spec = spec;
    this.#features = features;
    this.#onScale = onScale;
    this.node = element("canvas", { className: "tombolo-canvas", attributes: { "aria-hidden": "true" } });
    // JupyterLab gives an output no size while its cell is out of sight.
    const observer = new ResizeObserver(([entry]) => {
      if (entry) this.#resize(entry.contentRect);
    });
    observer.observe(this.node);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
    });
    onThemeChange(() => this.#schedule(), signal);
  }

  get size(): Size {
    return this.#size;
  }

  get highlighted(): number {
    return this.#highlighted;
  }

  /** Shows everything. */
  reset(): void {
    const box = wholeBounds(this.#features.bounds);
    if (!box || this.#size.width === 0) return;
    this.#view = fitView(box, this.#size, MARGIN);
    this.#schedule();
  }

  zoom(direction: 1 | -1, x = this.#size.width / 2, y = this.#size.height / 2): void {
    if (!this.#view) return;
    this.#view = zoomAt(this.#view, this.#size, ZOOM_STEP ** direction, x, y);
    this.#schedule();
  }

  pan(pixelsX: number, pixelsY: number): void {
    if (!this.#view) return;
    this.#view = pan(this.#view, pixelsX, pixelsY);
    this.#schedule();
  }

  step(across: number, down: number): void {
    this.pan(-across * PAN_STEP, -down * PAN_STEP);
  }

  /** The feature at a pixel, or -1. */
  featureAt(x: number, y: number): number {
    if (!this.#view) return -1;
    return this.#features.find(...toWorld(this.#view, this.#size, x, y), TOLERANCE / this.#view.scale);
  }

  highlight(feature: number): void {
    if (feature === this.#highlighted) return;
    this.#highlighted = feature;
    this.#schedule();
  }

  #resize({ width, height }: Size): void {
    if (width === 0 || height === 0) return;
    const first = this.#view === undefined;
    this.#size = { width, height };
    this.node.width = Math.round(width * devicePixelRatio);
    this.node.height = Math.round(height * devicePixelRatio);
    if (first) this.reset();
    this.#paint();
  }

  #schedule(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    const context = this.node.getContext("2d");
    const view = this.#view;
    if (!context || !view) return;
    const theme = currentTheme();
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    const { geometry, bounds, classes } = this.#features;
    const colours = this.#spec.classes.map(({ colour }) => colour);
    const highlighted = this.#highlighted < 0 ? undefined : this.#highlighted;
    paintMap(context, { geometry, bounds, classes, colours, view, size: this.#size, theme, highlighted });
    const { text, pixels } = scaleBar(view.scale / geometry.scale, 120);
    this.#onScale(text, pixels);
    // Where the picture is in the world, for whoever looks at the page from outside.
    Object.assign(this.node.dataset, {
      viewX: String(view.x * geometry.scale + geometry.originX),
      viewY: String(view.y * geometry.scale + geometry.originY),
      pixelsPerMetre: String(view.scale / geometry.scale),
      crs: this.#spec.crs,
    });
  }
}
