import type { SavedCell, SavedNotebook, SavedOutput } from "./notebook-file.ts";

/** What a rule found in an output. It says where and what, never the value itself. */
export interface Leak {
  readonly rule: string;
  /** Number of the cell, counted from 1 over all cells. */
  readonly cell: number;
  /** Number of the output within the cell, counted from 1. */
  readonly output: number;
  readonly sentence: string;
}

/** One thing that a saved notebook should not hold. */
export interface Rule {
  readonly name: string;
  /** What it looks for, and why. */
  readonly doc: string;
  /** Whether it holds only for notebooks that work with data that is not public. */
  readonly closedOnly: boolean;
  /** A sentence for what is wrong with an output; undefined when nothing is. */
  find(output: SavedOutput, cell: SavedCell): string | undefined;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** What the rules find in a notebook, in the order of its cells. */
export function findLeaks(notebook: SavedNotebook, rules: readonly Rule[]): Leak[] {
  const closed = isClosed(notebook);
  const holding = rules.filter(({ closedOnly }) => closed || !closedOnly);
  return notebook.cells.flatMap((cell, index) =>
    cell.outputs.flatMap((output, position) =>
      holding.flatMap((rule) => {
        const sentence = rule.find(output, cell);
        if (sentence === undefined) return [];
        return [{ rule: rule.name, cell: index + 1, output: position + 1, sentence }];
      }),
    ),
  );
}

/** A file of one's own, which is not public unless it is said to be. */
const OWN_FILE = /^\s*(?:(?:const|let|var)\s+\S+\s*=\s*)?%import\s+(?!.*--access[ =]public)\S+\.\w{2,9}\b/m;

/** Whether a notebook works with data that is not public: it shows a placeholder, or imports a file of one's own. */
export function isClosed({ cells }: SavedNotebook): boolean {
  return cells.some(
    ({ source, outputs }) =>
      OWN_FILE.test(source) ||
      outputs.some(({ data }) => Object.values(data).some((value) => accessOf(value) === "closed")),
  );
}

/** What an output of ours says of its access; undefined for outputs of others. */
export function accessOf(value: unknown): "public" | "closed" | undefined {
  if (typeof value !== "object" || value === null || !("access" in value)) return undefined;
  return value.access === "public" ? "public" : "closed";
}

/** Whether one of ours has said that an output is public. */
export function isLabelledPublic({ data }: SavedOutput): boolean {
  return Object.values(data).some((value) => accessOf(value) === "public");
}
