import {
  assignClasses,
  assignSizes,
  type Colouring,
  colourNumbers,
  type FeatureIndex,
  formatNumber,
  HIDDEN,
  type MapLayer,
  openIndex,
  type PaintLayer,
  recount,
  shownColumn,
  turnedColours,
  withUnit,
} from "@tombolo/bundle";
import type { FetchBlob } from "../output/blobs.ts";
import type { LinkedRows } from "../output/selection-hub.ts";
import { LayerColumns } from "./columns.ts";
import { LayerRows } from "./layer-rows.ts";
import type { Painter } from "./paint/page-painter.ts";
import type { LayerRequest, LoadedGeometry } from "./paint/protocol.ts";

/** A range of a column's values, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A layer that is shown: its values, and what the reader has chosen. */
export class ShownLayer {
  readonly spec: MapLayer;
  readonly columns: LayerColumns;
  /** The rows that the features share with other views; undefined when they are not rows. */
  readonly rows: LayerRows | undefined;
  visible: boolean;
  colouring: Colouring;
  step: number;
  /** Classes that the reader has taken off the map. */
  readonly hiddenClasses = new Set<number>();
  readonly filters = new Map<string, Range>();
  readonly #fetchBlob: FetchBlob;
  readonly #painter: Painter;
  #key: string;
  #loaded: LoadedGeometry;
  #index: FeatureIndex;
  #classes: Uint8Array | undefined;
  #sizes: Float32Array | undefined;
  #names: readonly (string | null)[] = [];
  #fine: Promise<void> | undefined;

  private constructor(
    spec: MapLayer,
    { columns, painter, fetchBlob, rows }: Omit<OpenParts, "linked"> & Pick<ShownLayer, "columns" | "rows">,
    loaded: LoadedGeometry,
  ) {
    this.spec = spec;
    this.columns = columns;
    this.rows = rows;
    this.visible = spec.visible;
    this.colouring = spec.colouring;
    this.step = spec.time?.shown ?? 0;
    this.#painter = painter;
    this.#fetchBlob = fetchBlob;
    this.#key = spec.geometry;
    this.#loaded = loaded;
    this.#index = openIndex(loaded.geometry, loaded.bounds, loaded.index);
  }

  /** Fetches what a layer needs to be painted. Throws a TypeError or RangeError when the parts do not fit it. */
  static async open(spec: MapLayer, parts: OpenParts): Promise<ShownLayer> {
    const columns = new LayerColumns(spec, parts.fetchBlob);
    const geometry = parts.fetchBlob(spec.geometry).then((bytes) => parts.painter.load(spec.geometry, bytes));
    const [loaded, rows] = await Promise.all([
      geometry,
      openRows(spec, parts),
      columns.fetch(paintedColumns(spec)),
    ]);
    if (loaded.geometry.featureEnds.length !== spec.count || loaded.geometry.kind !== spec.kind)
      throw new TypeError("its shapes are not those of its features");
    return new ShownLayer(spec, { ...parts, columns, rows }, loaded);
  }

  close(): void {
    this.#painter.drop(this.#key);
  }

  get geometry(): LoadedGeometry {
    return this.#loaded;
  }

  get index(): FeatureIndex {
    return this.#index;
  }

