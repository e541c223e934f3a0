import type { Access } from "@tombolo/bundle";
import { Binary, Field, Float64, type Table, Utf8, vectorFromArray } from "apache-arrow";
import { GEOMETRY_METADATA, tableFromVectors } from "../../kernel/src/engine/arrow.ts";
import { toArrowMetadata } from "../../kernel/src/engine/columns.ts";

/** A polygon of one ring as WKB. */
export function polygonWkb(points: readonly (readonly [number, number])[]): Uint8Array {
  const bytes = new Uint8Array(13 + 16 * points.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, 3, true);
  view.setUint32(5, 1, true);
  view.setUint32(9, points.length, true);
  points.forEach(([x, y], index) => {
    view.setFloat64(13 + 16 * index, x, true);
    view.setFloat64(21 + 16 * index, y, true);
  });
  return bytes;
}

/** A square with its south-west corner at a place, in degrees. */
export function squareWkb(west: number, south: number, side: number): Uint8Array {
  const [east, north] = [west + side, south + side];
  return polygonWkb([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]);
}

/** Squares in a row near Greenwich, with names and values, as the result of a recipe would be. */
export function squaresTable(
  names: readonly string[],
  values: readonly (number | null)[],
  access: Access,
): Table {
  const metadata = new Map([
    ...toArrowMetadata({ access, source: "Made by hand.", unit: "km", title: "Length" }),
  ]);
  const plain = toArrowMetadata({ access });
  const shapes = names.map((_, index) => squareWkb(-0.05 + 0.01 * index, 51.5, 0.01));
  const fields = [
    new Field("label", new Utf8(), true, plain),
    new Field("name", new Utf8(), true, plain),
    new Field("length", new Float64(), true, metadata),
    new Field("geometry", new Binary(), true, new Map([...GEOMETRY_METADATA, ...plain])),
  ];
  const labels = names.map((_, index) => `S${index + 1}`);
  const vectors = [
    vectorFromArray(labels, new Utf8()),
    vectorFromArray([...names], new Utf8()),
    vectorFromArray([...values], new Float64()),
    vectorFromArray(shapes, new Binary()),
  ];
  return tableFromVectors(fields, vectors, names.length);
}
