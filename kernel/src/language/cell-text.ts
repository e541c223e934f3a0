import { type FoundMagic, findMagics, helpName } from "@tombolo/bundle/cell/split";
import { outline } from "../magics/outline.ts";

/** A cell as the language server reads it: valid TypeScript in which everything stands where it stood. */
export interface CellText {
  readonly text: string;
  /** Names that stand for the values of line magics, with the magic of each. */
  readonly placeholders: readonly Placeholder[];
}

/** The name of the value of a line magic. */
export interface Placeholder {
  readonly name: string;
  readonly magic: string;
  /** Line of the cell, counted from 1. */
  readonly row: number;
}

/** A letter that begins no name which people write, and two units are as short as a magic can be. */
const MARK = "ǀ";
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Replaces magics by TypeScript of the same length: blanks, or a name with the type of the magic's value. */
export function cellText(source: string): CellText {
  // The positions that clients send count such line ends as two, so one of the two becomes a blank.
  const unix = source.replaceAll("\r\n", " \n");
  if (helpName(unix)) return { text: blank(unix), placeholders: [] };
  const placeholders: Placeholder[] = [];
  let text = "";
  let copied = 0;
  for (const magic of findMagics(unix, (name) => Object.hasOwn(outline, name))) {
    const whole = unix.slice(magic.start, magic.end);
    text += unix.slice(copied, magic.start);
    copied = magic.end;
    const kept = keptFrom(magic, whole);
    if (kept !== undefined) text += blank(whole.slice(0, kept)) + whole.slice(kept);
    else if (!magic.assigned || magic.body !== undefined) text += blank(whole);
    else {
      const name = MARK + (LETTERS[placeholders.length] ?? LETTERS);
      placeholders.push({ name, magic: magic.name, row: magic.row });
      text += `${name};`.padEnd(whole.length).slice(0, Math.max(whole.length, name.length));
    }
  }
  return { text: withoutExports(text + unix.slice(copied)), placeholders };
}

const EXPORTED =
  "(?:async|function|class|abstract|const|let|var|enum|namespace|module|type|interface|declare|using|await)\\b";
const EXPORT = new RegExp(
  `^export[ \\t]+(?:default[ \\t]+(?=(?:async[ \\t]+function|function|class|abstract)\\b[* \\t]+[^\\s({*])|(?=${EXPORTED}))`,
  "gm",
);
const EXPORT_LIST = /^export[ \t]*(?:type[ \t]*)?\{[^{}]*\}(?![ \t]*from\b)/gm;

/** All names of a cell are exported for other cells, so an `export` of the user's would be a second one. */
function withoutExports(text: string): string {
  return text.replace(EXPORT, blank).replace(EXPORT_LIST, blank);
}

/** Where the TypeScript of a magic such as `%time` begins; undefined when it has none, or its value is another. */
function keptFrom({ name, body, assigned, line }: FoundMagic, whole: string): number | undefined {
  const known = Object.hasOwn(outline, name) ? outline[name] : undefined;
  if (body !== undefined) return known?.body === "typescript" ? whole.indexOf("\n") + 1 : undefined;
  if (known?.line !== "typescript" || (assigned && name !== "time")) return undefined;
  const options = /^(?:\s+--?[\w-]+(?:[= ]\d+)?)*\s*/.exec(line)?.[0] ?? "";
  return name.length + 1 + options.length;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
