import { inspect, types } from "node:util";
import { withoutValues } from "../engine/without-values.ts";
import { isWritten } from "../engine/written.ts";
import { UserError } from "../errors.ts";
import { escapePattern } from "../escape-pattern.ts";
import { describeRows } from "./closed-rows.ts";
import { CellMistake } from "./compile.ts";
import { withoutQuotedValues } from "./quoted-values.ts";
import type { Place } from "./source-maps.ts";
import { cleanMessage, type Frame, framesOf, headingText, isUsers } from "./stack.ts";
import { type CellText, findText } from "./texts.ts";

/** An error as Jupyter shows it. */
export interface ShownError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What a cell is rejected with when the user interrupts it. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

const MOST_FRAMES = 8;
const MOST_CAUSES = 5;
/** A heading, three lines and a mark. */
const MOST_USER_LINES = 5;

/** How an error is told. */
export interface ErrorOptions {
  /** The cell that failed. */
  readonly failing?: CellText | undefined;
  /** Whether values may stand in the message, which is saved; true unless told otherwise. */
  readonly keepsValues?: boolean;
  /** A sentence on what to do about it. */
  readonly advice?: string | undefined;
}

/** Tells an error in the user's terms: cells and lines instead of our functions. */
export function showError(error: unknown, options: ErrorOptions = {}): ShownError {
  const { ename, evalue } = nameAndMessage(error, options);
  if (error instanceof UserError)
    return { ename, evalue, traceback: [evalue, ...userErrorLines(error, options.failing)] };
  const { advice } = options;
  const traceback = describe(error, options, 0);
  return { ename, evalue, traceback: advice === undefined ? traceback : [...traceback, advice] };
}

const places = new WeakMap<UserError, { readonly line: number; readonly column?: number | undefined }>();

/** Notes where in the cell a mistake was made: on the line of the magic, or on that of its body that the error tells. */
export function notePlace(error: unknown, row: number, hasBody: boolean): void {
  if (!(error instanceof UserError) || places.has(error)) return;
  const { line, column } = (hasBody && error.place) || { line: 0 };
  places.set(error, { line: row + line, column });
}

/** Where in the cell the user's own mistake is; of a single line everybody sees it. */
function userErrorLines(error: UserError, failing: CellText | undefined): string[] {
  const lines = failing?.source.trim().split(/\r?\n/) ?? [];
  if (!failing || lines.length < 2) return [];
  const noted = places.get(error);
  if (noted === undefined) return frameLines(error).slice(0, MOST_USER_LINES);
  const text = failing.source.split(/\r?\n/)[noted.line - 1] ?? "";
  const place = { line: noted.line, column: noted.column ?? columnOf(text, error.where) };
  return [headingText(failing, place), ...excerpt(failing.source, place)];
}

/** Where the word that is wrong stands in its line: the whole of it, or its last part; else the line's first sign. */
function columnOf(text: string, where = ""): number {
  const start = Math.max(0, text.search(/\S/));
  const last = where.split(/[.[\]]/).findLast((part) => part !== "") ?? "";
  const found = [where, last].map((word) => (word === "" ? -1 : text.indexOf(word, start)));
  return (found.find((column) => column >= 0) ?? start) + 1;
}

function describe(error: unknown, options: ErrorOptions, depth: number): string[] {
  const { ename, evalue } = nameAndMessage(error, options);
  const lines = [`${bold(ename)}${evalue === "" ? "" : `: ${evalue}`}`];
  if (error instanceof InterruptedError || depth > MOST_CAUSES) return lines;
  if (error instanceof CellMistake) return [...lines, ...mistakeLines(error, options.failing)];
  if (error instanceof UserError || !isError(error)) return lines;
  lines.push(...frameLines(error));
  const inner = "errors" in error && Array.isArray(error.errors) ? error.errors.slice(0, MOST_FRAMES) : [];
  for (const one of inner) lines.push(...describe(one, options, depth + 1).map((line) => `  ${line}`));
  if (error.cause !== undefined && error.cause !== null) {
    const [first = "", ...rest] = describe(error.cause, options, depth + 1);
    lines.push(`caused by ${isError(error.cause) ? first : thrownText(error.cause, options)}`, ...rest);
  }
  return lines;
}

function nameAndMessage(error: unknown, options: ErrorOptions): { ename: string; evalue: string } {
  if (!isError(error)) return { ename: "Uncaught", evalue: thrownText(error, options) };
  const message = cleanMessage(String(error.message));
  const ename = String(error.name || "Error");
  if (options.keepsValues !== false) return { ename, evalue: message };
  if (error instanceof UserError) return { ename, evalue: withoutComputed(message, error.where) };
  if ("generatedMessage" in error && error.generatedMessage === true)
    return { ename, evalue: "What is asserted does not hold" };
  // Also what the engine says to who has asked it past our functions.
  const ofEngine = withoutValues(error, "sensitive");
  const isOfEngine = ofEngine !== error && ofEngine instanceof Error;
  return { ename, evalue: isOfEngine ? ofEngine.message : withoutQuotedValues(message, isWritten) };
}

/** A mistake's sentence without the word that was wrong, where no cell has it but a program has computed it. */
function withoutComputed(message: string, where = ""): string {
  const last = where.replace(/^.*[/\\]/s, "");
  if (last === "" || isWritten(where) || isWritten(last)) return message;
  const words = [where, last].map(escapePattern);
  // The place of a mistake in a recipe is a word, too; what is wrong stands behind one of these.
  return message.replace(
    new RegExp(`(?<=["%/\\\\]|install |file )(?:${words.join("|")})`, "g"),
    "a computed value",
  );
}

/** What was thrown that is no error: the user's own text, or the look of a value. */
function thrownText(value: unknown, { keepsValues = true }: ErrorOptions): string {
  if (typeof value === "string") return value;
  return (keepsValues ? undefined : describeRows(value)) ?? inspect(value, { depth: 2 });
}

/** Also errors of another realm, such as those of `node:vm` contexts. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function mistakeLines({ place }: CellMistake, cell: CellText | undefined): string[] {
  if (!cell || !place) return [];
  return [headingText(cell, place), ...excerpt(cell.source, place)];
}

function frameLines(error: Error): string[] {
  const lines: string[] = [];
  let isFirst = true;
  for (const frame of framesOf(String(error.stack ?? ""))) {
    const cell = findText(frame.file);
    const place = cell?.original(frame.place);
    if (cell && place) {
      const head = headingText(cell, place) + (frame.name ? ` in ${frame.name}` : "");
      lines.push(head, ...(isFirst ? excerpt(cell.source, place) : []));
      isFirst = false;
    } else if (!cell && isUsers(frame.file)) lines.push(fileLine(frame));
  }
  return [...new Set(lines)].slice(0, MOST_FRAMES * 2);
}

function fileLine({ name, file, place }: Frame): string {
  const path = file.replace(/^file:\/\/|\?changed=.*$/g, "");
  return `  at${name ? ` in ${name}` : ""} ${path}:${place.line}`;
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
    return [bold(shown), `${" ".repeat(12 + column - 1)}^`];
  });
}

/** Bold, not coloured: on the red that front ends put below errors, their colours for text are hard to read. */
function bold(text: string): string {
  return process.env.NO_COLOR ? text : `\u001b[1m${text}\u001b[0m`;
}
