import type { SavedNotebook } from "./notebook-file.ts";
import { findLeaks, type Rule } from "./rule.ts";

/** Stands where an output was taken out. */
const NOTE = {
  output_type: "display_data",
  metadata: {},
  data: { "text/plain": ["Taken out: this output may hold data that is not public."] },
};

/**
 * A notebook as text without the outputs in which the rules find something; a sentence stands in their place. Everything
 * else stays as it was.
 */
export function stripNotebook(
  notebook: SavedNotebook,
  rules: readonly Rule[],
): { readonly text: string; readonly stripped: number } {
  const leaks = new Set(findLeaks(notebook, rules).map(({ cell, output }) => `${cell} ${output}`));
  const cells = Array.isArray(notebook.json.cells) ? notebook.json.cells : [];
  const kept = cells.map((cell: unknown, index) => {
    if (typeof cell !== "object" || cell === null || !("outputs" in cell) || !Array.isArray(cell.outputs))
      return cell;
    const outputs = cell.outputs.map((output: unknown, position) =>
      leaks.has(`${index + 1} ${position + 1}`) ? NOTE : output,
    );
    return { ...cell, outputs };
  });
  return { text: `${JSON.stringify({ ...notebook.json, cells: kept }, null, 1)}\n`, stripped: leaks.size };
}
