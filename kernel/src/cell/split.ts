import { endsExpression, type Place, scan } from "./scan.ts";

/** A cell with its magics replaced by calls, ready for the TypeScript transform. */
export interface SplitCell {
  /** Valid TypeScript with as many lines as the cell, each statement on the line it had. */
  readonly code: string;
  /** Names of the magics found, in order; empty for plain TypeScript. */
  readonly magics: readonly string[];
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

/**
 * Replaces magics by calls. `%%name` counts as the first line of a cell, `%name` where a statement can start or after
 * `name =`. Where a line such as `%b` could also go on with the expression above it, `isMagic` decides.
 */
export function splitMagics(source: string, isMagic: (name: string) => boolean = () => false): SplitCell {
  const text = source.replaceAll("\r\n", "\n");
  const help = HELP.exec(text)?.[1];
  if (help) return { code: text.replace(/\S.*\S/, call(HELP_CALL, [help])), magics: [] };
  const cell = CELL_MAGIC.exec(text);
  if (!cell) return splitLines(text, isMagic);
  const [, above = "", name = "", line = "", body = ""] = cell;
  const below = body.replace(/[^\n]+/g, "");
  const rest = cell[4] === undefined ? "" : `\n${below}`;
  return {
    code:
      above +
      call(MAGIC_CALL, [name, line.trim(), { row: rowOf(text, above.length), assigned: false }, body]) +
      rest,
    magics: [name],
  };
}

function splitLines(text: string, isMagic: (name: string) => boolean): SplitCell {
  const magics: string[] = [];
  let code = "";
  let copied = 0;
  scan(text, (place) => {
    LINE_MAGIC.lastIndex = place.index;
    const [whole, name, line] = LINE_MAGIC.exec(text) ?? [];
    if (whole === undefined || name === undefined || line === undefined) return undefined;
    if (!startsMagic(text, place, line, isMagic(name))) return undefined;
    magics.push(name);
    const start = { row: rowOf(text, place.index), assigned: place.previous?.text === "=" };
    code +=
      text.slice(copied, place.index) + call(MAGIC_CALL, [name, line.trim().replace(/\s*;$/, ""), start]);
    copied = place.index + whole.length;
    return copied;
  });
  return { code: code + text.slice(copied), magics };
}

function startsMagic(
  text: string,
  { index, previous, bracket }: Place,
  line: string,
  known: boolean,
): boolean {
  const lineStart = text.lastIndexOf("\n", index - 1) + 1;
  const onOwnLine = text.slice(lineStart, index).trim() === "";
  if (!onOwnLine) return previous?.text === "=" && previous.end > lineStart;
  if (bracket !== undefined && bracket !== "{") return false;
  if (!previous || previous.kind === "magic" || [";", "{", "}"].includes(previous.text)) return true;
  if (!endsExpression(previous)) return false;
  if (ARGUMENT.test(line)) return true;
  return known && index - lineStart <= indentation(text, previous.end - 1);
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
