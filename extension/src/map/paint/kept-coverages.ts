import type { AreaCoverage, PaintFrame } from "@tombolo/bundle";

/** Coverages are kept up to this size together; what was used longest ago goes first. */
const MOST_BYTES = 64_000_000;

interface Kept {
  readonly key: string;
  readonly coverage: AreaCoverage;
}

/** What areas cover of a view, kept while it is looked at: other columns, times, filters and themes need no more than its colours. */
export class KeptCoverages {
  readonly #kept = new Map<string, Kept>();
  #bytes = 0;

  /** The coverage of a geometry in a frame, measured when it is not there. */
  get(key: string, { view, size, density }: PaintFrame, measure: () => AreaCoverage): AreaCoverage {
    const name = [key, view.x, view.y, view.scale, size.width, size.height, density].join(" ");
    const known = this.#kept.get(name);
    if (known) this.#forget(name, known);
    const coverage = known?.coverage ?? measure();
    this.#kept.set(name, { key, coverage });
    this.#bytes += bytesOf(coverage);
    for (const [oldest, kept] of this.#kept) if (this.#bytes > MOST_BYTES) this.#forget(oldest, kept);
    return coverage;
  }

  /** Forgets what is kept of a geometry. */
  drop(key: string): void {
    for (const [name, kept] of this.#kept) if (kept.key === key) this.#forget(name, kept);
  }

  #forget(name: string, { coverage }: Kept): void {
    this.#kept.delete(name);
    this.#bytes -= bytesOf(coverage);
  }
}

function bytesOf({ runEnds, pixels, amounts }: AreaCoverage): number {
  return runEnds.byteLength + pixels.buffer.byteLength + amounts.buffer.byteLength;
}
