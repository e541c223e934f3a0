import { readdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PALETTE_NAMES } from "@tombolo/bundle/palettes";
import { settings } from "../settings.ts";
import { COMMON_OPTIONS, optionNameOf } from "./arguments.ts";
import type { Completion, Magic, Magics } from "./magic.ts";
import { type OpenWord, openName, openWord, quotedName } from "./open-word.ts";

/** Names to complete to, and the stretch of the text that they replace (in UTF-16 units). */
export interface MagicCompletion {
  readonly matches: string[];
  readonly start: number;
  readonly end: number;
}

/** Where a magic is being written. */
export interface MagicContext {
  readonly magics: Magics;
  readonly variables: readonly string[];
  /** Names of the tables that the store has. */
  stored?(): Promise<readonly string[]>;
  /** Names of a table's columns; none of what is no table. */
  columns?(table: string): Promise<readonly string[]>;
  /** Folder at which the names of files start. */
  readonly folder: string;
  /** Completes SQL at a place; undefined where none can be. */
  sql?(sql: string, cursor: number): Promise<MagicCompletion | undefined>;
  /** Completes the text of a recipe at a place. */
  recipe?(text: string, cursor: number): Promise<MagicCompletion | undefined>;
}

/** Completes magic names, options, their values, files and importer ids; undefined when the cursor is not in a magic. */
export async function completeMagic(
  text: string,
  cursor: number,
  context: MagicContext,
): Promise<MagicCompletion | undefined> {
  const inBody = await completeBody(text, cursor, context);
  if (inBody) return inBody;
  const line = text.slice(text.lastIndexOf("\n", cursor - 1) + 1, cursor);
  const name = /(?:^|=)\s*(%{1,2})([\w-]*)$/.exec(line);
  if (name?.[1]) return completeName(context.magics, name[1], name[2] ?? "", cursor);
  const call = /(?:^|=)\s*%{1,2}([\w-]+)\s(.*)$/.exec(line);
  const magic = await context.magics.load(call?.[1] ?? "");
  if (!magic) return undefined;
  const word = openWord(call?.[2] ?? "");
  const isOption = word.text.startsWith("-");
  // After the options the rest of such a line is TypeScript, which is completed as such.
  if (magic.line === "typescript" && !isOption) return undefined;
  if (magic.line === "sql" && !isOption && !line.includes("%%")) {
    const start = cursor - (call?.[2]?.length ?? 0);
    return shifted(await context.sql?.(text.slice(start, endOfLine(text, cursor)), cursor - start), start);
  }
  const { matches, replaced } = await matchesFor(placeOf(magic, word), context);
  return { matches, start: cursor - replaced, end: cursor };
}

/** In the lines under a cell magic; undefined when they are TypeScript, or nothing that could be completed. */
async function completeBody(
  text: string,
  cursor: number,
  { magics, sql, recipe }: MagicContext,
): Promise<MagicCompletion | undefined> {
  const [head, name = ""] = /^\s*%%([\w-]+)[^\n]*\n/.exec(text) ?? [];
  if (head === undefined || cursor < head.length) return undefined;
  const magic = await magics.load(name);
  const complete = magic?.body === "sql" ? sql : magic?.body === "yaml" ? recipe : undefined;
  return shifted(await complete?.(text.slice(head.length), cursor - head.length), head.length);
}

function shifted(found: MagicCompletion | undefined, by: number): MagicCompletion | undefined {
  return found && { matches: found.matches, start: found.start + by, end: found.end + by };
}

function endOfLine(text: string, index: number): number {
  const end = text.indexOf("\n", index);
  return end < 0 ? text.length : end;
}

function completeName(magics: Magics, sign: string, start: string, cursor: number): MagicCompletion {
  const kind = sign === "%%" ? "cell" : "line";
  const known = magics
    .outlines()
    .filter(([name, magic]) => magic.kinds.includes(kind) && name.startsWith(start));
  return {
    matches: known.map(([name]) => name),
    start: cursor - start.length,
    end: cursor,
  };
}

