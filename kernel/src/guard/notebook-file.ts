import { UserError } from "../errors.ts";
import { isRecord } from "../recipe/recipe.ts";

/** An output of a cell as it is saved. */
export interface SavedOutput {
  /** Such as `stream`, `execute_result`, `display_data`, `error`. */
  readonly type: string;
  /** MIME type → content; a stream's or an error's text stands under `text/plain`. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A cell of a notebook file. */
export interface SavedCell {
  readonly type: string;
  readonly source: string;
  readonly outputs: readonly SavedOutput[];
}

/** A notebook file, with the JSON it came from. */
export interface SavedNotebook {
  readonly cells: readonly SavedCell[];
  readonly json: Readonly<Record<string, unknown>>;
}

/** Reads a notebook file. Throws a UserError when the text is no notebook. */
export function parseNotebook(text: string, file: string): SavedNotebook {
  const json = parsed(text, file);
  const cells = isRecord(json) ? json.cells : undefined;
  if (!isRecord(json) || !Array.isArray(cells))
    throw new UserError(`${file} is not a notebook`, { where: file });
  return { json, cells: cells.map((cell) => parseCell(isRecord(cell) ? cell : {})) };
}

/** The code cells of a notebook file, in order. Throws a UserError when the text is no notebook. */
export function codeCellsOf(text: string, file: string): string[] {
  const { cells } = parseNotebook(text, file);
  return cells.filter(({ type }) => type === "code").map(({ source }) => source);
}

/** The text of an output's MIME type; JSON is written out, and is empty where there is none. */
export function textOf({ data }: SavedOutput, mime: string): string {
  const value = data[mime];
  return value === undefined ? "" : joined(value);
}

function parseCell(cell: Readonly<Record<string, unknown>>): SavedCell {
  const outputs = Array.isArray(cell.outputs) ? cell.outputs : [];
  return {
    type: String(cell.cell_type ?? ""),
    source: joined(cell.source ?? ""),
    outputs: outputs.map((output) => parseOutput(isRecord(output) ? output : {})),
  };
}

function parseOutput(output: Readonly<Record<string, unknown>>): SavedOutput {
  const type = String(output.output_type ?? "");
  const metadata = isRecord(output.metadata) ? output.metadata : {};
  if (type === "stream") return { type, data: { "text/plain": joined(output.text ?? "") }, metadata };
  if (type === "error") {
    const trace = Array.isArray(output.traceback) ? output.traceback : [];
    return {
      type,
      data: { "text/plain": [output.ename, output.evalue, ...trace].map(String).join("\n") },
      metadata,
    };
  }
  return { type, data: isRecord(output.data) ? output.data : {}, metadata };
}

function joined(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  return JSON.stringify(value);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${file} is not a notebook`, { where: file, hint: "It is not JSON.", cause });
  }
}
