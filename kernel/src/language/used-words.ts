const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Words after which an expression or a type stands, so that a colon after it does not make it a key. */
const BEFORE_OPERAND = new Set(
  "as await case delete do else extends in infer instanceof is keyof new of return satisfies throw typeof void yield".split(
    " ",
  ),
);

/**
 * Words of a text that may be names of something outside it. Members (`row.id`) and keys (`{ id: 1 }`, `id: string`) are none,
 * though many are called like something that exists: taking their types in for nothing costs the check of every cell time.
 */
export function usedWords(text: string): Set<string> {
  const words = new Set<string>();
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (words.has(word)) continue;
    const before = endBefore(text, index);
    if (isMember(text, before) || (isFollowedByColon(text, index + word.length) && isKey(text, before)))
      continue;
    words.add(word);
  }
  return words;
}

/** End of what stands before a place, blanks left out. */
function endBefore(text: string, index: number): number {
  let end = index;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
  return end;
}

function isMember(text: string, end: number): boolean {
  return text.charAt(end - 1) === "." && text.slice(end - 3, end) !== "...";
}

function isFollowedByColon(text: string, index: number): boolean {
  const colon = /\s*\??\s*:/y;
  colon.lastIndex = index;
  return colon.test(text);
}

/** Whether a word with a colon after it is a key, a parameter or a label, and not the middle of `test ? word : other`. */
function isKey(text: string, end: number): boolean {
  const sign = text.charAt(end - 1);
  if (!/[\p{ID_Continue}$]/u.test(sign)) return !"?:&|=+-*/%<>!~^".includes(sign) || sign === "";
  const word = /[\p{ID_Continue}$]+$/u.exec(text.slice(Math.max(0, end - 20), end))?.[0] ?? "";
  return !BEFORE_OPERAND.has(word);
}
