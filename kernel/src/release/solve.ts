import type { Highs } from "highs";
import type { Programme, Solve } from "./recover.ts";

/** Loads the solver of linear programmes (HiGHS, compiled to WebAssembly). */
export async function loadSolver(): Promise<Solve> {
  // The package's types describe its CommonJS build, where the loader is one level deeper than in the ES module that runs.
  const loader: unknown = (await import("highs")).default;
  if (!isLoader(loader)) throw new TypeError("the solver of linear programmes has no loader");
  const highs = await loader();
  return (programme, objective) => {
    const { Status, Columns } = highs.solve(programmeText(programme, objective));
    if (Status !== "Optimal") return undefined;
    return objective.map((_, variable) => {
      const column = Columns[`x${variable}`];
      return column && "Primal" in column ? column.Primal : 0;
    });
  };
}

function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === "function";
}

/** A programme in the text form that the solver reads; nothing but numbers goes into it. */
function programmeText({ low, high, equations }: Programme, objective: readonly number[]): string {
  const term = (factor: number, variable: number) =>
    `${factor < 0 ? "-" : "+"} ${Math.abs(factor)} x${variable}`;
  const goal = objective.flatMap((factor, variable) => (factor === 0 ? [] : [term(factor, variable)]));
  const rows = equations.map(
    (members, row) => ` c${row}: ${members.map(({ variable, sign }) => term(sign, variable)).join(" ")} = 0`,
  );
  const bounds = low.map((from, variable) => ` ${from} <= x${variable} <= ${high[variable]}`);
  return `Maximize\n obj: ${goal.join(" ")}\nSubject To\n${rows.join("\n")}\nBounds\n${bounds.join("\n")}\nEnd\n`;
}
