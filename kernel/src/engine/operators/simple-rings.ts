import { boxOf, type GeometryColumn } from "./geometry-column.ts";

/** Rings that turn to and fro more often than this are left to the slower way, which does not grow with the square of it. */
const MOST_RUNS = 512;

/** The direction along which corners are sorted: none that people draw along, so that hardly an edge is at right angles to it. */
const [ALONG_X, ALONG_Y] = [0.8253356149096783, 0.5646424733950354];

/** Where each run begins in a ring, and its box: x, y, x, y. */
const starts = new Uint32Array(MOST_RUNS + 1);
const boxes = new Float64Array(4 * MOST_RUNS);

/**
 * Whether the polygon of a row surely overlaps itself nowhere: its rings do not cross themselves, none is a hole, and their boxes
 * lie apart. False also where that is not so plain: where an edge touches another, runs back, or has no length.
 */
export function isPlainlySimple(column: GeometryColumn, row: number): boolean {
  const { parts, points, holes, coordinates } = column;
  const first = parts[row] ?? 0;
  const end = parts[row + 1] ?? 0;
  if (end - first > 1 && !liesApart(column, first, end)) return false;
  for (let part = first; part < end; part++) {
    const from = points[part] ?? 0;
    const edges = (points[part + 1] ?? 0) - from - 1;
    if (holes[part] === 1 || edges < 3 || !isSimple(coordinates, 2 * from, edges)) return false;
  }
  return end > first;
}

/** Few parts are compared each with each. */
const MOST_PARTS = 32;

function liesApart({ points, coordinates }: GeometryColumn, first: number, end: number): boolean {
  const count = end - first;
  if (count > MOST_PARTS) return false;
  const found = new Float64Array(4 * count);
  for (let part = 0; part < count; part++)
    boxOf(coordinates, 2 * (points[first + part] ?? 0), 2 * (points[first + part + 1] ?? 0), found, 4 * part);
  for (let one = 0; one < count; one++)
    for (let other = 0; other < one; other++) if (boxesMeet(found, one, other)) return false;
  return true;
}

function boxesMeet(values: Float64Array, one: number, other: number): boolean {
  const [a, b] = [4 * one, 4 * other];
  return (
    (values[a] ?? 0) <= (values[b + 2] ?? 0) &&
    (values[b] ?? 0) <= (values[a + 2] ?? 0) &&
    (values[a + 1] ?? 0) <= (values[b + 3] ?? 0) &&
    (values[b + 1] ?? 0) <= (values[a + 3] ?? 0)
  );
}

/** Whether a closed ring of so many edges, from a place in the coordinates on, neither crosses nor touches itself. */
function isSimple(coordinates: Float64Array, from: number, edges: number): boolean {
  const ring: Ring = { coordinates, from, edges };
  if (coordinates[from] !== coordinates[from + 2 * edges]) return false;
  if (coordinates[from + 1] !== coordinates[from + 2 * edges + 1]) return false;
  if (isStarShaped(ring)) return true;
  const runs = findRuns(ring);
  if (runs === 0) return false;
  for (let one = 0; one < runs; one++)
    for (let other = 0; other < one; other++)
      if (boxesMeet(boxes, one, other) && !runsLieApart(ring, other, one)) return false;
  return true;
}

/**
 * Whether all of a ring is plainly seen from the middle of its corners, as that of most small areas is: each edge leads farther
 * round, and all together once around. This is told several times quicker than that no edge meets another.
 */
function isStarShaped({ coordinates, from, edges }: Ring): boolean {
  let [middleX, middleY] = [0, 0];
  for (let at = from; at < from + 2 * edges; at += 2) {
    middleX += (coordinates[at] ?? 0) / edges;
    middleY += (coordinates[at + 1] ?? 0) / edges;
  }
  let x = (coordinates[from] ?? 0) - middleX;
  let y = (coordinates[from + 1] ?? 0) - middleY;
  let direction = 0;
  let rounds = 0;
  for (let edge = 1; edge <= edges; edge++) {
    const nextX = (coordinates[from + 2 * edge] ?? 0) - middleX;
    const nextY = (coordinates[from + 2 * edge + 1] ?? 0) - middleY;
    const turn = sideOf(0, 0, x, y, nextX, nextY);
    if (turn === 0 || turn === -direction) return false;
    direction = turn;
    // Once in every round the line from the middle to the right is crossed: upwards when the ring goes round to the left.
    if (y < 0 !== nextY < 0 && y < 0 === turn > 0) rounds++;
    [x, y] = [nextX, nextY];
  }
  return rounds === 1;
}

interface Ring {
  readonly coordinates: Float64Array;
  readonly from: number;
  readonly edges: number;
}

