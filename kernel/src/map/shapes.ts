import { GEOMETRY_KINDS, type GeometryKind } from "@tombolo/bundle/geometry/geometry";
import type { Field, Table, Vector } from "apache-arrow";
import { countOf } from "../count-of.ts";
import { isAllNull, isGeometry } from "../engine/arrow.ts";
import { isNumeric, numbersOf } from "../engine/result-columns.ts";
import { readWkb } from "../engine/wkb.ts";
import { UserError } from "../errors.ts";

/** Shapes of one kind in longitude and latitude, flat: a feature is a run of parts, a part a run of points. */
export interface Shapes {
  readonly kind: GeometryKind;
  /** Longitude and latitude of each point. */
  readonly degrees: Float64Array;
  readonly partEnds: Uint32Array;
  readonly featureEnds: Uint32Array;
  /** What the shapes were read from, by which they are known again. */
  readonly origin: object;
  /** What of it is not drawn, or hardly where it should be, in sentences. */
  readonly warnings: readonly string[];
}

const READ = new WeakMap<object, Shapes>();

/**
 * The shapes of a table's rows: of its geometry, or points from columns named as longitude and latitude. All features of a
 * layer are of one kind, that of the highest dimension; others, and null, become features without points.
 */
export function readShapes(table: Table): Shapes {
  const field = table.schema.fields.find(isGeometry);
  const vector = field && table.getChild(field.name);
  if (!vector || isAllNull(vector)) return readPoints(table, field);
  const origin = vector.data[0] ?? vector;
  const known = vector.data.length === 1 ? READ.get(origin) : undefined;
  if (known) return known;
  const shapes = { ...flatten(vector), origin };
  READ.set(origin, shapes);
  return shapes;
}

const NONE = new Float64Array();

function flatten(vector: Vector): Omit<Shapes, "origin"> {
  const read = Array.from({ length: vector.length }, (_, row) => {
    const shape: unknown = vector.get(row);
    return shape instanceof Uint8Array ? readWkb(shape) : undefined;
  });
  const rank = read.reduce((most, each) => Math.max(most, each ? GEOMETRY_KINDS.indexOf(each.kind) : 0), 0);
  const kind = GEOMETRY_KINDS[rank] ?? "point";
  const drawn = read.map((each) => (each?.kind === kind ? each : undefined));
  const outside = drawn.reduce((sum, each) => sum + countOutside(each?.coordinates ?? NONE), 0);
  const others = read.filter((each) => each && each.kind !== kind).length;
  const points = drawn.reduce((sum, each) => sum + (each?.coordinates.length ?? 0) / 2, 0);
  const degrees = new Float64Array(2 * points);
  const featureEnds = new Uint32Array(drawn.length);
  const partEnds: number[] = [];
  let count = 0;
  drawn.forEach((each, feature) => {
    const { ends = [], coordinates = NONE } = each ?? {};
    let point = 0;
    for (const end of ends) {
      const before = count;
      for (; point < end; point++) {
        const x = coordinates[2 * point] ?? Number.NaN;
        const y = coordinates[2 * point + 1] ?? Number.NaN;
        if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
        degrees[2 * count] = x;
        degrees[2 * count + 1] = Math.max(-90, Math.min(90, y));
        count++;
      }
      if (count > before) partEnds.push(count);
    }
    featureEnds[feature] = partEnds.length;
  });
  const placed = {
    degrees: degrees.subarray(0, 2 * count),
    partEnds: Uint32Array.from(partEnds),
    featureEnds,
  };
  return { kind, ...placed, warnings: shapeWarnings(kind, others, outside) };
}

const LONGITUDE = /^(lon|lng|long|longitude)$/i;
const LATITUDE = /^(lat|latitude)$/i;

const NO_SHAPES = {
  hint: "Results of %%recipe have them; in SQL select the column with the shapes as well, or columns named longitude and latitude.",
};

