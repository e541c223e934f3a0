import type { Extent, Projection } from "./projection.ts";

/** Cells along the longer side of an extent. */
const CELLS = 250;

/** A wider extent is bent too much for straight interpolation. */
const WIDEST_DEGREES = 30;

/**
 * The same projection, exact at the nodes of a grid over the extent and interpolated between them: a hundred times quicker
 * for millions of points. Over Great Britain it is off by at most 0.3 m, over a city by less than a millimetre: good for
 * drawing, not for measuring.
 */
export function onGrid(projection: Projection, extent: Extent): Projection {
  const span = Math.max(extent.east - extent.west, extent.north - extent.south);
  if (!(span > 0) || span > WIDEST_DEGREES) return projection;
  const step = span / CELLS;
  const columns = Math.ceil((extent.east - extent.west) / step) + 3;
  const rows = Math.ceil((extent.north - extent.south) / step) + 3;
  const nodes = new Float64Array(2 * columns * rows).fill(Number.NaN);
  const fill = (column: number, row: number) => {
    const at = 2 * (row * columns + column);
    if (Number.isNaN(nodes[at]))
      nodes.set(projection.project(extent.west + column * step, extent.south + row * step), at);
    return at;
  };
  return {
    crs: projection.crs,
    project(longitude, latitude) {
      const x = (longitude - extent.west) / step;
      const y = (latitude - extent.south) / step;
      const column = Math.floor(x);
      const row = Math.floor(y);
      if (column < 0 || row < 0 || column > columns - 2 || row > rows - 2)
        return projection.project(longitude, latitude);
      const right = x - column;
      const up = y - row;
      const south = fill(column, row);
      const southEast = fill(column + 1, row);
      const north = fill(column, row + 1);
      const northEast = fill(column + 1, row + 1);
      // Called for each point of a map, so that it makes no arrays on the way.
      const value = (offset: 0 | 1) =>
        ((nodes[south + offset] ?? 0) * (1 - right) + (nodes[southEast + offset] ?? 0) * right) * (1 - up) +
        ((nodes[north + offset] ?? 0) * (1 - right) + (nodes[northEast + offset] ?? 0) * right) * up;
      return [value(0), value(1)];
    },
  };
}
