import { strictest } from "@tombolo/bundle/access";
import type { MapSpec } from "@tombolo/bundle/map/spec";
import {
  BLOBS_SYMBOL,
  DISPLAY_SYMBOL,
  type Displayable,
  MAP_MIME,
  type MimeBundle,
} from "@tombolo/bundle/mime";
import type { PaintLayer } from "@tombolo/bundle/paint/layer";
import type { Table } from "apache-arrow";
import { titleWithDummy } from "../engine/dummy.ts";
import { accessOf, sourceOf } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { Blobs, placeholder } from "../picture/blobs.ts";
import { drawMap } from "../picture/map-picture.ts";
import { describeMap } from "./describe.ts";
import { draftLayer, groundOf } from "./draft.ts";
import { drawShapes, encodeShapes, type ShapeEncoder } from "./encode.ts";
import { type LayerInput, layerInputs, type MapData } from "./inputs.ts";
import { chooseExtent, chooseInsets } from "./insets.ts";
import { type BuiltLayer, buildLayer } from "./layer.ts";
import type { MapOptions } from "./options.ts";
import { placeShapes } from "./project.ts";

export type { LayerInput, MapData } from "./inputs.ts";
export type { InsetOption, LayerOptions, LayerType, MapOptions } from "./options.ts";

/** A map that shows itself in a notebook. */
export interface MapView extends Displayable {
  readonly spec: MapSpec;
  /** The table whose rows are the features: of several layers the uppermost. */
  readonly data: Table;
  /** The layers as they are painted. */
  readonly painted: readonly PaintLayer[];
}

/**
 * A table with shapes as a map, coloured by one of its columns; or several layers, the lowest first. Shapes are in longitude
 * and latitude; the map is drawn in a projected system that fits them. Throws a UserError for a table without
 * shapes, a column that is not there or an option that does not fit the data.
 */
export function map(data: MapData | readonly LayerInput[], options: MapOptions = {}): MapView {
  const { blobs, ...built } = buildMap(data, options, encodeShapes);
  const { spec, painted } = built;
  const show = async (): Promise<MimeBundle> => {
    if (spec.access !== "public") return placeholder(MAP_MIME, { ...spec, table: built.data }, spec, blobs);
    const picture = (await drawMap(spec, painted)).toString("base64");
    return {
      data: { [MAP_MIME]: spec, "image/png": picture, "text/plain": describeMap(spec) },
      metadata: { "image/png": { width: spec.width, height: spec.height } },
    };
  };
  return { ...built, [DISPLAY_SYMBOL]: show, [BLOBS_SYMBOL]: blobs };
}

/** The picture of a map as a PNG, for files: what {@link map} shows where nothing is live, sooner than all of it. */
export function drawPicture(data: MapData, options: MapOptions = {}): Promise<Buffer> {
  const { spec, painted } = buildMap(data, options, drawShapes);
  return drawMap(spec, painted);
}

/** The title of the uppermost layer that shows values, else of the uppermost. */
function titleOf(built: readonly BuiltLayer[]): string {
  const telling = built.findLast(({ layer }) => layer.colouring.type !== "plain" || layer.size);
  return (telling ?? built.at(-1))?.layer.title ?? "Map";
}

function buildMap(
  data: MapData | readonly LayerInput[],
  options: MapOptions,
  encode: ShapeEncoder,
): Pick<MapView, "spec" | "data" | "painted"> & { readonly blobs: Blobs } {
  const inputs = layerInputs(data, options).map((layer) =>
    // What is on a background lets it through.
    options.basemap === undefined ? layer : { opacity: 0.75, ...layer },
  );
  const access = strictest(inputs.map((input) => accessOf(input.data)));
  const blobs = new Blobs(access);
  const drafts = inputs.map(draftLayer).flatMap((draft, index) => {
    const ground = options.basemap === undefined && index === 0 ? groundOf(draft) : undefined;
    return ground ? [draftLayer(ground), draft] : [draft];
  });
  const crs = options.basemap === undefined ? options.crs : "EPSG:3857";
  const placing = placeShapes(
    drafts.map(({ shapes }) => shapes),
    crs,
  );
  const built = drafts.map((draft) => buildLayer(draft, placing, encode, blobs));
  const [first] = built;
  const top = inputs.at(-1);
  if (!first || !top) throw new UserError("A map needs at least one layer");
  const size = { width: options.width ?? 760, height: options.height ?? 500 };
  const sources = new Set(inputs.map((input) => sourceOf(input.data)));
  const source = [...sources].filter((line) => line !== "").join(" ");
  const title = titleWithDummy(options.title ?? titleOf(built), source);
  const spec: MapSpec = {
    ...{ version: 1, access, title, source: options.source ?? source },
    crs: placing.projection.crs,
    ...size,
    ...(options.extent !== undefined && { extent: chooseExtent(options.extent, placing) }),
    layers: built.map(({ layer }) => layer),
    insets: chooseInsets(options.insets, first.painted.geometry, placing, size),
    ...(options.basemap !== undefined && {
      basemap: {
        archive: options.basemap,
        attribution: options.attribution ?? "© OpenStreetMap contributors, ODbL.",
      },
    }),
    warnings: [...new Set(built.flatMap(({ warnings }) => warnings))],
  };
  const painted = built.map((each) => each.painted);
  return { spec, data: top.data, painted, blobs };
}