/** What is being written: names of a kind, in a word or in the value of an option. */
interface Place {
  readonly text: string;
  readonly completes?: Completion | readonly string[] | undefined;
  readonly separators?: string | undefined;
  /** The words before, without options. */
  readonly plain: readonly string[];
  /** Whether the words are a text, in which no quotes are needed. */
  readonly isText?: boolean;
}

function placeOf(magic: Magic, { before, text }: OpenWord): Place {
  const plain = before.filter((word) => !word.startsWith("-"));
  const [, inline, value = ""] = /^--([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (text.startsWith("-") && inline === undefined) {
    const names = Object.keys({ ...magic.options, ...COMMON_OPTIONS });
    return { text, completes: names.map((name) => `--${name}`), plain };
  }
  const name = inline ?? optionNameOf(magic, before.at(-1) ?? "");
  const option = name === undefined ? undefined : magic.options[name];
  if (option && option.type !== "flag") {
    const { completes = option.values, separators } = option;
    return { text: inline === undefined ? text : value, completes, separators, plain };
  }
  const argument = magic.arguments[Math.min(plain.length, magic.arguments.length - 1)];
  const { completes } = argument ?? {};
  const isText = completes === "matter";
  return { text, completes: typeof completes === "function" ? completes(plain) : completes, plain, isText };
}

/** What can be written at a place, and how many signs of the text it replaces. */
async function matchesFor(
  { text, completes = [], separators, plain, isText }: Place,
  context: MagicContext,
): Promise<{ readonly matches: string[]; readonly replaced: number }> {
  const { written, length, isQuoted, others } = openName(text, separators);
  const all = typeof completes === "string" ? await valuesFor(completes, written, plain, context) : completes;
  // Each of several is named once; of pairs either side may come again.
  const isTaken = (name: string) => separators?.length === 1 && others.includes(name);
  const matches = all.filter((name) => beginsWith(name, written) && !isTaken(name));
  return { matches: isText || isQuoted ? matches : matches.map(quotedName), replaced: length };
}

async function valuesFor(
  completes: Completion,
  word: string,
  [first = ""]: readonly string[],
  { magics, variables, stored, columns, folder }: MagicContext,
): Promise<readonly string[]> {
  switch (completes) {
    case "importer":
      return [...(await (await names()).datasourceWords()), ...files(folder, word)];
    case "datasource":
      return (await names()).datasourceIds(first);
    case "geography":
      return (await names()).geographyNames(first);
    case "matter":
      return (await names()).findWords();
    case "topic":
      if (word !== "") return [...magics.names(), ...(await (await names()).datasourceWords())];
      return magics.names();
    case "magic":
      return magics.names();
    case "file":
      return files(folder, word);
    case "setting":
      return Object.keys(settings);
    case "palette":
      return PALETTE_NAMES;
    case "column":
      return (await columns?.(first)) ?? [];
    case "heading":
      return first === ""
        ? []
        : (await import("../importers/own/headings.ts")).headingsOf(resolve(folder, first));
    case "city":
      return ["auto", ...(await import("../map/insets.ts")).INSET_CITIES];
    case "area kind":
      return (await import("../importers/areas/area.ts")).AREA_KINDS.map(({ kind }) => kind);
    default: {
      // Behind a table stand its columns, or more tables.
      const own = first === "" ? [] : await columns?.(first);
      return [...new Set([...(own ?? []), ...variables, ...((await stored?.()) ?? [])])];
    }
  }
}

/** Loads the catalogue, which is only needed when one of its names is being written. */
const names = () => import("../catalogue/names.ts");

/** Names of places are also found when they are begun in small letters. */
function beginsWith(candidate: string, word: string): boolean {
  return (
    candidate.startsWith(word) ||
    (/^\p{Lu}\p{Ll}/u.test(candidate) && candidate.toLowerCase().startsWith(word))
  );
}

/** Files of the folder that a path begins in; folders end in a slash. */
function files(folder: string, word: string): string[] {
  const start = word.slice(0, word.lastIndexOf("/") + 1);
  const place = start === "" ? folder : dirname(resolve(folder, `${start}x`));
  // Half a path often names no folder.
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith("."))
    .map((entry) => `${start}${entry.name}${entry.isDirectory() ? "/" : ""}`)
    .sort();
}
