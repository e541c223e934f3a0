/** The level of a point that every drawing needs. */
export const ALWAYS = 255;

/** The level at which a point so far from the line between its neighbours is needed: two for each doubling, from 1. */
export function detailLevel(distance: number): number {
  return levelOfSquare(distance * distance);
}

/** As {@link detailLevel}, of the square of the distance: asked for each point of a map, and mostly of small whole numbers. */
function levelOfSquare(squared: number): number {
  if (!(squared > 1 / 16)) return 0;
  const parts = 16 * squared;
  const doublings = parts < 2 ** 31 ? 31 - Math.clz32(parts) : Math.floor(Math.log2(parts));
  return Math.min(ALWAYS - 1, 1 + doublings);
}

/**
 * Levels of the points of an arc by Douglas and Peucker: how far each is from the line that is drawn without it. The ends
 * are always needed, and no point is needed more than the one that brought it in. Writes into `levels` from `start` on.
 */
export function arcDetail(coordinates: Int32Array, start: number, end: number, levels: Uint8Array): void {
  if (end <= start) return;
  levels[start] = ALWAYS;
  levels[end - 1] = ALWAYS;
  const pending = [start, end - 1, ALWAYS - 1];
  while (pending.length > 0) {
    const most = pending.pop() ?? 0;
    const last = pending.pop() ?? 0;
    const first = pending.pop() ?? 0;
    if (last - first < 2) continue;
    const { point, squared } = farthest(coordinates, first, last);
    const level = Math.min(most, levelOfSquare(squared));
    levels[point] = level;
    pending.push(first, point, level, point, last, level);
  }
}

/** The point between two that is farthest from the line between them, and the square of its distance. */
function farthest(coordinates: Int32Array, first: number, last: number): { point: number; squared: number } {
  const ax = coordinates[2 * first] ?? 0;
  const ay = coordinates[2 * first + 1] ?? 0;
  const dx = (coordinates[2 * last] ?? 0) - ax;
  const dy = (coordinates[2 * last + 1] ?? 0) - ay;
  const length = dx * dx + dy * dy;
  let point = first + 1;
  let squared = -1;
  for (let index = first + 1; index < last; index++) {
    const px = (coordinates[2 * index] ?? 0) - ax;
    const py = (coordinates[2 * index + 1] ?? 0) - ay;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
    const [ox, oy] = [px - along * dx, py - along * dy];
    const distance = ox * ox + oy * oy;
    if (distance > squared) {
      squared = distance;
      point = index;
    }
  }
  return { point, squared };
}
