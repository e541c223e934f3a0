import type Flatbush from "flatbush";
import type { GeometryColumn } from "./geometry-column.ts";
import { meanSize } from "./shared-call.ts";

/** Left rows that are looked for at once. */
const ROWS = 16;

/** Finds the boxes that may contain points. Points that follow each other mostly lie near each other: one search does for several. */
export class Around {
  readonly #left: GeometryColumn;
  readonly #index: Flatbush | undefined;
  /** Half the circumference of a right box: what lies farther apart is looked for one by one. */
  readonly #size: number;
  #batch = -1;
  #found: readonly number[] | undefined;

  constructor(left: GeometryColumn, right: GeometryColumn, index: Flatbush | undefined) {
    this.#left = left;
    this.#index = index;
    this.#size = meanSize(right);
  }

  /** Positions in the index among which are all boxes that contain the point of a left row. */
  boxesAt(row: number, x: number, y: number): readonly number[] {
    const batch = Math.floor(row / ROWS);
    if (batch !== this.#batch) {
      this.#batch = batch;
      this.#found = this.#search(ROWS * batch);
    }
    return this.#found ?? this.#index?.search(x, y, x, y) ?? [];
  }

  /** What meets the box around a few rows; undefined when it is large. */
  #search(first: number): readonly number[] | undefined {
    const { length, boxes } = this.#left;
    let [minX, minY] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let [maxX, maxY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 4 * first; at < 4 * Math.min(length, first + ROWS); at += 4) {
      minX = Math.min(minX, boxes[at] ?? 0);
      minY = Math.min(minY, boxes[at + 1] ?? 0);
      maxX = Math.max(maxX, boxes[at + 2] ?? 0);
      maxY = Math.max(maxY, boxes[at + 3] ?? 0);
    }
    if (maxX - minX + maxY - minY > 2 * this.#size) return undefined;
    return this.#index?.search(minX, minY, maxX, maxY) ?? [];
  }
}
