import type { Geometry } from "./geometry.ts";

/**
 * The rings or lines of a geometry as arcs, each border between two areas once. `refs` names the arcs of all parts in order:
 * 2 × arc, plus 1 where it is walked backwards. An arc's last point is the first of the next one of its part.
 */
export interface Topology {
  /** End of each part, in refs. */
  readonly partEnds: Uint32Array;
  readonly refs: Uint32Array;
  /** End of each arc, in points. */
  readonly arcEnds: Uint32Array;
  readonly coordinates: Int32Array;
}

/** Cuts rings where more than two borders meet and keeps what two rings share once. Rings must not repeat their first point. */
export function findTopology(geometry: Geometry): Topology {
  const points = geometry.coordinates.length / 2;
  const ids = vertexIds(geometry.coordinates);
  const junctions = findJunctions(geometry, ids);
  const builder = new ArcBuilder(geometry.coordinates, points);
  const partEnds = new Uint32Array(geometry.partEnds.length);
  let start = 0;
  geometry.partEnds.forEach((end, part) => {
    if (geometry.kind === "polygon") addRing(builder, ids, junctions, start, end);
    else builder.addLine(start, end);
    partEnds[part] = builder.refCount;
    start = end;
  });
  return { partEnds, ...builder.finish() };
}

/** The same number for points at the same place: the index of the first of them. */
function vertexIds(coordinates: Int32Array): Uint32Array {
  const points = coordinates.length / 2;
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * points)));
  const table = new Int32Array(slots).fill(-1);
  const ids = new Uint32Array(points);
  for (let point = 0; point < points; point++) {
    const x = coordinates[2 * point] ?? 0;
    const y = coordinates[2 * point + 1] ?? 0;
    let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & (slots - 1);
    for (;;) {
      const found = table[slot] ?? -1;
      if (found < 0) {
        table[slot] = point;
        ids[point] = point;
        break;
      }
      if (coordinates[2 * found] === x && coordinates[2 * found + 1] === y) {
        ids[point] = found;
        break;
      }
      slot = (slot + 1) & (slots - 1);
    }
  }
  return ids;
}

/** Points, by id, whose neighbours are not the same two in every ring through them. */
function findJunctions({ partEnds, kind }: Geometry, ids: Uint32Array): Uint8Array {
  const junctions = new Uint8Array(ids.length);
  if (kind !== "polygon") return junctions;
  const before = new Int32Array(ids.length).fill(-1);
  const after = new Int32Array(ids.length);
  const visit = (id: number, previous: number, next: number) => {
    if ((before[id] ?? -1) < 0) {
      before[id] = previous;
      after[id] = next;
      return;
    }
    const forwards = before[id] === previous && after[id] === next;
    const backwards = before[id] === next && after[id] === previous;
    if (!forwards && !backwards) junctions[id] = 1;
  };
  let start = 0;
  for (const end of partEnds) {
    for (let point = start; point < end; point++) {
      const previous = ids[point === start ? end - 1 : point - 1] ?? 0;
      const next = ids[point === end - 1 ? start : point + 1] ?? 0;
      visit(ids[point] ?? 0, previous, next);
    }
    start = end;
  }
  return junctions;
}

function addRing(
  builder: ArcBuilder,
  ids: Uint32Array,
  junctions: Uint8Array,
  start: number,
  end: number,
): void {
  const length = end - start;
  if (length < 2) {
    builder.addLine(start, end);
    return;
  }
  const idAt = (step: number) => ids[start + (step % length)] ?? 0;
  let first = -1;
  let least = 0;
  for (let step = 0; step < length && first < 0; step++) {
    if (junctions[idAt(step)]) first = step;
    if (idAt(step) < idAt(least)) least = step;
  }
  // A ring that meets others nowhere, or all along, begins at the same point for both of its neighbours.
  const origin = first < 0 ? least : first;
  let from = origin;
  for (let step = origin + 1; step <= origin + length; step++) {
    if (step < origin + length && !(first >= 0 && junctions[idAt(step)])) continue;
    builder.addArc(start, length, from % length, step - (from - (from % length)), idAt);
    from = step;
  }
}

/** Collects arcs, and knows those that are already there by their first edge, from either end. */
class ArcBuilder {
  readonly #source: Int32Array;
  /** Arcs by the point, by id, from which they are walked: the last that was added, and for each the one before it. */
  readonly #last: Int32Array;
  readonly #before: number[] = [];
  /** The point after the first, and the ref, of what the two above number. */
  readonly #second: number[] = [];
  readonly #walked: number[] = [];
  readonly #refs: number[] = [];
  readonly #arcEnds: number[] = [];
  readonly #coordinates: Int32Array;
  #points = 0;

  constructor(source: Int32Array, points: number) {
    this.#source = source;
    this.#last = new Int32Array(points).fill(-1);
    // Each arc repeats the point at which it ends.
    this.#coordinates = new Int32Array(4 * points + 4);
  }

  get refCount(): number {
    return this.#refs.length;
  }

  addLine(start: number, end: number): void {
    this.#refs.push(2 * this.#arcEnds.length);
    this.#copy(start, end);
    this.#arcEnds.push(this.#points);
  }

  /** Adds the arc between two steps of a ring; it begins before the ring's end and may go past it. */
  addArc(start: number, length: number, from: number, to: number, idAt: (step: number) => number): void {
    const known = this.#find(idAt(from), idAt(from + 1));
    if (known !== undefined) {
      this.#refs.push(known);
      return;
    }
    const arc = this.#arcEnds.length;
    this.#know(idAt(to), idAt(to - 1), 2 * arc + 1);
    this.#know(idAt(from), idAt(from + 1), 2 * arc);
    this.#refs.push(2 * arc);
    this.#copy(start + from, start + Math.min(to + 1, length));
    if (to >= length) this.#copy(start, start + to + 1 - length);
    this.#arcEnds.push(this.#points);
  }

  finish(): Omit<Topology, "partEnds"> {
    return {
      refs: Uint32Array.from(this.#refs),
      arcEnds: Uint32Array.from(this.#arcEnds),
      coordinates: this.#coordinates.slice(0, 2 * this.#points),
    };
  }

  /** The ref of the arc that begins with an edge. Few arcs begin at the same point. */
  #find(first: number, second: number): number | undefined {
    for (let entry = this.#last[first] ?? -1; entry >= 0; entry = this.#before[entry] ?? -1)
      if (this.#second[entry] === second) return this.#walked[entry];
    return undefined;
  }

  #know(first: number, second: number, ref: number): void {
    this.#before.push(this.#last[first] ?? -1);
    this.#second.push(second);
    this.#last[first] = this.#walked.push(ref) - 1;
  }

  #copy(start: number, end: number): void {
    this.#coordinates.set(this.#source.subarray(2 * start, 2 * end), 2 * this.#points);
    this.#points += end - start;
  }
}