  /** The layer as the painter takes it. */
  request(): LayerRequest {
    const { colours, type } = this.colouring;
    const { opacity } = this.spec;
    const selected = this.rows?.selected(this.step);
    const { classes, sizes } = this;
    const turned = turnedColours(this.colouring);
    const density = type === "density";
    return { key: this.#key, classes, colours, turned, sizes, density, opacity, selected };
  }

  /** The layer with its geometry, to outline features or to export it. */
  painted(): PaintLayer {
    const { key: _, selected: __, ...request } = this.request();
    return { ...request, geometry: this.#loaded.geometry, bounds: this.#loaded.bounds };
  }

  /** Class of each feature, with those that are filtered away. */
  get classes(): Uint8Array {
    this.#classes ??= this.#assign();
    return this.#classes;
  }

  get sizes(): Float32Array | undefined {
    const { size, kind } = this.spec;
    if (size && kind !== "polygon") this.#sizes ??= assignSizes(size, this.columns.at(this.step), kind);
    return this.#sizes;
  }

  /** Forgets what was worked out: values, filters or the time have changed. */
  refresh(): void {
    this.#classes = undefined;
    this.#sizes = undefined;
  }

  /** Shows another time. */
  goTo(step: number): void {
    this.step = step;
    this.colouring = recount(this.colouring, this.columns.at(step));
    this.refresh();
  }

  /** Lets all views of the same rows show what the filters leave; everything when there is none. */
  shareFilters(): void {
    if (this.filters.size === 0) this.rows?.linked.show(undefined);
    else this.rows?.showWhere((feature, step) => this.#meetsFilters(feature, step));
  }

  isShown(feature: number): boolean {
    return this.classes[feature] !== HIDDEN;
  }

  /** Shows another column of numbers by colour, in classes cut as before. */
  async recolour(name: string): Promise<void> {
    await this.columns.fetch([name]);
    const before = this.colouring.type === "classes" ? this.colouring : undefined;
    const method = before && before.method !== "manual" ? before.method : "quantile";
    const first = this.spec.colouring.type === "classes" ? this.spec.colouring.colours.length : 5;
    const classes = method === "unclassed" ? 5 : Math.max(2, first);
    const { palette = "YlGnBu", reversed = false } = before ?? {};
    const all = this.columns.allNumbers(name);
    this.colouring = colourNumbers(
      name,
      this.columns.at(this.step),
      { method, classes, palette, reversed, kind: this.spec.kind },
      all,
    );
    this.hiddenClasses.clear();
    this.refresh();
  }

  /** Fetches names and the tooltip's columns, so that pointing finds them. */
  async fetchDetails(): Promise<void> {
    const [names] = await Promise.all([this.columns.names(), this.columns.fetch(this.spec.hover)]);
    this.#names = names;
  }

  nameOf(feature: number): string {
    return this.#names[feature] ?? "";
  }

  /** Heading and text of the shown value and of the tooltip's columns. */
  detailsOf(feature: number): [string, string][] {
    const { colouring } = this;
    const shown = shownColumn({ ...this.spec, colouring })?.name;
    const others = colouring.type === "bivariate" ? [colouring.columns[1]] : [];
    const size = this.spec.size ? [this.spec.size.column] : [];
    const names = new Set([...(shown === undefined ? [] : [shown]), ...others, ...size, ...this.spec.hover]);
    return [...names].map((name) => [this.columns.find(name)?.title ?? name, this.textOf(name, feature)]);
  }

  /** A value as people read it. */
  textOf(name: string, feature: number): string {
    const column = this.columns.find(name);
    const values = this.columns.at(this.step);
    if (values.suppressed(name)?.[feature]) return "[c] suppressed";
    if (column?.type === "text") return values.texts(name)[feature] ?? "no data";
    const number = values.numbers(name)[feature] ?? Number.NaN;
    return Number.isNaN(number)
      ? "no data"
      : withUnit(formatNumber(number, column?.format ?? ""), column?.unit ?? "");
  }

  /** Takes the geometry with more points when the coarse one shows its coarseness. True when it has just come. */
  async refine(metresPerPixel: number): Promise<boolean> {
    const { fine } = this.spec;
    if (!fine || this.#fine || metresPerPixel > fine.metres) return false;
    this.#fine = this.#fetchFine(fine.geometry);
    await this.#fine;
    return true;
  }

  async #fetchFine(id: string): Promise<void> {
    const bytes = await this.#fetchBlob(id);
    const loaded = await this.#painter.load(id, bytes);
    if (loaded.geometry.featureEnds.length !== this.spec.count) return;
    this.#painter.drop(this.#key);
    this.#key = id;
    this.#loaded = loaded;
    this.#index = openIndex(loaded.geometry, loaded.bounds, loaded.index);
  }

  #assign(): Uint8Array {
    const values = this.columns.at(this.step);
    const classes = assignClasses(this.colouring, values);
    const { rows, step } = this;
    for (let feature = 0; feature < classes.length; feature++) {
      if (this.hiddenClasses.has(classes[feature] ?? 0)) classes[feature] = HIDDEN;
      else if (rows && !rows.isShown(feature, step)) classes[feature] = HIDDEN;
    }
    if (this.filters.size > 0)
      for (let feature = 0; feature < classes.length; feature++)
        if (!this.#meetsFilters(feature, step)) classes[feature] = HIDDEN;
    return classes;
  }

  #meetsFilters(feature: number, step: number): boolean {
    for (const [name, { from, to }] of this.filters) {
      const start = this.columns.find(name)?.dated ? step * this.spec.count : 0;
      const value = this.columns.allNumbers(name)[start + feature] ?? Number.NaN;
      if (!(value >= from && value <= to)) return false;
    }
    return true;
  }
}

/** What a layer is opened with. */
export interface OpenParts {
  readonly fetchBlob: FetchBlob;
  readonly painter: Painter;
  readonly linked: LinkedRows | undefined;
}

async function openRows(spec: MapLayer, { linked, fetchBlob }: OpenParts): Promise<LayerRows | undefined> {
  if (!linked) return undefined;
  const bytes = spec.rows === undefined ? undefined : (await fetchBlob(spec.rows)).slice();
  const rows = bytes && new Int32Array(bytes.buffer, 0, Math.floor(bytes.length / 4));
  return new LayerRows(linked, spec.count, spec.time?.steps.length ?? 1, rows);
}

function paintedColumns({ colouring, size }: MapLayer): string[] {
  const coloured =
    colouring.type === "bivariate" ? [...colouring.columns] : "column" in colouring ? [colouring.column] : [];
  return size ? [...coloured, size.column] : coloured;
}
