import { addToList } from "../add-to-list.ts";
import type { Equation } from "./recover.ts";

/** How many cells an equation is about. */
export const lengthOf = ({ plus, minus }: Equation): number => plus.length + minus.length;

/** The equations of every cell, short ones first. */
export function equationsByCell(equations: readonly Equation[]): Map<number, Equation[]> {
  const byCell = new Map<number, Equation[]>();
  for (const equation of equations)
    for (const cell of [...equation.plus, ...equation.minus]) addToList(byCell, cell, equation);
  for (const list of byCell.values()) list.sort((a, b) => lengthOf(a) - lengthOf(b));
  return byCell;
}
