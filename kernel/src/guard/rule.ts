import type { Written } from "@tombolo/bundle/placeholder";
import { isRecord } from "../recipe/recipe.ts";
import type { SavedCell, SavedNotebook, SavedOutput } from "./notebook-file.ts";

/** What a rule found in an output. It says where and what, never the value itself. */
export interface Leak {
  readonly rule: string;
  /** Number of the cell, counted from 1 over all cells; 0 for what belongs to the whole notebook. */
  readonly cell: number;
  /** Number of the output within the cell, counted from 1; 0 for the cell's own text. */
  readonly output: number;
  readonly sentence: string;
  /** Whether it may well be nothing: somebody should look, but it is no reason to refuse the notebook. */
  readonly isWarning?: true;
}

/** One thing that a saved notebook should not hold. */
export interface Rule {
  readonly name: string;
  /** What it looks for, and why. */
  readonly doc: string;
  /** Whether it holds only for notebooks that work with data that is not public. */
  readonly closedOnly: boolean;
  /** Whether what it finds may well be nothing. */
  readonly isWarning?: true;
  /** A sentence for what is wrong with an output; undefined when nothing is. */
  find(output: SavedOutput, written: Written): string | undefined;
  /** The same for the text of a cell, where the rule looks into it. */
  findInText?(cell: SavedCell): string | undefined;
}

/** Declares a rule. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** What the rules find in a notebook, in the order of its cells. */
export function findLeaks(notebook: SavedNotebook, rules: readonly Rule[]): Leak[] {
  const closed = isClosed(notebook);
  const holding = rules.filter(({ closedOnly }) => closed || !closedOnly);
  const texts = notebook.cells.map(({ source }) => source);
  const found = notebook.cells.flatMap((cell, index) => [
    ...holding.flatMap((rule) => told(rule, rule.findInText?.(cell), index + 1, 0)),
    ...cell.outputs.flatMap((output, position) =>
      holding.flatMap((rule) =>
        told(rule, rule.find(output, { cell: cell.source, notebook: texts }), index + 1, position + 1),
      ),
    ),
  ]);
  return closed ? [...found, ...widgetState(notebook)] : found;
}

function told({ name, isWarning }: Rule, sentence: string | undefined, cell: number, output: number): Leak[] {
  if (sentence === undefined) return [];
  return [{ rule: name, cell, output, sentence, ...(isWarning && { isWarning }) }];
}

/** What widgets show is kept in the notebook's own metadata when their state is saved. */
function widgetState({ json }: SavedNotebook): Leak[] {
  if (!isRecord(json.metadata) || json.metadata.widgets === undefined) return [];
  const sentence = "the saved state of widgets, which holds what they show";
  return [{ rule: "unlabelled", cell: 0, output: 0, sentence }];
}

/** A file of one's own, which is not public unless it is said to be. */
const OWN_FILE = /^\s*(?:(?:const|let|var)\s+\S+\s*=\s*)?%import\s+(?!.*--access[ =]public)\S+\.\w{2,9}\b/m;

/** A file of data that is read past the importers, of which nobody has said what it is; addresses are public. */
const READ_FILE = new RegExp(
  String.raw`\bread_(?:csv|json|parquet|excel|table|file|feather)(?:_auto)?\s*\(\s*["'\x60](?!https?:)` +
    String.raw`|\b(?:readFile(?:Sync)?|createReadStream|open|FROM)\s*\(?\s*["'\x60](?!https?:)[^"'\x60\n]+\.(?:csv|tsv|geojson|parquet|xlsx?|ods|gpkg|shp|arrow|feather)(?:\.gz)?["'\x60]`,
  "i",
);

/** Whether a notebook works with data that is not public: it shows a placeholder, or imports or reads a file of one's own. */
export function isClosed({ cells }: SavedNotebook): boolean {
  return cells.some(
    ({ source, outputs }) =>
      OWN_FILE.test(source) ||
      READ_FILE.test(source) ||
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
