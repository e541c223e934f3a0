import type { Place } from "./source-maps.ts";
import { type CellText, findText } from "./texts.ts";

const FRAME = /^\s*at (?:async )?(?:(.*?) \()?((?:file:|node:|\/|[A-Za-z]:\\).*?):(\d+):(\d+)\)?$/;
const OWN_FOLDER = new URL("../", import.meta.url).href;

/** A frame of a stack. */
export interface Frame {
  readonly name: string | undefined;
  readonly file: string;
  readonly place: Place;
}

/** The frames in the text of a stack. */
export function framesOf(stack: string): Frame[] {
  return stack
    .split("\n")
    .flatMap((line) => {
      const [, name, file, row, column] = FRAME.exec(line) ?? [];
      // What `eval` runs has no place of its own.
      if (file === undefined || name?.startsWith("eval")) return [];
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

/** Whether a file is neither the kernel's own nor one of those to leave out. */
export function isUsers(file: string, others = /^node:|\/node_modules\//): boolean {
  return !file.startsWith(OWN_FOLDER) && !others.test(file);
}

/** A place such as `Cell In[3], line 2`. */
export function headingText(cell: CellText, { line }: Place): string {
  return `${cell.isFile ? cell.label : `Cell ${cell.label}`}, line ${line}`;
}

/** An error's text with `x` where our rewriting put `$x.v`. */
export function cleanMessage(message: string): string {
  return message
    .replace(/\(0 ?, ?\$+([\p{ID_Continue}$]+?)\.v\)/gu, "$1")
    .replace(/(?<![\p{ID_Continue}$])\$+([\p{ID_Start}_][\p{ID_Continue}$]*)\.[vo]\b/gu, "$1");
}

/** A printed text in which the frames of stacks name cells and lines, and those of ours and of Node's inside are left out. */
export function tidyStacks(text: string): string {
  if (!text.includes("    at ")) return text;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const tidied = tidyFrame(line.replace(/ \{$/, ""));
    if (tidied !== undefined) lines.push(tidied);
    // Properties of the error follow in braces.
    if (line.endsWith(" {")) lines.push(`${lines.pop() ?? ""} {`.replace(/ \{ \{$/, " {"));
  }
  return lines.join("\n");
}

function tidyFrame(line: string): string | undefined {
  const [frame] = framesOf(line);
  if (!frame) return line;
  const cell = findText(frame.file);
  const place = cell?.original(frame.place);
  if (cell && place) {
    const indent = line.slice(0, line.search(/\S/));
    return `${indent}at ${frame.name ? `${frame.name}, ` : ""}${headingText(cell, place)}`;
  }
  return cell || !isUsers(frame.file, /^node:internal/) ? undefined : line;
}
