import { equationsByCell, lengthOf } from "../equations.ts";
import type { Equation } from "../recover.ts";

/** Longer equations bind whole tables together, most of them without telling more than short ones do. */
const LONG = 20;

/** Equations in which long ones are without what exact short ones say already; those that then say nothing are left out. */
export function shortenEquations(equations: readonly Equation[]): Equation[] {
  const exact = equations.filter((equation) => equation.low === equation.high && lengthOf(equation) <= LONG);
  const touching = equationsByCell(exact);
  return equations.flatMap((equation) =>
    lengthOf(equation) <= LONG ? [equation] : shorten(equation, touching),
  );
}

function shorten(equation: Equation, touching: ReadonlyMap<number, readonly Equation[]>): Equation[] {
  const plus = new Set(equation.plus);
  const minus = new Set(equation.minus);
  let { low, high } = equation;
  for (const cell of [...equation.plus, ...equation.minus])
    for (const inner of touching.get(cell) ?? []) {
      const sign = [1, -1].find((factor) => {
        const [same, opposite] = factor > 0 ? [plus, minus] : [minus, plus];
        return inner.plus.every((each) => same.has(each)) && inner.minus.every((each) => opposite.has(each));
      });
      if (sign === undefined) continue;
      for (const each of [...inner.plus, ...inner.minus]) {
        plus.delete(each);
        minus.delete(each);
      }
      low -= sign * inner.low;
      high -= sign * inner.low;
    }
  return plus.size + minus.size === 0 ? [] : [{ plus: [...plus], minus: [...minus], low, high }];
}
