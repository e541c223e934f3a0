import { ByteWriter } from "./bytes.ts";
import { arcDetail } from "./detail.ts";
import { GEOMETRY_KINDS, type Geometry } from "./geometry.ts";
import { findTopology, type Topology } from "./topology.ts";

/** The first bytes of encoded geometry: `TMBG`. */
export const GEOMETRY_MAGIC = 0x47424d54;

/** Version of the encoding. */
export const GEOMETRY_VERSION = 2;

/** Bits that say what is not written because it is always one. */
export const ONE_PART_EACH = 1;
/** See {@link ONE_PART_EACH}. */
export const ONE_POINT_EACH = 2;

/** Which points of arcs are left out: those of a level below `least`. */
export interface Simplification {
  /** Of the points of all arcs, from {@link topologyDetail}. */
  readonly levels: Uint8Array;
  readonly least: number;
}

/** The level of detail of each point of the arcs, by which they can be simplified without tearing borders apart. */
export function topologyDetail({ arcEnds, coordinates }: Topology): Uint8Array {
  const levels = new Uint8Array(coordinates.length / 2);
  arcEnds.forEach((end, arc) => {
    arcDetail(coordinates, arc === 0 ? 0 : (arcEnds[arc - 1] ?? 0), end, levels);
  });
  return levels;
}

/**
 * Geometry as bytes: borders that two areas share once, as arcs; points as differences from the one before; numbers as
 * short as they are. What comes back from `decodeGeometry` has the same features and parts.
 */
export function encodeGeometry(geometry: Geometry): Uint8Array<ArrayBuffer> {
  return geometry.kind === "point"
    ? encodePoints(geometry)
    : encodeTopology(geometry, findTopology(geometry));
}

/** As {@link encodeGeometry}, from arcs that are already found. */
export function encodeTopology(
  geometry: Geometry,
  topology: Topology,
  simplification?: Simplification,
): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const flags = writeHeader(writer, geometry, lengths(topology.partEnds));
  writer.unsigned(topology.refs.length);
  writer.unsigned(topology.arcEnds.length);
  if (!(flags & ONE_POINT_EACH)) for (const length of lengths(topology.partEnds)) writer.unsigned(length);
  writeRefs(writer, topology.refs);
  writeArcs(writer, topology, simplification);
  return writer.finish();
}

function encodePoints(geometry: Geometry): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter();
  const flags = writeHeader(writer, geometry, lengths(geometry.partEnds));
  writer.unsigned(geometry.coordinates.length / 2);
  if (!(flags & ONE_POINT_EACH)) for (const length of lengths(geometry.partEnds)) writer.unsigned(length);
  const { coordinates } = geometry;
  let [x, y] = [0, 0];
  for (let index = 0; index < coordinates.length; index += 2) {
    const [nextX, nextY] = [coordinates[index] ?? 0, coordinates[index + 1] ?? 0];
    writer.signed(nextX - x);
    writer.signed(nextY - y);
    [x, y] = [nextX, nextY];
  }
  return writer.finish();
}

function writeHeader(writer: ByteWriter, geometry: Geometry, partLengths: Uint32Array): number {
  const featureLengths = lengths(geometry.featureEnds);
  const flags =
    (featureLengths.every((length) => length === 1) ? ONE_PART_EACH : 0) +
    (partLengths.every((length) => length === 1) ? ONE_POINT_EACH : 0);
  for (let shift = 0; shift < 32; shift += 8) writer.unsigned((GEOMETRY_MAGIC >>> shift) & 0x7f);
  for (const number of [GEOMETRY_VERSION, GEOMETRY_KINDS.indexOf(geometry.kind), flags])
    writer.unsigned(number);
  for (const number of [geometry.originX, geometry.originY, geometry.scale]) writer.double(number);
  writer.unsigned(featureLengths.length);
  writer.unsigned(partLengths.length);
  if (!(flags & ONE_PART_EACH)) for (const length of featureLengths) writer.unsigned(length);
  return flags;
}

/** An arc that is named for the first time is the next one; another is told by how long ago it was new. */
function writeRefs(writer: ByteWriter, refs: Uint32Array): void {
  let seen = 0;
  for (const ref of refs) {
    const arc = ref >>> 1;
    if (arc === seen) {
      writer.unsigned(0);
      seen++;
    } else writer.unsigned(1 + 2 * (seen - 1 - arc) + (ref & 1));
  }
}

function writeArcs(
  writer: ByteWriter,
  { arcEnds, coordinates }: Topology,
  simplification?: Simplification,
): void {
  const { levels, least = 0 } = simplification ?? {};
  const isKept = (point: number) => levels === undefined || (levels[point] ?? 0) >= least;
  let [start, x, y] = [0, 0, 0];
  for (const end of arcEnds) {
    let kept = 0;
    for (let point = start; point < end; point++) if (isKept(point)) kept++;
    writer.unsigned(kept);
    for (let point = start; point < end; point++) {
      if (!isKept(point)) continue;
      const [nextX, nextY] = [coordinates[2 * point] ?? 0, coordinates[2 * point + 1] ?? 0];
      writer.signed(nextX - x);
      writer.signed(nextY - y);
      [x, y] = [nextX, nextY];
    }
    start = end;
  }
}

function lengths(ends: Uint32Array): Uint32Array {
  return ends.map((end, index) => end - (index === 0 ? 0 : (ends[index - 1] ?? 0)));
}
