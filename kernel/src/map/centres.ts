import type { Shapes } from "./shapes.ts";

/** A point for each feature, in the middle of its largest ring, or of its longest line; what is a point stays one. */
export function centresOf(shapes: Shapes): Shapes {
  if (shapes.kind === "point") return shapes;
  const features = shapes.featureEnds.length;
  const degrees = new Float64Array(2 * features);
  const featureEnds = new Uint32Array(features);
  let count = 0;
  for (let feature = 0; feature < features; feature++) {
    const centre = centreOf(shapes, feature);
    if (centre) {
      degrees.set(centre, 2 * count);
      count++;
    }
    featureEnds[feature] = count;
  }
  const partEnds = new Uint32Array(count).map((_, part) => part + 1);
  return {
    kind: "point",
    degrees: degrees.subarray(0, 2 * count),
    partEnds,
    featureEnds,
    origin: featureEnds,
    warnings: shapes.warnings,
  };
}

function centreOf(shapes: Shapes, feature: number): [number, number] | undefined {
  const first = feature === 0 ? 0 : (shapes.featureEnds[feature - 1] ?? 0);
  let best: { size: number; centre: [number, number] } | undefined;
  for (let part = first; part < (shapes.featureEnds[feature] ?? 0); part++) {
    const start = part === 0 ? 0 : (shapes.partEnds[part - 1] ?? 0);
    const end = shapes.partEnds[part] ?? 0;
    const found = shapes.kind === "polygon" ? ringCentre(shapes, start, end) : lineCentre(shapes, start, end);
    if (!best || found.size > best.size) best = found;
  }
  return best?.centre;
}

/** Centroid of a ring and its area; the middle of its points when it has no area. */
function ringCentre(
  { degrees }: Shapes,
  start: number,
  end: number,
): { size: number; centre: [number, number] } {
  const [originX, originY] = [degrees[2 * start] ?? 0, degrees[2 * start + 1] ?? 0];
  let [area, x, y] = [0, 0, 0];
  for (let point = start; point < end; point++) {
    const next = point === end - 1 ? start : point + 1;
    const [ax, ay] = [(degrees[2 * point] ?? 0) - originX, (degrees[2 * point + 1] ?? 0) - originY];
    const [bx, by] = [(degrees[2 * next] ?? 0) - originX, (degrees[2 * next + 1] ?? 0) - originY];
    const cross = ax * by - bx * ay;
    area += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (area === 0) return { size: 0, centre: [originX, originY] };
  return { size: Math.abs(area), centre: [originX + x / (3 * area), originY + y / (3 * area)] };
}

function lineCentre(
  { degrees }: Shapes,
  start: number,
  end: number,
): { size: number; centre: [number, number] } {
  const middle = (start + end) >> 1;
  return { size: end - start, centre: [degrees[2 * middle] ?? 0, degrees[2 * middle + 1] ?? 0] };
}
