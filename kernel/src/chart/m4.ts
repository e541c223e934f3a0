/**
 * Of a line that goes from left to right, the points that make a difference on a screen: of each of so many equal
 * stretches of the axis the first, the last, the lowest and the highest (M4: Jugel and others, VLDB 2014). The line
 * through them has the same pixels. Takes and returns numbers of points, rising in `x`.
 */
export function thinLine(
  points: Int32Array,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  [least, most]: readonly [number, number],
  stretches: number,
): Int32Array {
  if (points.length <= 4 * stretches) return points;
  const width = (most - least || 1) / stretches;
  const kept: number[] = [];
  for (let start = 0; start < points.length; ) {
    const stretch = stretchOf(points[start]);
    let [lowest, highest, end] = [start, start, start];
    for (; end < points.length && stretchOf(points[end]) === stretch; end++) {
      if (heightOf(end) < heightOf(lowest)) lowest = end;
      if (heightOf(end) > heightOf(highest)) highest = end;
    }
    const chosen = [...new Set([start, lowest, highest, end - 1])].sort((first, second) => first - second);
    for (const each of chosen) kept.push(points[each] ?? 0);
    start = end;
  }
  return Int32Array.from(kept);

  function stretchOf(point = 0): number {
    return Math.min(stretches - 1, Math.floor(((x[point] ?? 0) - least) / width));
  }

  function heightOf(index: number): number {
    return y[points[index] ?? 0] ?? 0;
  }
}
