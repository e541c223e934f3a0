import { ByteReader } from "./bytes.ts";
import { ALWAYS, arcDetail } from "./detail.ts";
import { GEOMETRY_MAGIC, GEOMETRY_VERSION, ONE_PART_EACH, ONE_POINT_EACH } from "./encode.ts";
import { GEOMETRY_KINDS, type Geometry, type GeometryKind } from "./geometry.ts";

/** More points than these no map is drawn of: few bytes could otherwise ask for endless memory. */
const MOST_POINTS = 40_000_000;

interface Header {
  readonly kind: GeometryKind;
  readonly flags: number;
  readonly originX: number;
  readonly originY: number;
  readonly scale: number;
  readonly parts: number;
  readonly featureEnds: Uint32Array;
}

/** Geometry from the bytes of `encodeGeometry`, with the level of detail of each point. Throws a RangeError for other bytes. */
export function decodeGeometry(bytes: Uint8Array): Geometry {
  const reader = new ByteReader(bytes);
  const header = readHeader(reader);
  const { kind, originX, originY, scale, featureEnds } = header;
  const read = kind === "point" ? readPoints(reader, header) : readArcs(reader, header);
  if (reader.left > 0) throw new RangeError("the geometry is longer than it says");
  return { kind, originX, originY, scale, featureEnds, ...read };
}

function readHeader(reader: ByteReader): Header {
  for (let shift = 0; shift < 32; shift += 8) {
    if (reader.unsigned() !== ((GEOMETRY_MAGIC >>> shift) & 0x7f))
      throw new RangeError("these bytes are no geometry");
  }
  if (reader.unsigned() !== GEOMETRY_VERSION) throw new RangeError("this geometry is of another version");
  const kind = GEOMETRY_KINDS[reader.unsigned()];
  if (kind === undefined) throw new RangeError("this geometry is of no kind that is known");
  const flags = reader.unsigned();
  const [originX, originY, scale] = [reader.double(), reader.double(), reader.double()];
  if (![originX, originY, scale].every(Number.isFinite) || scale <= 0)
    throw new RangeError("the geometry is nowhere");
  const features = reader.unsigned();
  const parts = reader.unsigned();
  if (features + parts > 2 * MOST_POINTS) throw new RangeError("the geometry is not as long as it says");
  const featureEnds = readEnds(reader, features, (flags & ONE_PART_EACH) !== 0);
  if ((featureEnds.at(-1) ?? 0) !== parts)
    throw new RangeError("the geometry's features do not cover its parts");
  return { kind, flags, originX, originY, scale, parts, featureEnds };
}

/** Ends of runs, from their lengths. */
function readEnds(reader: ByteReader, count: number, oneEach: boolean): Uint32Array {
  // A run of one takes at least a byte further on, a run of another length takes one here.
  if (count > reader.left) throw new RangeError("the geometry is not as long as it says");
  const ends = new Uint32Array(count);
  let end = 0;
  for (let index = 0; index < count; index++) {
    end += oneEach ? 1 : reader.unsigned();
    if (end > MOST_POINTS) throw new RangeError("the geometry has too many points");
    ends[index] = end;
  }
  return ends;
}

function readPoints(
  reader: ByteReader,
  { parts, flags }: Header,
): Pick<Geometry, "partEnds" | "coordinates"> {
  const points = reader.count(2);
  const partEnds = readEnds(reader, parts, (flags & ONE_POINT_EACH) !== 0);
  if ((partEnds.at(-1) ?? 0) !== points) throw new RangeError("the geometry's parts do not cover its points");
  return { partEnds, coordinates: readDeltas(reader, points) };
}