/** How far along the direction the corner of a number lies. */
function along({ coordinates, from }: Ring, corner: number): number {
  const at = from + 2 * corner;
  return ALONG_X * (coordinates[at] ?? 0) + ALONG_Y * (coordinates[at + 1] ?? 0);
}

/**
 * Cuts a ring into runs of edges that all lead forwards or all backwards, of which none can meet itself. Returns their number; 0
 * when there are too many, or when an edge does neither or runs back on the one before.
 */
function findRuns(ring: Ring): number {
  const { coordinates, from, edges } = ring;
  let runs = 0;
  let direction = 0;
  let before = along(ring, 0);
  for (let edge = 0; edge < edges; edge++) {
    const here = along(ring, edge + 1);
    if (here === before || runsBack(ring, edge)) return 0;
    const sign = here > before ? 1 : -1;
    if (sign !== direction) {
      if (runs === MOST_RUNS) return 0;
      starts[runs++] = edge;
      direction = sign;
    }
    before = here;
  }
  starts[runs] = edges;
  for (let run = 0; run < runs; run++)
    boxOf(coordinates, from + 2 * (starts[run] ?? 0), from + 2 * (starts[run + 1] ?? 0) + 2, boxes, 4 * run);
  return runs;
}

/** Whether the edge after an edge leads back along it. */
function runsBack({ coordinates, from, edges }: Ring, edge: number): boolean {
  const at = from + 2 * edge;
  const next = edge === edges - 1 ? from + 2 : at + 4;
  const [x, y] = [coordinates[at + 2] ?? 0, coordinates[at + 3] ?? 0];
  const [dx, dy] = [x - (coordinates[at] ?? 0), y - (coordinates[at + 1] ?? 0)];
  const [nextX, nextY] = [(coordinates[next] ?? 0) - x, (coordinates[next + 1] ?? 0) - y];
  const turn = Math.abs(dx * nextY - dy * nextX);
  return dx * nextX + dy * nextY < 0 && turn <= ROUNDING * (Math.abs(dx * nextY) + Math.abs(dy * nextX));
}

/** Whether no edge of one run meets one of another: both are gone through in the order of the direction. */
function runsLieApart(ring: Ring, one: number, other: number): boolean {
  const first = walkOf(ring, one);
  const second = walkOf(ring, other);
  let a = first.start;
  let b = second.start;
  while (a !== first.end && b !== second.end) {
    if (!areNeighbours(ring, a, b) && meet(ring, a, b)) return false;
    const endA = along(ring, first.step > 0 ? a + 1 : a);
    const endB = along(ring, second.step > 0 ? b + 1 : b);
    // Of two that end at the same place the last of a run stays: the other run's next begins there.
    if (endA < endB || (endA === endB && a + first.step !== first.end)) a += first.step;
    else b += second.step;
  }
  return true;
}

/** A run's edges in the order of the direction. */
function walkOf(ring: Ring, run: number): { start: number; end: number; step: number } {
  const from = starts[run] ?? 0;
  const end = starts[run + 1] ?? 0;
  return along(ring, from + 1) > along(ring, from)
    ? { start: from, end, step: 1 }
    : { start: end - 1, end: from - 1, step: -1 };
}

function areNeighbours({ edges }: Ring, one: number, other: number): boolean {
  const gap = Math.abs(one - other);
  return gap === 1 || gap === edges - 1;
}

/** What rounding leaves of a difference of two products. */
const ROUNDING = 1e-14;

/** Whether two edges cross, touch, or come too near to tell. */
function meet({ coordinates, from }: Ring, one: number, other: number): boolean {
  const [a, b] = [from + 2 * one, from + 2 * other];
  const [ax, ay] = [coordinates[a] ?? 0, coordinates[a + 1] ?? 0];
  const [bx, by] = [coordinates[a + 2] ?? 0, coordinates[a + 3] ?? 0];
  const [cx, cy] = [coordinates[b] ?? 0, coordinates[b + 1] ?? 0];
  const [dx, dy] = [coordinates[b + 2] ?? 0, coordinates[b + 3] ?? 0];
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false;
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false;
  const sides = sideOf(ax, ay, bx, by, cx, cy) * sideOf(ax, ay, bx, by, dx, dy);
  if (sides > 0) return false;
  return sideOf(cx, cy, dx, dy, ax, ay) * sideOf(cx, cy, dx, dy, bx, by) <= 0;
}

/** On which side of a line a place lies: 1, -1, or 0 when it lies on it or too near to tell. */
function sideOf(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const left = (bx - ax) * (y - ay);
  const right = (by - ay) * (x - ax);
  const difference = left - right;
  if (Math.abs(difference) <= ROUNDING * (Math.abs(left) + Math.abs(right))) return 0;
  return difference > 0 ? 1 : -1;
}
