import type { Geometry, MapTheme, PaintLayer, Size, View } from "@tombolo/bundle";

/** A layer to be painted, whose geometry the painter already has. */
export interface LayerRequest extends Omit<PaintLayer, "geometry" | "bounds"> {
  /** Name of the geometry. */
  readonly key: string;
  /** Features that are outlined because they are selected. */
  readonly selected?: Uint32Array | undefined;
}

/** A picture to be painted. */
export interface PaintRequest {
  readonly layers: readonly LayerRequest[];
  readonly view: View;
  readonly size: Size;
  readonly theme: MapTheme;
  /** Device pixels for each pixel. */
  readonly density: number;
}

/** Geometry as it is used on the page: for pointing and for outlines. */
export interface LoadedGeometry {
  readonly geometry: Geometry;
  readonly bounds: Float64Array;
  /** From `buildIndex`. */
  readonly index: ArrayBuffer | undefined;
}

/** What a painting thread is asked; each is answered once, by its number. */
export type PainterQuestion =
  | { readonly type: "load"; readonly number: number; readonly key: string; readonly bytes: Uint8Array }
  | { readonly type: "paint"; readonly number: number; readonly request: PaintRequest }
  | { readonly type: "drop"; readonly number: number; readonly key: string };

/** An answer of a painting thread. */
export type PainterAnswer =
  | { readonly type: "loaded"; readonly number: number; readonly loaded: LoadedGeometry }
  | { readonly type: "painted"; readonly number: number; readonly image: ImageBitmap }
  | { readonly type: "dropped"; readonly number: number }
  | { readonly type: "failed"; readonly number: number; readonly message: string };
