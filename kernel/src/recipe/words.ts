/** A word of a short text: bare, in quotes, or a sign. */
export interface Word {
  readonly text: string;
  readonly kind: "word" | "quoted" | "sign";
  /** Where it begins, counted from 0. */
  readonly at: number;
}

const PATTERN = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|[=<>(),])|([^\s"'=<>!(),]+)|(\S)/g;

/** Splits a short text into words; quotes keep blanks together. */
export function splitShortText(text: string): Word[] {
  return [...text.matchAll(PATTERN)].map((match): Word => {
    const [, double, single, sign, bare, other] = match;
    const at = match.index;
    const quoted = double ?? single;
    if (quoted !== undefined) return { text: quoted.replace(/\\(["'\\])/g, "$1"), kind: "quoted", at };
    if (bare !== undefined) return { text: bare, kind: "word", at };
    return { text: sign ?? other ?? "", kind: "sign", at };
  });
}

/** A text in quotes, as {@link splitShortText} reads it back. */
export function quoteWord(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

/** What is wrong with a pattern of LIKE; undefined when nothing is. */
export function mistakeInPattern(pattern: string): string | undefined {
  const [end = ""] = /\\*$/.exec(pattern) ?? [];
  return end.length % 2 === 1
    ? `the pattern "${pattern}" ends with a backslash that escapes nothing: two of them stand for one`
    : undefined;
}
