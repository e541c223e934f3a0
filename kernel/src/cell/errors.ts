import { inspect, types } from "node:util";
import { UserError } from "../errors.ts";
import { CellMistake, type Place } from "./compile.ts";

/** An error as Jupyter shows it. */
export interface ShownError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What is kept of a cell, or of a file that it imports, so that a frame of a stack can be shown in the user's text. */
export interface CellText {
  /** Such as `In[12]`, or the path of a file. */
  readonly label: string;
  readonly isFile?: boolean;
  readonly source: string;
  readonly original: (place: Place) => Place | undefined;
}

/** What a cell is rejected with when the user interrupts it. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/** Finds a cell by the URL that stacks show. */
export type FindCell = (url: string) => CellText | undefined;

const FRAME = /^\s*at (?:(.*?) \()?((?:file:|node:|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/;
const OWN_FOLDER = new URL("../", import.meta.url).href;
const MOST_FRAMES = 8;
const MOST_CAUSES = 5;

/** Tells an error in the user's terms: cells and lines instead of our functions. */
export function showError(error: unknown, findCell: FindCell, failing?: CellText): ShownError {
  const { ename, evalue } = nameAndMessage(error);
  if (error instanceof UserError) return { ename, evalue, traceback: [paint(31, evalue)] };
  return { ename, evalue, traceback: describe(error, findCell, failing, 0) };
}

/** An error's text with `x` where our rewriting put `$x.v`. */
export function cleanMessage(message: string): string {
  return message
    .replace(/\(0 ?, ?\$+([\p{ID_Continue}$]+?)\.v\)/gu, "$1")
    .replace(/(?<![\p{ID_Continue}$])\$+([\p{ID_Start}_][\p{ID_Continue}$]*)\.[vo]\b/gu, "$1");
}

function describe(
  error: unknown,
  findCell: FindCell,
  failing: CellText | undefined,
  depth: number,
): string[] {
  const { ename, evalue } = nameAndMessage(error);
  const lines = [`${paint(31, ename)}${evalue === "" ? "" : `: ${evalue}`}`];
  if (error instanceof InterruptedError || depth > MOST_CAUSES) return lines;
  if (error instanceof CellMistake) return [...lines, ...mistakeLines(error, failing)];
  if (error instanceof UserError || !isError(error)) return lines;
  lines.push(...frameLines(error, findCell));
  const inner = "errors" in error && Array.isArray(error.errors) ? error.errors.slice(0, MOST_FRAMES) : [];
  for (const one of inner)
    lines.push(...describe(one, findCell, failing, depth + 1).map((line) => `  ${line}`));
  if (error.cause !== undefined && error.cause !== null) {
    const [first = "", ...rest] = describe(error.cause, findCell, failing, depth + 1);
    lines.push(`caused by ${first}`, ...rest);
  }
  return lines;
}

function nameAndMessage(error: unknown): { ename: string; evalue: string } {
  if (!isError(error)) {
    return { ename: "Uncaught", evalue: typeof error === "string" ? error : inspect(error, { depth: 2 }) };
  }
  return { ename: String(error.name || "Error"), evalue: cleanMessage(String(error.message)) };
}

/** Also errors of another realm, such as those of `node:vm` contexts. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function mistakeLines({ place }: CellMistake, cell: CellText | undefined): string[] {
  if (!cell || !place) return [];
  return [heading(cell, place), ...excerpt(cell.source, place)];
}

function frameLines(error: Error, findCell: FindCell): string[] {
  const lines: string[] = [];
  let isFirst = true;
  for (const frame of framesOf(error)) {
    const cell = findCell(frame.file);
    const place = cell?.original(frame.place);
    const name = frame.name ? ` in ${frame.name}` : "";
    if (cell && place && isFirst) lines.push(heading(cell, place) + name, ...excerpt(cell.source, place));
    else if (cell && place) lines.push(heading(cell, place) + name);
    else if (!cell && isUsers(frame.file)) {
      lines.push(
        `  at${name ? ` ${frame.name}` : ""} ${frame.file.replace(/^file:\/\/|\?changed=.*$/g, "")}:${frame.place.line}`,
      );
    }
    if (cell && place) isFirst = false;
  }
  return [...new Set(lines)].slice(0, MOST_FRAMES * 2);
}

interface Frame {
  readonly name: string | undefined;
  readonly file: string;
  readonly place: Place;
}

function framesOf(error: Error): Frame[] {
  return String(error.stack ?? "")
    .split("\n")
    .flatMap((line) => {
      const [, name, file, row, column] = FRAME.exec(line) ?? [];
      if (file === undefined) return [];
      return [{ name: functionName(name), file, place: { line: Number(row), column: Number(column) } }];
    })
    .slice(0, 50);
}

function functionName(name: string | undefined): string | undefined {
  if (
    name === undefined ||
    name === "async" ||
    name === "eval" ||
    /<anonymous>|^Timeout\._onTimeout$/.test(name)
  )
    return undefined;
  return cleanMessage(name.replace(/^async /, "").replace(/ \[as v\]$/, ""));
}

function isUsers(file: string): boolean {
  return !file.startsWith("node:") && !file.startsWith(OWN_FOLDER) && !file.includes("/node_modules/");
}

function heading(cell: CellText, { line }: Place): string {
  return paint(32, `${cell.isFile ? cell.label : `Cell ${cell.label}`}, line ${line}`);
}

/** The line with the one above and the one below, and a mark. */
function excerpt(source: string, { line, column }: Place): string[] {
  const lines = source.split(/\r?\n/);
  const first = Math.max(1, line - 1);
  return lines.slice(first - 1, line + 1).flatMap((text, index) => {
    const number = first + index;
    const isFailing = number === line;
    const shown = `${isFailing ? "---->" : "     "} ${String(number).padStart(3)} | ${text.slice(0, 400)}`;
    if (!isFailing) return [shown];
    return [paint(1, shown), `${" ".repeat(12 + column - 1)}^`];
  });
}

function paint(colour: number, text: string): string {
  return process.env.NO_COLOR ? text : `\u001b[${colour}m${text}\u001b[0m`;
}