function readArcs(
  reader: ByteReader,
  { parts, flags, kind }: Header,
): Pick<Geometry, "partEnds" | "coordinates" | "detail"> {
  const refCount = reader.count(1);
  const arcCount = reader.count(1);
  const refEnds = readEnds(reader, parts, (flags & ONE_POINT_EACH) !== 0);
  if ((refEnds.at(-1) ?? 0) !== refCount) throw new RangeError("the geometry's parts do not cover its arcs");
  const refs = readRefs(reader, refCount, arcCount);
  const arcs = readArcPoints(reader, arcCount);
  return joinArcs(refs, refEnds, arcs, kind === "polygon");
}

function readRefs(reader: ByteReader, count: number, arcs: number): Uint32Array {
  const refs = new Uint32Array(count);
  let seen = 0;
  for (let index = 0; index < count; index++) {
    const code = reader.unsigned();
    const arc = code === 0 ? seen++ : seen - 1 - ((code - 1) >>> 1);
    if (arc < 0 || arc >= arcs) throw new RangeError("the geometry names an arc that it does not have");
    refs[index] = 2 * arc + (code === 0 ? 0 : (code - 1) & 1);
  }
  return refs;
}

interface Arcs {
  readonly ends: Uint32Array;
  readonly coordinates: Int32Array;
  readonly levels: Uint8Array;
}

function readArcPoints(reader: ByteReader, count: number): Arcs {
  const ends = new Uint32Array(count);
  const coordinates = new Int32Array(reader.left);
  let [points, x, y] = [0, 0, 0];
  for (let arc = 0; arc < count; arc++) {
    const length = reader.count(2);
    for (let point = 0; point < length; point++) {
      x = (x + reader.signed()) | 0;
      y = (y + reader.signed()) | 0;
      coordinates[2 * points] = x;
      coordinates[2 * points + 1] = y;
      points++;
    }
    ends[arc] = points;
  }
  const levels = new Uint8Array(points);
  ends.forEach((end, arc) => {
    arcDetail(coordinates, arc === 0 ? 0 : (ends[arc - 1] ?? 0), end, levels);
  });
  return { ends, coordinates, levels };
}

function readDeltas(reader: ByteReader, points: number): Int32Array {
  const coordinates = new Int32Array(2 * points);
  let [x, y] = [0, 0];
  for (let point = 0; point < points; point++) {
    x = (x + reader.signed()) | 0;
    y = (y + reader.signed()) | 0;
    coordinates[2 * point] = x;
    coordinates[2 * point + 1] = y;
  }
  return coordinates;
}

/** The points of all parts: of each arc but its last point, which begins the next; of a line also that. */
function joinArcs(
  refs: Uint32Array,
  refEnds: Uint32Array,
  { ends, coordinates: source, levels }: Arcs,
  closed: boolean,
): Pick<Geometry, "partEnds" | "coordinates" | "detail"> {
  const rangeOf = (ref: number): [number, number] => {
    const arc = ref >>> 1;
    const start = arc === 0 ? 0 : (ends[arc - 1] ?? 0);
    const end = ends[arc] ?? 0;
    const drop = closed && end - start > 1 ? 1 : 0;
    return ref & 1 ? [start + drop, end] : [start, end - drop];
  };
  let total = 0;
  for (const ref of refs) {
    const [start, end] = rangeOf(ref);
    total += end - start;
    if (total > MOST_POINTS) throw new RangeError("the geometry has too many points");
  }
  const coordinates = new Int32Array(2 * total);
  const detail = new Uint8Array(total);
  const partEnds = new Uint32Array(refEnds.length);
  let [to, index] = [0, 0];
  refEnds.forEach((refEnd, part) => {
    for (; index < refEnd; index++) {
      const ref = refs[index] ?? 0;
      const [start, end] = rangeOf(ref);
      const backwards = (ref & 1) === 1;
      for (let step = 0; step < end - start; step++) {
        const from = backwards ? end - 1 - step : start + step;
        coordinates[2 * to] = source[2 * from] ?? 0;
        coordinates[2 * to + 1] = source[2 * from + 1] ?? 0;
        detail[to++] = levels[from] ?? ALWAYS;
      }
    }
    partEnds[part] = to;
  });
  return { partEnds, coordinates, detail };
}
