import { type Patch, patchThrough, placesOf, type Rectangle } from "./patch.ts";
import { type ProjectPlaces, TOLERANCE } from "./project.ts";
import { rectangleOf, squaresAround } from "./squares.ts";
import { cut, findSteps, type Steps } from "./steps.ts";

/** What is known of a projection in a square: a patch for each part into which steps cut it, row by row. */
export interface Cell {
  readonly steps: Steps;
  /** Undefined where the projection is no polynomial. */
  readonly patches: readonly (Patch | undefined)[];
}

/** In more squares than this no steps are looked for: the projection is uneven all over. */
const MOST_UNEVEN = 200;

/** What is known of a projection: the next column lies in the same squares more often than not. */
export class KnownProjection {
  readonly #cells = new Map<number, Cell>();
  #learned: Promise<unknown> = Promise.resolve();

  /** Number of squares that are known. */
  get count(): number {
    return this.#cells.size;
  }

  /** What is known of a square that has been learned. */
  cell(square: number): Cell {
    const cell = this.#cells.get(square);
    if (!cell) throw new Error("a square is not known");
    return cell;
  }

  /**
   * Learns some squares, unless more than so many of them are unknown; whether they are known then. Who asks meanwhile waits: columns
   * that are projected at the same time mostly lie in the same squares.
   */
  learn(squares: readonly number[], most: number, project: ProjectPlaces): Promise<boolean> {
    const learn = () => this.#learnUnknown(squares, most, project);
    const learned = this.#learned.then(learn, learn);
    this.#learned = learned;
    return learned;
  }

  async #learnUnknown(squares: readonly number[], most: number, project: ProjectPlaces): Promise<boolean> {
    const isUnknown = (square: number) => !this.#cells.has(square);
    const unknown = squares.filter(isUnknown);
    if (unknown.length > most) return false;
    if (unknown.length === 0) return true;
    // The squares between too: other columns lie there, and to ask at all takes as long as some hundred squares.
    const between = squaresAround(squares, 2 * squares.length).filter(isUnknown);
    const learned = between.length > 0 ? between : unknown;
    const cells = await learnCells(learned.map(rectangleOf), project);
    for (const [index, square] of learned.entries()) {
      const cell = cells[index];
      if (cell) this.#cells.set(square, cell);
    }
    return true;
  }
}

const NO_STEPS: Steps = { xs: [], ys: [] };

async function learnCells(rectangles: readonly Rectangle[], project: ProjectPlaces): Promise<Cell[]> {
  const patches = await learnPatches(rectangles, project);
  const uneven = rectangles.filter((_, index) => !patches[index]);
  const cells = uneven.length > MOST_UNEVEN ? [] : await learnParts(uneven, project);
  const cellOf = new Map(cells.map((cell, index) => [uneven[index], cell]));
  return rectangles.map(
    (rectangle, index) => cellOf.get(rectangle) ?? { steps: NO_STEPS, patches: [patches[index]] },
  );
}

async function learnParts(rectangles: readonly Rectangle[], project: ProjectPlaces): Promise<Cell[]> {
  const found = await findSteps(rectangles, project);
  const parts = rectangles.map((rectangle, index) => cut(rectangle, found[index] ?? NO_STEPS));
  const patches = (await learnPatches(parts.flat(), project)).values();
  return parts.map((each, index) => ({
    steps: found[index] ?? NO_STEPS,
    patches: each.map(() => patches.next().value),
  }));
}

/** The patches of rectangles; undefined where the projection is no polynomial. */
async function learnPatches(
  rectangles: readonly Rectangle[],
  project: ProjectPlaces,
): Promise<(Patch | undefined)[]> {
  const values = await project(rectangles.flatMap(placesOf));
  const each = values.length / rectangles.length;
  return rectangles.map((rectangle, index) =>
    patchThrough(rectangle, values.subarray(index * each, (index + 1) * each), TOLERANCE),
  );
}
