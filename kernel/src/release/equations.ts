import { addToList } from "../add-to-list.ts";
import type { Equation } from "./recover.ts";

/** How many cells an equation is about. */
export const lengthOf = ({ plus, minus }: Equation): number => plus.length + minus.length;

/** Which equations each cell is in: those of cell `c` have the numbers from `starts[c]` to before `starts[c + 1]`. */
export interface CellIndex {
  readonly starts: Uint32Array;
  readonly numbers: Uint32Array;
}

/** Finds the equations of every cell, in their order. */
export function indexCells(equations: readonly Equation[], cells: number): CellIndex {
  const starts = new Uint32Array(cells + 2);
  // Counted one place further on, so that putting the numbers in leaves every start where it belongs.
  for (const equation of equations)
    for (const side of [equation.plus, equation.minus])
      for (const cell of side) starts[cell + 2] = (starts[cell + 2] ?? 0) + 1;
  for (let cell = 2; cell < starts.length; cell++)
    starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
  const numbers = new Uint32Array(starts[cells + 1] ?? 0);
  for (const [number, equation] of equations.entries())
    for (const side of [equation.plus, equation.minus])
      for (const cell of side) {
        const place = starts[cell + 1] ?? 0;
        numbers[place] = number;
        starts[cell + 1] = place + 1;
      }
  return { starts, numbers };
}

/** The numbers of the equations of a cell. */
export const equationsOf = ({ starts, numbers }: CellIndex, cell: number): Uint32Array =>
  numbers.subarray(starts[cell], starts[cell + 1]);

/** The equations of every cell, short ones first. */
export function equationsByCell(equations: readonly Equation[]): Map<number, Equation[]> {
  const byCell = new Map<number, Equation[]>();
  for (const equation of equations)
    for (const cell of [...equation.plus, ...equation.minus]) addToList(byCell, cell, equation);
  for (const list of byCell.values()) list.sort((a, b) => lengthOf(a) - lengthOf(b));
  return byCell;
}
