import { type Combination, combineRows, hasRow, type RowSet, rowNumbers, rowSet } from "@tombolo/bundle";
import type { LinkedRows } from "../output/selection-hub.ts";

/** Rows of a result that the features of a layer stand for: each for the row of its number, or for one at each time. */
export class LayerRows {
  readonly linked: LinkedRows;
  readonly #count: number;
  /** Row of each feature at the first time, then at the second, and so on; -1 for none. */
  readonly #dated: Int32Array | undefined;

  /** Throws a TypeError when the rows do not fit the features. */
  constructor(linked: LinkedRows, count: number, steps: number, dated: Int32Array | undefined) {
    const fits = dated ? dated.length === count * steps : linked.link.count === count;
    if (!fits) throw new TypeError("its rows are not those of its features");
    this.linked = linked;
    this.#count = count;
    this.#dated = dated;
  }

  /** Whether a feature's row at a time is shown. A feature without one is. */
  isShown(feature: number, step: number): boolean {
    const { shown } = this.linked;
    const row = this.#rowAt(feature, step);
    return !shown || row < 0 || hasRow(shown, row);
  }

  /** The features whose rows at a time are selected; undefined when no row is. */
  selected(step: number): Uint32Array | undefined {
    const { selected } = this.linked;
    if (!selected || !this.#dated) return selected && rowNumbers(selected);
    const found: number[] = [];
    for (let feature = 0; feature < this.#count; feature++) {
      const row = this.#rowAt(feature, step);
      if (row >= 0 && hasRow(selected, row)) found.push(feature);
    }
    return Uint32Array.from(found);
  }

  /** Whether a feature is selected, at all times. */
  isSelected(feature: number): boolean {
    const { selected } = this.linked;
    return [...rowNumbers(this.#rowsOf([feature]))].every((row) => selected && hasRow(selected, row));
  }

  /** Selects features, at all times. Features that are toggled go as one: out when all of one's rows are selected, else in. */
  select(features: readonly number[], combination: Combination): void {
    if (combination !== "toggle" || !this.#dated) {
      this.linked.select(this.#rowsOf(features), combination);
      return;
    }
    let selected = this.linked.selected;
    for (const feature of features) {
      const rows = this.#rowsOf([feature]);
      const isIn = [...rowNumbers(rows)].every((row) => selected && hasRow(selected, row));
      selected = combineRows(selected, rows, isIn ? "remove" : "add");
    }
    this.linked.select(selected);
  }

  /** Lets all views show only the rows that meet a condition. */
  showWhere(meets: (feature: number, step: number) => boolean): void {
    const rows: number[] = [];
    const steps = this.#dated ? this.#dated.length / Math.max(1, this.#count) : 1;
    for (let step = 0; step < steps; step++)
      for (let feature = 0; feature < this.#count; feature++)
        if (meets(feature, step)) rows.push(this.#rowAt(feature, step));
    this.linked.show(rowSet(this.linked.link.count, rows));
  }

  #rowAt(feature: number, step: number): number {
    return this.#dated ? (this.#dated[step * this.#count + feature] ?? -1) : feature;
  }

  #rowsOf(features: readonly number[]): RowSet {
    const { count } = this.linked.link;
    const dated = this.#dated;
    if (!dated) return rowSet(count, features);
    const steps = dated.length / Math.max(1, this.#count);
    return rowSet(
      count,
      features.flatMap((feature) => Array.from({ length: steps }, (_, step) => this.#rowAt(feature, step))),
    );
  }
}
