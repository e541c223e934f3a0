const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA] = [34, 92, 91, 93, 123, 125, 44] as const;
const [TAB, NEWLINE, RETURN, BLANK] = [9, 10, 13, 32] as const;

/** Stands for an end that lies behind the bytes at hand. */
export const NOT_YET = -1;

/** After so many bytes of numbers it is quicker to search for what may follow them than to look at each byte. */
const LONG_NUMBERS = 64;

/** What a byte means outside a text; most bytes of geography are numbers, which mean nothing here. */
const PLAIN = 0;
const MEANINGS = new Uint8Array(256);
for (const sign of [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE]) MEANINGS[sign] = sign;

/** Index of the first byte at or after `from` that is no white space; the length when there is none. */
export function endOfSpace(bytes: Buffer, from: number): number {
  let at = from;
  while (isSpace(bytes[at])) at++;
  return at;
}

/** Index after the JSON text whose quote stands at `from`. */
export function endOfText(bytes: Buffer, from: number): number {
  let at = from + 1;
  while (at < bytes.length) {
    const sign = bytes[at];
    if (sign === QUOTE) return at + 1;
    at += sign === BACKSLASH ? 2 : 1;
  }
  return NOT_YET;
}

/** Index after the JSON value that begins at `from`: it knows texts from brackets and nothing else of JSON. */
export function endOfValue(bytes: Buffer, from: number): number {
  const first = bytes[from];
  if (first === QUOTE) return endOfText(bytes, from);
  if (first === OPEN) return endOfBrackets(bytes, from, OPEN, CLOSE);
  if (first === OPEN_LIST) return endOfBrackets(bytes, from, OPEN_LIST, CLOSE_LIST);
  for (let at = from; at < bytes.length; at++) {
    const sign = bytes[at];
    if (sign === COMMA || sign === CLOSE || sign === CLOSE_LIST || isSpace(sign)) return at;
  }
  return NOT_YET;
}

/** Brackets of one kind nest properly whatever stands between them, so the other kind is not looked at. */
function endOfBrackets(bytes: Buffer, from: number, open: number, close: number): number {
  let depth = 0;
  let at = from;
  let numbers = 0;
  while (at < bytes.length) {
    const sign = MEANINGS[bytes[at] ?? PLAIN] ?? PLAIN;
    if (sign === open) depth++;
    else if (sign === close && --depth === 0) return at + 1;
    if (sign === QUOTE) {
      at = endOfText(bytes, at);
      if (at === NOT_YET) return NOT_YET;
      numbers = 0;
    } else if (++numbers < LONG_NUMBERS) {
      at++;
    } else {
      at = firstOf(bytes, at + 1, open, close);
      numbers = 0;
    }
  }
  return NOT_YET;
}

/** Index of the next bracket of a kind, or the next quote. */
function firstOf(bytes: Buffer, from: number, open: number, close: number): number {
  return [QUOTE, open, close].reduce((nearest, sign) => {
    const at = bytes.indexOf(sign, from);
    return at === -1 ? nearest : Math.min(nearest, at);
  }, bytes.length);
}

const isSpace = (sign: number | undefined) =>
  sign === BLANK || sign === NEWLINE || sign === RETURN || sign === TAB;
