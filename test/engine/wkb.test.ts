import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import type { Engine } from "../../kernel/src/engine/engine.ts";
import { readWkb } from "../../kernel/src/engine/wkb.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDB();
});
afterAll(() => engine.close());

/** Shapes given as WKT, as WKB. */
async function wkb(shapes: readonly string[]): Promise<Uint8Array[]> {
  const result: Uint8Array[] = [];
  for (const shape of shapes) {
    const table = await engine.query("SELECT ST_AsWKB(ST_GeomFromText(?::VARCHAR)) AS shape", {
      parameters: [shape],
    });
    const value: unknown = table.getChild("shape")?.get(0);
    if (value instanceof Uint8Array) result.push(value);
  }
  return result;
}

describe("WKB", () => {
  test.each([
    ["POINT (1 2)", "point", [1, 2], [1]],
    ["POINT Z (1 2 3)", "point", [1, 2], [1]],
    ["POINT EMPTY", "point", [], []],
    ["LINESTRING (0 0, 1 1, 2 0)", "line", [0, 0, 1, 1, 2, 0], [3]],
    ["MULTIPOINT ((1 2), (3 4))", "point", [1, 2, 3, 4], [1, 2]],
    ["POLYGON ((0 0, 1 0, 0 1, 0 0))", "polygon", [0, 0, 1, 0, 0, 1, 0, 0], [4]],
    ["GEOMETRYCOLLECTION (POINT (9 9), LINESTRING (0 0, 1 1))", "line", [0, 0, 1, 1], [2]],
  ])("%s", async (text, kind, coordinates, ends) => {
    const [bytes = new Uint8Array()] = await wkb([text]);
    const flat = readWkb(bytes);
    expect({ kind: flat.kind, coordinates: [...flat.coordinates], ends: [...flat.ends] }).toEqual({
      kind,
      coordinates,
      ends,
    });
  });

  test("in the other byte order, and cut short", () => {
    const point = new DataView(new ArrayBuffer(21));
    point.setUint32(1, 1);
    point.setFloat64(5, 7);
    point.setFloat64(13, 8);
    expect([...readWkb(new Uint8Array(point.buffer)).coordinates]).toEqual([7, 8]);
    expect(() => readWkb(Uint8Array.of(1, 2, 0, 0, 0, 255, 0, 0, 0))).toThrow(RangeError);
    expect(() => readWkb(Uint8Array.of(1))).toThrow(RangeError);
  });
});
