import { readDoubles, readIntegers } from "./chunk-column.ts";
import { bytesReader } from "./chunk-strings.ts";
import { COLUMN, type ShapeChunks } from "./fetch-shapes.ts";
import { columnOfPoints, type GeometryColumn } from "./operators/geometry-column.ts";
import { GeometryColumnBuilder } from "./operators/geometry-column-builder.ts";

/** The shapes as operators take them. The chunks are empty then: their memory would wait for the collection of garbage. */
export function columnFromChunks(chunks: ShapeChunks): GeometryColumn {
  const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const read = (column: number) => readDoubles({ chunks, column, length })?.toArray() ?? new Float64Array();
  const [xs, ys] = [read(COLUMN.X), read(COLUMN.Y)];
  if (![xs, ys].some((values) => values.some(Number.isNaN))) {
    for (const chunk of chunks) chunk.reset();
    return columnOfPoints(xs, ys);
  }
  const points = readIntegers({ chunks, column: COLUMN.POINTS, length }).toArray();
  const builder = new GeometryColumnBuilder(points.reduce((sum, count) => sum + count, 0));
  let row = 0;
  for (const chunk of chunks) {
    const { rowCount } = chunk;
    const shape = bytesReader(chunk, COLUMN.SHAPE);
    for (let at = 0; at < rowCount; at++, row++) {
      const x = xs[row] ?? Number.NaN;
      if (Number.isNaN(x)) builder.append(shape(at));
      else builder.appendPoint(x, ys[row] ?? Number.NaN);
    }
    chunk.reset();
  }
  return builder.finish();
}