const ONLY_NULL = {
  hint: "Areas get their shapes from an import of boundaries, such as those that %find boundaries lists.",
};

function readPoints(table: Table, empty?: Field): Shapes {
  const named = (pattern: RegExp) =>
    table.schema.fields.find((field) => pattern.test(field.name) && isNumeric(field));
  const [longitude, latitude] = [named(LONGITUDE), named(LATITUDE)];
  if (!longitude || !latitude) {
    throw empty
      ? new UserError(`None of the ${table.numRows} rows has a shape to put on a map`, ONLY_NULL)
      : new UserError("The table has no shapes, so there is nothing to put on a map", NO_SHAPES);
  }
  const [x, y] = [numbersOf(table, longitude.name), numbersOf(table, latitude.name)];
  const degrees = new Float64Array(2 * x.length);
  const featureEnds = new Uint32Array(x.length);
  let count = 0;
  for (let row = 0; row < x.length; row++) {
    const [lon, lat] = [x[row] ?? Number.NaN, y[row] ?? Number.NaN];
    if (Number.isFinite(lon) && Number.isFinite(lat)) {
      degrees[2 * count] = lon;
      degrees[2 * count + 1] = lat;
      count++;
    }
    featureEnds[row] = count;
  }
  const partEnds = new Uint32Array(count).map((_, part) => part + 1);
  const outside = countOutside(degrees);
  for (let at = 1; at < degrees.length; at += 2) degrees[at] = Math.max(-90, Math.min(90, degrees[at] ?? 0));
  const placed = { degrees: degrees.subarray(0, 2 * count), partEnds, featureEnds };
  return { kind: "point", ...placed, origin: table, warnings: shapeWarnings("point", 0, outside) };
}

const KINDS: Readonly<Record<GeometryKind, string>> = { point: "points", line: "lines", polygon: "areas" };

/** Places that are not on the globe; across the date line longitudes may go on beyond 180°. */
function countOutside(degrees: Float64Array): number {
  let count = 0;
  for (let at = 0; at < degrees.length; at += 2)
    if (Math.abs(degrees[at] ?? 0) > 540 || Math.abs(degrees[at + 1] ?? 0) > 90) count++;
  return count;
}

function shapeWarnings(kind: GeometryKind, others: number, outside: number): string[] {
  const warnings: string[] = [];
  if (others > 0)
    warnings.push(
      `${countOf(others, "feature")} of another kind ${others === 1 ? "is" : "are"} not drawn, because a layer shows either points, lines or areas, here ${KINDS[kind]}: put the others into a layer of their own.`,
    );
  if (outside > 0)
    warnings.push(
      `${countOf(outside, "place")} ${outside === 1 ? "is" : "are"} not on the globe, because longitude is from -180 to 180 and latitude from -90 to 90: metres of another system become degrees by ST_Transform in %%sql.`,
    );
  return warnings;
}

/** Some of the features, by row. */
export function pickShapes(shapes: Shapes, rows: Uint32Array): Shapes {
  const degrees: number[] = [];
  const partEnds: number[] = [];
  const featureEnds = rows.map((row) => {
    for (
      let part = row === 0 ? 0 : (shapes.featureEnds[row - 1] ?? 0);
      part < (shapes.featureEnds[row] ?? 0);
      part++
    ) {
      for (
        let point = part === 0 ? 0 : (shapes.partEnds[part - 1] ?? 0);
        point < (shapes.partEnds[part] ?? 0);
        point++
      )
        degrees.push(shapes.degrees[2 * point] ?? 0, shapes.degrees[2 * point + 1] ?? 0);
      partEnds.push(degrees.length / 2);
    }
    return partEnds.length;
  });
  const flat = { degrees: Float64Array.from(degrees), partEnds: Uint32Array.from(partEnds), featureEnds };
  return { kind: shapes.kind, ...flat, origin: rows, warnings: shapes.warnings };
}
