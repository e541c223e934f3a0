import { readdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Setting, settings } from "../settings.ts";
import { COMMON_OPTIONS, optionNameOf } from "./arguments.ts";
import type { Completion, Magic, Magics } from "./magic.ts";

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
  /** Folder at which the names of files start. */
  readonly folder: string;
}

/** Completes magic names, options, their values, files and importer ids; undefined when the cursor is not in a magic. */
export async function completeMagic(
  text: string,
  cursor: number,
  context: MagicContext,
): Promise<MagicCompletion | undefined> {
  const line = text.slice(text.lastIndexOf("\n", cursor - 1) + 1, cursor);
  const name = /(?:^|=)\s*(%{1,2})([\w-]*)$/.exec(line);
  if (name?.[1]) return completeName(context.magics, name[1], name[2] ?? "", cursor);
  const call = /(?:^|=)\s*%{1,2}([\w-]+)\s(.*)$/.exec(line);
  const magic = context.magics.find(call?.[1] ?? "");
  if (!magic) return undefined;
  const words = (call?.[2] ?? "").split(/\s+/);
  const word = words.at(-1) ?? "";
  // After the options the rest of such a line is TypeScript, which is completed as such.
  if (magic.line === "typescript" && !word.startsWith("-")) return undefined;
  const candidates = await candidatesFor(magic, words, context);
  return {
    matches: candidates.filter((candidate) => beginsWith(candidate, word)),
    start: cursor - word.length,
    end: cursor,
  };
}

function completeName(magics: Magics, sign: string, start: string, cursor: number): MagicCompletion {
  const kind = sign === "%%" ? "cell" : "line";
  const names = magics.all().filter((magic) => magic.kinds.includes(kind));
  return {
    matches: names.map((magic) => magic.name).filter((name) => name.startsWith(start)),
    start: cursor - start.length,
    end: cursor,
  };
}

async function candidatesFor(
  magic: Magic,
  words: readonly string[],
  context: MagicContext,
): Promise<readonly string[]> {
  const word = words.at(-1) ?? "";
  if (word.startsWith("-"))
    return Object.keys({ ...magic.options, ...COMMON_OPTIONS }).map((name) => `--${name}`);
  const before = optionNameOf(magic, words.at(-2) ?? "");
  const option = before === undefined ? undefined : magic.options[before];
  const plain = words.slice(0, -1).filter((text) => !text.startsWith("-"));
  if (option && option.type !== "flag")
    return option.completes ? valuesFor(option.completes, word, plain, context) : (option.values ?? []);
  const argument = magic.arguments[Math.min(plain.length, magic.arguments.length - 1)];
  if (magic.name === "config" && plain.length === 1) return settingValues(plain[0] ?? "");
  return argument?.completes ? valuesFor(argument.completes, word, plain, context) : [];
}

async function valuesFor(
  completes: Completion,
  word: string,
  [first = ""]: readonly string[],
  { magics, variables, folder }: MagicContext,
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
    case "magic":
    case "topic":
      return magics.names();
    case "file":
      return files(folder, word);
    case "setting":
      return Object.keys(settings);
    default:
      return [...variables];
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

function settingValues(name: string): string[] {
  const found: Setting | undefined = Object.entries(settings).find(([known]) => known === name)?.[1];
  return [...(found?.values ?? [])];
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
