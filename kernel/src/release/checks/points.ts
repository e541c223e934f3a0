import type { Finding } from "../finding.ts";
import { defineCheck } from "../subject.ts";

const POINT = 1;
const MULTIPOINT = 4;

/** Places of single people or events. */
export const points = defineCheck({
  name: "points",
  doc: "A point is the place of one person or event; areas with at least as many as the threshold are not.",
  run({ table, preset, columns }) {
    if (preset.open) return [];
    return columns.flatMap(({ field: { name }, role }): Finding[] => {
      if (role !== "shape" || !hasPoints(table.getChild(name) ?? [])) return [];
      const sentence = `${name}: its shapes are points. Count them by area, or leave it out with --without ${name}.`;
      return [{ check: "points", verdict: "fail", column: name, sentence }];
    });
  },
});

function hasPoints(shapes: Iterable<unknown>): boolean {
  for (const shape of shapes) {
    if (!(shape instanceof Uint8Array) || shape.length < 5) continue;
    const type = new DataView(shape.buffer, shape.byteOffset).getUint32(1, shape[0] === 1) & 0xff;
    if (type === POINT || type === MULTIPOINT) return true;
  }
  return false;
}
