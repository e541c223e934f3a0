import { savedPartOfClosed } from "@tombolo/bundle/closed-output";
import { isRecord } from "../recipe/recipe.ts";
import type { SavedNotebook } from "./notebook-file.ts";
import { findLeaks, type Rule } from "./rule.ts";

/** Stands where an output was taken out. */
const NOTE = {
  output_type: "display_data",
  metadata: {},
  data: { "text/plain": ["Taken out: this output may hold data that is not public."] },
};

function withoutWidgets({ json }: SavedNotebook): { readonly metadata: object } {
  const { widgets: _, ...metadata } = isRecord(json.metadata) ? json.metadata : {};
  return { metadata };
}

/**
 * A notebook as text without the outputs in which the rules find something; a sentence or their placeholder stands in their
 * place. Everything else stays as it was.
 */
export function stripNotebook(
  notebook: SavedNotebook,
  rules: readonly Rule[],
): { readonly text: string; readonly stripped: number } {
  const found = findLeaks(notebook, rules);
  // The text of a cell is its writer's: it is told by the check, and stays.
  const leaks = new Set(
    found
      .filter(({ output, isWarning }) => output > 0 && !isWarning)
      .map(({ cell, output }) => `${cell} ${output}`),
  );
  const cells = Array.isArray(notebook.json.cells) ? notebook.json.cells : [];
  const texts = notebook.cells.map(({ source }) => source);
  const kept = cells.map((cell: unknown, index) => {
    if (typeof cell !== "object" || cell === null || !("outputs" in cell) || !Array.isArray(cell.outputs))
      return cell;
    const { source = "", outputs: saved = [] } = notebook.cells[index] ?? {};
    const outputs = cell.outputs.map((output: unknown, position) => {
      if (!leaks.has(`${index + 1} ${position + 1}`)) return output;
      const parts = saved[position];
      const data = parts && savedPartOfClosed(parts, { cell: source, notebook: texts });
      return data ? { ...(isRecord(output) ? output : {}), data, metadata: {} } : NOTE;
    });
    return { ...cell, outputs };
  });
  const json = {
    ...notebook.json,
    cells: kept,
    ...(found.some(({ cell }) => cell === 0) && withoutWidgets(notebook)),
  };
  return { text: `${JSON.stringify(json, null, 1)}\n`, stripped: leaks.size };
}
