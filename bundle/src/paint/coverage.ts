/**
 * How much of each pixel of a rectangle a shape covers, exactly: each edge adds to a row what changes at its pixels, and the
 * sum along the row is the coverage. Pixels in which borders of neighbours lie are shared without a seam, and nothing is
 * sampled. What is left of the rectangle counts at its first column, what is right of it nowhere.
 */
export class CoverageBuffer {
  /** Changes along each row, one column more than there are pixels. */
  #changes = new Float32Array(0);
  #stride = 0;
  #left = 0;
  #top = 0;
  #width = 0;
  #height = 0;

  /** Begins a shape inside a rectangle of pixels. */
  begin(left: number, top: number, width: number, height: number): void {
    [this.#left, this.#top, this.#width, this.#height] = [left, top, width, height];
    this.#stride = width + 2;
    const length = this.#stride * height;
    if (this.#changes.length < length) this.#changes = new Float32Array(2 * length);
  }

  /** Adds an edge from one point to another, in pixels. */
  addEdge(fromX: number, fromY: number, toX: number, toY: number): void {
    if (fromY === toY) return;
    const down = fromY < toY;
    const startY = (down ? fromY : toY) - this.#top;
    const endY = (down ? toY : fromY) - this.#top;
    const slope = (toX - fromX) / (toY - fromY);
    let x = (down ? fromX : toX) - this.#left;
    const first = Math.max(0, Math.floor(startY));
    if (startY < first) x += (first - startY) * slope;
    const last = Math.min(this.#height, Math.ceil(endY));
    for (let row = first; row < last; row++) {
      const part = Math.min(row + 1, endY) - Math.max(row, startY);
      const next = x + slope * part;
      this.#addToRow(row * this.#stride, x, next, down ? part : -part);
      x = next;
    }
  }

  /** Adds to a row an edge that goes from one column to another while it covers so much of the row's height. */
  #addToRow(row: number, one: number, other: number, edgeHeight: number): void {
    const changes = this.#changes;
    const width = this.#width;
    let [low, high, height] = [Math.min(one, other), Math.max(one, other), edgeHeight];
    if (low >= width) return;
    if (low < 0) {
      const outside = high <= 0 ? height : (height * -low) / (high - low);
      changes[row] = (changes[row] ?? 0) + outside;
      if (high <= 0) return;
      height -= outside;
      low = 0;
    }
    if (high > width) {
      height *= (width - low) / (high - low);
      high = width;
    }
    const first = Math.floor(low);
    if (high <= first + 1) {
      // Within one pixel: the part to the right of the edge's middle is covered.
      const beside = height * ((low + high) / 2 - first);
      const at = row + first;
      changes[at] = (changes[at] ?? 0) + height - beside;
      changes[at + 1] = (changes[at + 1] ?? 0) + beside;
      return;
    }
    // Through several pixels: in each the covered part grows by the area under the edge there.
    const perColumn = height / (high - low);
    let before = 0;
    for (let column = first; column < high; column++) {
      const from = Math.max(low, column);
      const to = Math.min(high, column + 1);
      const entered = perColumn * (from - low);
      const left = perColumn * (to - low);
      const covered = (to - from) * ((entered + left) / 2) + (column + 1 - to) * left;
      changes[row + column] = (changes[row + column] ?? 0) + covered - before;
      before = covered;
    }
    const at = row + Math.ceil(high);
    changes[at] = (changes[at] ?? 0) + height - before;
  }

  /** Tells of each pixel how much of it the shape covers, and forgets the shape. Inside is what an odd number of borders is around. */
  finish(tell: (x: number, y: number, coverage: number) => void): void {
    const changes = this.#changes;
    for (let row = 0; row < this.#height; row++) {
      const start = row * this.#stride;
      let sum = 0;
      for (let column = 0; column < this.#width; column++) {
        sum += changes[start + column] ?? 0;
        const wound = Math.abs(sum);
        const covered = wound <= 1 ? wound : oddPart(wound);
        if (covered > LEAST_COVERAGE) tell(this.#left + column, this.#top + row, covered);
      }
      changes.fill(0, start, start + this.#stride);
    }
  }
}

/** Less than a 255th of a pixel changes no colour. */
const LEAST_COVERAGE = 0.002;

function oddPart(wound: number): number {
  const rest = wound % 2;
  return rest > 1 ? 2 - rest : rest;
}
