import { AsyncResource } from "node:async_hooks";
import { inspect } from "node:util";
import { DISPLAY_SYMBOL } from "@tombolo/bundle/mime";
import { type RowSet, type RowState, rowNumbers, rowSet } from "@tombolo/bundle/selection";
import type { Table } from "apache-arrow";
import { isTable } from "../engine/is-table.ts";
import { accessOf, textsOf } from "../engine/result-columns.ts";
import { takeRows } from "../engine/take-rows.ts";
import { UserError } from "../errors.ts";
import { linkOf } from "./link.ts";
import { type LinkedRows, linkedRows } from "./linked-rows.ts";

/** A map, a chart or a table that is shown, or the table with the rows themselves. */
export type Linked = Table | { readonly data: Table };

/** Selected rows of a result, as they were when they were asked for. */
export interface Selection {
  /** How many are selected. */
  readonly count: number;
  /** Their numbers in the result, counted from 0, rising. */
  readonly rows: readonly number[];
  /** Their labels; empty when the result has no column `label`. */
  readonly labels: readonly string[];
  /** The rows themselves, with all columns of the result. */
  readonly table: Table;
}

/**
 * Which rows are meant: their numbers counted from 0, their labels, a condition on a row, rows selected elsewhere, or
 * null for a selection of nothing or a filter that shows everything.
 */
export type RowChoice =
  | readonly number[]
  | readonly string[]
  | ((row: Readonly<Record<string, unknown>>) => boolean)
  | Selection
  | null;

/** The rows that are selected in a view, and so in all views of the same rows. */
export function selection(view: Linked): Selection {
  const data = dataOf(view);
  return describe(data, rowsOf(data).get("selected"));
}

/**
 * Calls a function with each new selection of a view's rows, until the returned function is called. While it works, only
 * the last of further selections waits. What it prints goes into the cell that called `onSelect`.
 */
export function onSelect(view: Linked, selected: (selection: Selection) => unknown): () => void {
  const data = dataOf(view);
  const call = AsyncResource.bind(async () => selected(describe(data, rowsOf(data).get("selected"))));
  let working = false;
  let isNews = false;
  return rowsOf(data).listen(async (_rows, state) => {
    if (state !== "selected") return;
    isNews = true;
    if (working) return;
    working = true;
    try {
      while (isNews) {
        isNews = false;
        await call();
      }
    } finally {
      working = false;
    }
  });
}

/** Selects rows: the views of them follow. Throws a UserError for a label that the result does not have. */
export async function select(view: Linked, rows: RowChoice): Promise<Selection> {
  return change(view, "selected", rows);
}

/** Lets the views of a result show only some of its rows; all with null. Returns what is shown. */
export async function filter(view: Linked, rows: RowChoice): Promise<Selection> {
  return change(view, "shown", rows);
}

async function change(view: Linked, state: RowState, choice: RowChoice): Promise<Selection> {
  const data = dataOf(view);
  const chosen = choice === null ? undefined : rowSet(data.numRows, numbersOf(data, choice));
  // A selection of no row is none; a filter that leaves no row shows none.
  const rows = state === "selected" && chosen?.bits.every((byte) => byte === 0) ? undefined : chosen;
  await rowsOf(data).set(state, rows);
  return describe(data, rows);
}

function numbersOf(data: Table, choice: Exclude<RowChoice, null>): readonly number[] {
  if (typeof choice === "function") {
    const rows: number[] = [];
    for (let row = 0; row < data.numRows; row++) if (choice(data.get(row)?.toJSON() ?? {})) rows.push(row);
    return rows;
  }
  if ("rows" in choice) return choice.rows;
  const labels = choice.filter((each) => typeof each === "string");
  if (labels.length === 0) return choice.filter((each) => typeof each === "number").map(checkRow);
  return rowsWithLabels(data, labels);

  function checkRow(row: number): number {
    if (Number.isInteger(row) && row >= 0 && row < data.numRows) return row;
    throw new UserError(`There is no row ${row}: the rows are numbered from 0 to ${data.numRows - 1}`);
  }
}

function rowsWithLabels(data: Table, labels: readonly string[]): number[] {
  if (!data.getChild("label")) {
    throw new UserError('Rows can be named by label only in a table with the column "label"', {
      hint: "Give their numbers, counted from 0, or a condition such as row => row.people > 100.",
    });
  }
  const wanted = new Set(labels);
  const found = new Set<string>();
  const rows: number[] = [];
  textsOf(data, "label").forEach((label, row) => {
    if (label === null || !wanted.has(label)) return;
    found.add(label);
    rows.push(row);
  });
  const missing = labels.filter((label) => !found.has(label));
  if (missing.length === 0) return rows;
  if (accessOf(data) !== "public") throw new UserError(`No row has ${missing.length} of the labels`);
  const named = missing.slice(0, 5).map((each) => `"${each}"`);
  throw new UserError(`No row has the label ${named.join(", ")}`);
}

function describe(data: Table, rows: RowSet | undefined): Selection {
  const numbers = rows ? [...rowNumbers(rows)] : [];
  const label = data.getChild("label");
  const selected: Selection = {
    count: numbers.length,
    rows: numbers,
    labels: label ? numbers.map((row) => String(label.get(row) ?? "")) : [],
    get table() {
      return takeRows(data, numbers);
    },
  };
  const access = accessOf(data);
  if (access === "public") return selected;
  // As the value of a cell it would take its labels into the notebook's file.
  const text = `${numbers.length} of ${data.numRows} rows of ${access} data`;
  return Object.defineProperties(selected, {
    [DISPLAY_SYMBOL]: { value: () => ({ data: { "text/plain": text } }) },
    [inspect.custom]: { value: () => text },
  });
}

function rowsOf(data: Table): LinkedRows {
  return linkedRows(linkOf(data));
}

function dataOf(view: Linked): Table {
  if (isTable(view)) return view;
  if (typeof view === "object" && view !== null && isTable(view.data)) return view.data;
  throw new UserError("Only what shows the rows of a table has a selection: a map, a chart or a table", {
    hint: "Give it a name first, as in const districts = map(…).",
  });
}
