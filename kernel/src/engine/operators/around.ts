import type Flatbush from "flatbush";
import { boxAround, type GeometryColumn } from "./geometry-column.ts";
import { meanSize } from "./shared-call.ts";

/** Left rows that are looked for at once. */
const ROWS = 16;

/** Finds the boxes that may contain points. Points that follow each other mostly lie near each other: one search does for several. */
export class Around {
  readonly #left: GeometryColumn;
  readonly #index: Flatbush | undefined;
  readonly #right: GeometryColumn;
  /** Half the circumference of a right box: what lies farther apart is looked for one by one. */
  #size: number | undefined;
  #batch = -1;
  #found: readonly number[] | undefined;

  constructor(left: GeometryColumn, right: GeometryColumn, index: Flatbush | undefined) {
    this.#left = left;
    this.#index = index;
    this.#right = right;
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
    const end = Math.min(this.#left.length, first + ROWS);
    const { minX, minY, maxX, maxY } = boxAround(this.#left, first, end);
    // Of the operators only one asks: the others need not go through all boxes.
    this.#size ??= meanSize(this.#right);
    if (maxX - minX + maxY - minY > 2 * this.#size) return undefined;
    return this.#index?.search(minX, minY, maxX, maxY) ?? [];
  }
}
