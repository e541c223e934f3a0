import { UserError } from "../errors.ts";

/** A text taken apart at its `${…}`: one more text than expressions. */
export interface Interpolations {
  readonly texts: readonly string[];
  readonly expressions: readonly string[];
}

/** Takes a text apart at its `${…}`. Braces inside an expression must be in pairs; those in its strings do not count. */
export function splitInterpolations(text: string): Interpolations {
  const texts: string[] = [];
  const expressions: string[] = [];
  let copied = 0;
  for (let start = text.indexOf("${"); start >= 0; start = text.indexOf("${", copied)) {
    const end = closingBrace(text, start + 2);
    texts.push(text.slice(copied, start));
    expressions.push(text.slice(start + 2, end).trim());
    copied = end + 1;
  }
  texts.push(text.slice(copied));
  return { texts, expressions };
}

const PIECE = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[{}]/gs;

function closingBrace(text: string, from: number): number {
  let depth = 1;
  PIECE.lastIndex = from;
  for (let piece = PIECE.exec(text); piece; piece = PIECE.exec(text)) {
    if (piece[0] === "{") depth += 1;
    else if (piece[0] === "}") depth -= 1;
    if (depth === 0) return piece.index;
  }
  throw new UserError("A ${ has no } after it", { where: text.slice(from - 2, from + 20) });
}
