import { countOf } from "../../count-of.ts";
import { numbersOf } from "../../engine/result-columns.ts";
import { type Finding, firstRows } from "../finding.ts";
import { defineCheck } from "../subject.ts";

/** Amounts most of which come from one or two. */
export const dominance = defineCheck({
  name: "dominance",
  doc: "Where one or two contribute nearly all of an amount, each learns the other's from it.",
  run({ table, preset, columns, largest }) {
    const { dominance: share } = preset;
    if (share === undefined) return [];
    return columns.flatMap(({ field: { name }, role }): Finding[] => {
      if (role !== "amount") return [];
      const column = largest.get(name);
      if (column === undefined) {
        const sentence = `${name}: the share of its largest contributors is not known. Name the column that has them with --largest.`;
        return [{ check: "dominance", verdict: "review", column: name, sentence }];
      }
      const top = numbersOf(table, column);
      const rows = [...numbersOf(table, name).entries()]
        .filter(([row, amount]) => amount > 0 && (top[row] ?? 0) > share * amount)
        .map(([row]) => row);
      if (rows.length === 0) return [];
      const sentence = `${name}: ${countOf(rows.length, "amount")} hidden, of which the two largest contributors have more than ${share * 100} %.`;
      return [{ check: "dominance", verdict: "pass", column: name, rows: firstRows(rows), sentence }];
    });
  },
});
