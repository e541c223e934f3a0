import { decodeGeometry } from "@tombolo/bundle/geometry/decode";
import { arcDetail, detailLevel } from "@tombolo/bundle/geometry/detail";
import { encodeGeometry, encodeTopology, topologyDetail } from "@tombolo/bundle/geometry/encode";
import type { Geometry } from "@tombolo/bundle/geometry/geometry";
import { findTopology } from "@tombolo/bundle/geometry/topology";
import { type Placing, projectShapes } from "./project.ts";
import type { Shapes } from "./shapes.ts";

/** Geometry as it is sent, and as it comes out there. */
export interface EncodedShapes {
  readonly bytes: Uint8Array;
  readonly geometry: Geometry;
  /** With more points, where the first bytes would else be too many; and by how many metres those are off. */
  readonly fine?: { readonly bytes: Uint8Array; readonly metres: number };
}

/** Geometry is made coarser until it is no larger than this, or than so much for each feature. */
const MOST_BYTES = 2_150_000;
const MOST_BYTES_EACH = 60;

/** Points that are needed for less than half a unit are left out: no screen shows them. */
const FINEST_LEVEL = detailLevel(0.5);

/** Never coarser than a two-thousandth of the map. */
const COARSEST_LEVEL = detailLevel(512);

/** Makes of shapes what is sent and drawn. */
export type ShapeEncoder = (shapes: Shapes, placing: Placing) => EncodedShapes;

/**
 * Shapes that are only drawn here: nothing is to be sent, so that nobody looks for the borders that they share, which takes
 * most of the time.
 */
export function drawShapes(shapes: Shapes, placing: Placing): EncodedShapes {
  const geometry = projectShapes(shapes, placing);
  const detail = new Uint8Array(geometry.coordinates.length / 2);
  let start = 0;
  for (const end of geometry.partEnds) {
    arcDetail(geometry.coordinates, start, end, detail);
    start = end;
  }
  return { bytes: new Uint8Array(), geometry: { ...geometry, detail } };
}

const ENCODED = new WeakMap<object, Map<string, EncodedShapes>>();

/** Shapes as they are sent. A second map of the same shapes has them from the first. */
export function encodeShapes(shapes: Shapes, placing: Placing): EncodedShapes {
  const { projection, extent, unit } = placing;
  const key = JSON.stringify([projection.crs, extent, unit]);
  const known = ENCODED.get(shapes.origin) ?? new Map<string, EncodedShapes>();
  ENCODED.set(shapes.origin, known);
  const before = known.get(key);
  if (before) return before;
  const encoded = encode(projectShapes(shapes, placing));
  known.set(key, encoded);
  return encoded;
}

function encode(geometry: Geometry): EncodedShapes {
  if (geometry.kind === "point") return { bytes: encodeGeometry(geometry), geometry };
  const topology = findTopology(geometry);
  const levels = topologyDetail(topology);
  const encodeFrom = (least: number) => encodeTopology(geometry, topology, { levels, least });
  const all = encodeFrom(FINEST_LEVEL);
  const most = Math.max(MOST_BYTES, MOST_BYTES_EACH * geometry.featureEnds.length);
  if (all.length <= most) return { bytes: all, geometry: decodeGeometry(all) };
  let least = levelFor(levels, most / all.length);
  let bytes = encodeFrom(least);
  while (bytes.length > most && least < COARSEST_LEVEL) bytes = encodeFrom(++least);
  const metres = geometry.scale * 2 ** ((least - 1) / 2 - 2);
  return { bytes, geometry: decodeGeometry(bytes), fine: { bytes: all, metres } };
}

/** The lowest level that leaves no more than a part of the points. */
function levelFor(levels: Uint8Array, part: number): number {
  const counts = new Uint32Array(257);
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1;
  for (let level = 255; level >= 0; level--) counts[level] = (counts[level] ?? 0) + (counts[level + 1] ?? 0);
  const most = part * (counts[FINEST_LEVEL] ?? 0);
  const found = counts.findIndex((count, level) => level > FINEST_LEVEL && count <= most);
  return Math.min(found < 0 ? COARSEST_LEVEL : found, COARSEST_LEVEL);
}
