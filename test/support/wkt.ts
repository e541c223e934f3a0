/** A point as x and y. */
export type Point = readonly [x: number, y: number];

const run = (points: readonly Point[]) => `(${points.map(([x, y]) => `${x} ${y}`).join(", ")})`;
const closed = (points: readonly Point[]) => run([...points, ...points.slice(0, 1)]);

/** A polygon of rings, the first of them outside; rings are closed here. */
export const polygon = (...rings: readonly (readonly Point[])[]): string =>
  `POLYGON (${rings.map(closed).join(", ")})`;

/** Several polygons. */
export const multiPolygon = (...polygons: readonly (readonly (readonly Point[])[])[]): string =>
  `MULTIPOLYGON (${polygons.map((rings) => `(${rings.map(closed).join(", ")})`).join(", ")})`;

export const line = (...points: readonly Point[]): string => `LINESTRING ${run(points)}`;

/** A rectangle from its south-west corner, counter-clockwise. */
export const rectangle = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];
