import { importers } from "../importers/index.ts";
import { magics } from "./index.ts";
import type { Completion, Magic } from "./magic.ts";

/** Names to complete to, and the stretch of the text that they replace (in UTF-16 units). */
export interface MagicCompletion {
  readonly matches: string[];
  readonly start: number;
  readonly end: number;
}

/** Completes magic names, options, their values and importer ids; undefined when the cursor is not in a magic. */
export function completeMagic(
  text: string,
  cursor: number,
  variables: readonly string[] = [],
): MagicCompletion | undefined {
  const line = text.slice(text.lastIndexOf("\n", cursor - 1) + 1, cursor);
  const name = /(?:^|=)\s*(%{1,2})([\w-]*)$/.exec(line);
  if (name?.[1]) return completeName(name[1], name[2] ?? "", cursor);
  const call = /(?:^|=)\s*%{1,2}([\w-]+)\s(.*)$/.exec(line);
  const magic = magics.find((candidate) => candidate.name === call?.[1]);
  if (!magic) return undefined;
  const words = (call?.[2] ?? "").split(/\s+/);
  const word = words.at(-1) ?? "";
  const candidates = candidatesFor(magic, words, variables);
  return {
    matches: candidates.filter((candidate) => candidate.startsWith(word)),
    start: cursor - word.length,
    end: cursor,
  };
}

function completeName(sign: string, start: string, cursor: number): MagicCompletion {
  const kind = sign === "%%" ? "cell" : "line";
  const names = magics.filter((magic) => magic.kinds.includes(kind)).map((magic) => magic.name);
  return {
    matches: names.filter((name) => name.startsWith(start)),
    start: cursor - start.length,
    end: cursor,
  };
}

function candidatesFor(magic: Magic, words: readonly string[], variables: readonly string[]): string[] {
  const word = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (word.startsWith("--")) return [...Object.keys(magic.options).map((name) => `--${name}`), "--help"];
  const option = before.startsWith("--") ? magic.options[before.slice(2)] : undefined;
  if (option && option.type !== "flag") return [...(option.values ?? [])];
  const position = words.slice(0, -1).filter((text) => !text.startsWith("--")).length;
  const argument = magic.arguments[Math.min(position, magic.arguments.length - 1)];
  return argument?.completes ? valuesFor(argument.completes, variables) : [];
}

function valuesFor(completes: Completion, variables: readonly string[]): string[] {
  if (completes === "importer") return Object.keys(importers);
  if (completes === "magic" || completes === "topic") return magics.map((magic) => magic.name);
  return completes === "file" ? [] : [...variables];
}
