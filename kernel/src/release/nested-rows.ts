import type { Table } from "apache-arrow";
import { addToList } from "../add-to-list.ts";
import type { Engine } from "../engine/engine.ts";
import type { Counts } from "./cells.ts";
import { textsThatTell } from "./together/published.ts";
import { filledByShape } from "./together/shapes.ts";
import type { RowSum } from "./totals.ts";

/** Rows whose areas others of the table fill, such as districts among their wards. */
export async function nestedAreas(engine: Engine, table: Table): Promise<RowSum[]> {
  const filled = await filledByShape(engine, [table]);
  return filled
    .filter(({ parts }) => parts.length > 1)
    .map(({ whole, parts }) => ({ total: whole.row, parts: parts.map(({ row }) => row), told: false }));
}

/** Rows that are the sum of all others of their group, as `ROLLUP`, `CUBE` and tables with a row "all" have them. */
export function groupSums(table: Table, counts: Counts): RowSum[] {
  const texts = textsThatTell(table);
  if (texts.size < 2) return [];
  return [...texts.keys()].flatMap((name) => {
    const others = [...texts.keys()].filter((other) => other !== name);
    const groups = new Map<string, number[]>();
    for (let row = 0; row < table.numRows; row++) {
      const key = JSON.stringify(others.map((other) => texts.get(other)?.[row]));
      addToList(groups, key, row);
    }
    const large = [...groups.values()].filter((rows) => rows.length > 2);
    const sums = large.flatMap((rows) => sumIn(rows, counts));
    // By chance one group may have such a row, but not every one, under the same word.
    const words = new Set(sums.map(({ total }) => texts.get(name)?.[total]));
    return sums.length === large.length && words.size === 1 ? sums : [];
  });
}

/** The row of a group that is the sum of the others in every column. */
function sumIn(group: readonly number[], { rows, columns, values }: Counts): RowSum[] {
  const at = (column: number, row: number) => values[column * rows + row] ?? Number.NaN;
  const sums = columns.map((_, column) => group.reduce((all, row) => all + at(column, row), 0));
  const total = group.find((row) =>
    columns.every((_, column) => 2 * at(column, row) === (sums[column] ?? Number.NaN)),
  );
  if (total === undefined || !sums.some((sum) => sum > 0)) return [];
  return [{ total, parts: group.filter((row) => row !== total), told: false }];
}
