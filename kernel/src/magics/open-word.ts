import { splitWords } from "./arguments.ts";

/** The word that is being written at the end of a line. */
export interface OpenWord {
  /** The words before it, without their quotes. */
  readonly before: readonly string[];
  /** As it stands, quotes and all. */
  readonly text: string;
}

/** A word as `splitWords` has it, or one with a quote that is still open. */
const WORD = /\s*((?:"[^"]*"|'[^']*'|\{[^{}]*\}|[^\s"'])*(?:["'].*$)?)/y;

/** Finds the word at the end of a line; it is empty behind a blank. */
export function openWord(line: string): OpenWord {
  let start = 0;
  for (WORD.lastIndex = 0; ; ) {
    const text = WORD.exec(line)?.[1] ?? "";
    if (WORD.lastIndex === line.length) return { before: splitWords(line.slice(0, start)), text };
    start = WORD.lastIndex;
  }
}

/** A name that is being written: alone in a word, or the last of several. */
export interface OpenName {
  /** What is written of it, without quotes. */
  readonly written: string;
  /** How much of the text it takes, with the quote before it. */
  readonly length: number;
  /** Whether it is inside a quote that was opened before it. */
  readonly isQuoted: boolean;
  /** The names before it. */
  readonly others: readonly string[];
}

/** Finds the name at the end of a word whose names are parted by signs, also inside quotes; without signs the word is one name. */
export function openName(word: string, separators = ""): OpenName {
  const others: string[] = [];
  let start = 0;
  let quoteAt = -1;
  for (let index = 0; index < word.length; index++) {
    const sign = word.charAt(index);
    if (quoteAt >= 0 && sign === word.charAt(quoteAt)) quoteAt = -1;
    else if (quoteAt < 0 && /["']/.test(sign)) quoteAt = index;
    else if (separators.includes(sign)) {
      others.push(word.slice(start, index).replace(/^["']|["']$/g, ""));
      start = index + 1;
    }
  }
  const text = word.slice(start);
  const isQuoted = quoteAt >= 0 && quoteAt < start;
  return { written: text.replace(/^["']/, ""), length: text.length, isQuoted, others };
}

/** A name as it is written in a word: in quotes when it has blanks or quotes in it. */
export function quotedName(name: string): string {
  if (!/[\s"']/.test(name)) return name;
  return name.includes('"') ? `'${name}'` : `"${name}"`;
}
