import { endsExpression, type Place, scan } from "./scan.ts";

/** A cell with its magics replaced by calls, ready for the TypeScript transform. */
export interface SplitCell {
  /** Valid TypeScript with as many lines as the cell, each statement on the line it had. */
  readonly code: string;
  /** Names of the magics found, in order; empty for plain TypeScript. */
  readonly magics: readonly string[];
}

/** A magic in the text of a cell. */
export interface FoundMagic {
  readonly name: string;
  /** Text after the name up to the end of the line. */
  readonly line: string;
  /** Stretch of the text that the magic takes. */
  readonly start: number;
  readonly end: number;
  /** Line of the cell on which it stands, counted from 1. */
  readonly row: number;
  /** Whether its value goes into a variable, as in `const x = %sh ls`. */
  readonly assigned: boolean;
  /** Lines under a cell magic; absent for a line magic. */
  readonly body?: string;
}

/** Name of the function that calls of line and cell magics become: `$magic(name, line, { row, assigned }, body?)`. */
export const MAGIC_CALL = "$magic";

/** Name of the function that `name?` becomes. */
export const HELP_CALL = "$help";

const HELP = /^\s*(%{0,2}[\p{ID_Start}$_][\p{ID_Continue}$.-]*)\?{1,2}\s*$/u;
const CELL_MAGIC = /^(\s*)%%([A-Za-z][\w-]*)([^\n]*)(?:\n([\s\S]*))?$/;
const LINE_MAGIC = /%([A-Za-z][\w-]*)(?=[\s;]|$)([^\n]*)/y;

/** What follows a name in a magic but cannot follow an operand: another word, a path, a text, an option. */
const ARGUMENT = /^[ \t]+(?!(?:in|instanceof|as|satisfies)\b)(?:[\p{L}\d_"'`.~]|--[a-z])/u;

/** Whether a magic of that name is known. */
export type IsMagic = (name: string) => boolean;

/**
 * Replaces magics by calls. `%%name` counts as the first line of a cell, `%name` where a statement can start or after
 * `name =` or `name = await`. Where a line such as `%b` could also go on with the expression above it, `isMagic` decides.
 */
export function splitMagics(source: string, isMagic: IsMagic = () => false): SplitCell {
  const text = source.replaceAll("\r\n", "\n");
  const help = helpName(text);
  if (help) return { code: text.replace(/\S.*\S/, call(HELP_CALL, [help])), magics: [] };
  const found = findMagics(text, isMagic);
  let code = "";
  let copied = 0;
  for (const { name, line, start, end, row, assigned, body } of found) {
    const parameters = [name, line.trim().replace(/\s*;$/, ""), { row, assigned }];
    code +=
      text.slice(copied, start) + call(MAGIC_CALL, body === undefined ? parameters : [...parameters, body]);
    // The statements below keep their lines.
    code += text.slice(start, end).replace(/[^\n]+/g, "");
    copied = end;
  }
  return { code: code + text.slice(copied), magics: found.map(({ name }) => name) };
}

/** The name that a cell such as `map?` asks about. */
export function helpName(text: string): string | undefined {
  return HELP.exec(text)?.[1];
}

/** The magics of a cell, in order; see {@link splitMagics}. Lines must end as on Unix. */
export function findMagics(text: string, isMagic: IsMagic = () => false): FoundMagic[] {
  const cell = CELL_MAGIC.exec(text);
  if (!cell) return findLineMagics(text, isMagic);
  const [, above = "", name = "", line = "", body = ""] = cell;
  const row = rowOf(text, above.length);
  return [{ name, line, start: above.length, end: text.length, row, assigned: false, body }];
}

function findLineMagics(text: string, isMagic: IsMagic): FoundMagic[] {
  const found: FoundMagic[] = [];
  scan(text, (place) => {
    LINE_MAGIC.lastIndex = place.index;
    const [whole, name, line] = LINE_MAGIC.exec(text) ?? [];
    if (whole === undefined || name === undefined || line === undefined) return undefined;
    if (!startsMagic(text, place, line, isMagic(name))) return undefined;
    const start = place.index;
    const end = start + whole.length;
    found.push({ name, line, start, end, row: rowOf(text, start), assigned: isAssigned(text, place) });
    return end;
  });
  return found;
}

function startsMagic(text: string, place: Place, line: string, known: boolean): boolean {
  const { index, previous, bracket } = place;
  const lineStart = text.lastIndexOf("\n", index - 1) + 1;
  const onOwnLine = text.slice(lineStart, index).trim() === "";
  if (!onOwnLine) return isAssigned(text, place);
  if (bracket !== undefined && bracket !== "{") return false;
  if (!previous || previous.kind === "magic" || [";", "{", "}"].includes(previous.text)) return true;
  if (!endsExpression(previous)) return false;
  if (ARGUMENT.test(line)) return true;
  return known && index - lineStart <= indentation(text, previous.end - 1);
}

/** Whether `name =`, or `name = await` as for a function, stands before the magic on its line. */
function isAssigned(text: string, { index, previous }: Place): boolean {
  const lineStart = text.lastIndexOf("\n", index - 1) + 1;
  if (!previous || previous.end <= lineStart) return false;
  if (previous.text === "=") return true;
  return previous.text === "await" && /(?<![=!<>])=\s*await\s+$/.test(text.slice(lineStart, index));
}

/** Number of blanks at the start of the line that holds the character. */
function indentation(text: string, index: number): number {
  const lineStart = text.lastIndexOf("\n", index) + 1;
  return text.slice(lineStart).search(/\S/);
}

function rowOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function call(name: string, parameters: readonly unknown[]): string {
  return `await ${name}(${parameters.map((parameter) => JSON.stringify(parameter)).join(", ")});`;
}
