import {
  addProtocol,
  type LayerSpecification,
  Map as MapLibre,
  type StyleSpecification,
  setWorkerUrl,
} from "maplibre-gl";
import { PMTiles, Protocol, TileType } from "pmtiles";
import type { Place } from "./place-names.ts";

// Loaded only for a map that asks for a background: this is ten times as much code as all the rest of a map.

setWorkerUrl(new URL("maplibre-gl/dist/maplibre-gl-worker.mjs", import.meta.url).href);

const protocol = new Protocol();
addProtocol("pmtiles", protocol.tile);

const PATIENCE_MILLISECONDS = 20_000;

/** An archive of tiles that is there. */
export interface Archive {
  readonly address: string;
  readonly vector: boolean;
}

/** Looks into an archive of tiles. Rejects, with the end of a sentence, when there is none at the address. */
export async function openArchive(address: string): Promise<Archive> {
  const archive = new PMTiles(address);
  const { tileType } = await archive.getHeader().catch((error: unknown) => {
    throw new Error(reasonOf(String(error)), { cause: error });
  });
  protocol.add(archive);
  return { address, vector: tileType === TileType.Mvt };
}

/** Draws an archive of tiles in an element. Rejects without WebGL. */
export async function openBackground(host: HTMLElement, archive: Archive, light: boolean): Promise<MapLibre> {
  const map = mapIn(host, styleOf(archive, light));
  map.getCanvas().tabIndex = -1;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("it did not load in time")), PATIENCE_MILLISECONDS);
    map.once("load", () => {
      clearTimeout(timer);
      resolve();
    });
  }).catch((error: unknown) => {
    map.remove();
    throw error;
  });
  return map;
}

function mapIn(container: HTMLElement, style: StyleSpecification): MapLibre {
  try {
    return new MapLibre({
      ...{ container, style, interactive: false, attributionControl: false },
      ...{ renderWorldCopies: false, fadeDuration: 0 },
      // The last picture stays when the context is given back.
      canvasContextAttributes: { preserveDrawingBuffer: true },
    });
  } catch (error) {
    throw new Error(reasonOf(String(error)), { cause: error });
  }
}

/** Why there is no background, from what the reader of archives or MapLibre says. */
function reasonOf(said: string): string {
  if (said.includes("WebGL")) return "the browser has no WebGL";
  if (said.includes("404")) return "its archive is not there";
  return said.includes("magic number") ? "its file is no PMTiles archive" : said;
}

function styleOf({ address, vector }: Archive, light: boolean): StyleSpecification {
  const url = `pmtiles://${address}`;
  if (!vector) {
    return {
      version: 8,
      sources: { tiles: { type: "raster", url, tileSize: 256 } },
      layers: [{ id: "tiles", type: "raster", source: "tiles" }],
    };
  }
  return { version: 8, sources: { tiles: { type: "vector", url } }, layers: vectorLayers(light) };
}

/** Quiet colours under data: ground, green, water, buildings, roads and borders. */
const LIGHT = {
  ground: "#f4f3f0",
  green: "#e3ecdc",
  water: "#cfdde8",
  built: "#e6e3de",
  road: "#ffffff",
  border: "#b3aec2",
};
const DARK = {
  ground: "#1b1d21",
  green: "#1f2823",
  water: "#16222e",
  built: "#24262b",
  road: "#34373e",
  border: "#565064",
};

/** Layers of both common schemas of OpenStreetMap tiles, Protomaps' and OpenMapTiles'; a tile has those of one. */
function vectorLayers(light: boolean): LayerSpecification[] {
  const colours = light ? LIGHT : DARK;
  const fill = (layer: string, colour: string): LayerSpecification => ({
    ...{ id: `fill-${layer}`, type: "fill", source: "tiles", "source-layer": layer },
    paint: { "fill-color": colour },
  });
  const line = (layer: string, colour: string, width: number): LayerSpecification => ({
    ...{ id: `line-${layer}`, type: "line", source: "tiles", "source-layer": layer },
    paint: {
      "line-color": colour,
      "line-width": ["interpolate", ["linear"], ["zoom"], 6, width / 3, 14, 2 * width],
    },
  });
  return [
    { id: "ground", type: "background", paint: { "background-color": colours.ground } },
    fill("earth", colours.ground),
    fill("landcover", colours.green),
    fill("landuse", colours.green),
    fill("park", colours.green),
    fill("water", colours.water),
    fill("buildings", colours.built),
    fill("building", colours.built),
    line("roads", colours.road, 1.5),
    line("transportation", colours.road, 1.5),
    line("boundaries", colours.border, 1),
    line("boundary", colours.border, 1),
    ...NAMED_LAYERS.map(namesLayer),
  ];
}

/** Layers of places in both schemas. */
const NAMED_LAYERS = ["places", "place"];

/**
 * Places of which no two names touch; MapLibre measures them with the browser's own fonts, as long as the style names no
 * others. It does not draw them: they would be below the data. See {@link placesInSight}.
 */
function namesLayer(layer: string): LayerSpecification {
  return {
    ...{ id: `names-${layer}`, type: "symbol", source: "tiles", "source-layer": layer },
    layout: {
      "text-field": ["get", "name"],
      "text-font": ["sans-serif"],
      ...{ "text-size": 12, "text-padding": 6 },
      "symbol-sort-key": ["coalesce", ["get", "rank"], ["-", 0, ["get", "population_rank"]], 0],
    },
    paint: { "text-opacity": 0 },
  };
}

/** The places whose names have room in the picture of the moment, each once. */
export function placesInSight(map: MapLibre): Place[] {
  const layers = NAMED_LAYERS.map((layer) => `names-${layer}`).filter((id) => map.getLayer(id));
  const found = new Map<string, Place>();
  for (const { geometry, properties } of map.queryRenderedFeatures({ layers })) {
    const name: unknown = properties.name;
    if (geometry.type !== "Point" || typeof name !== "string") continue;
    const [longitude = 0, latitude = 0] = geometry.coordinates;
    const isCity = [properties.class, properties.kind_detail].includes("city");
    found.set(name, { name, longitude, latitude, isCity });
  }
  return [...found.values()];
}
