/** Where a scan over TypeScript text stands when it meets a `%`. */
export interface Place {
  /** Index of the `%` in the text. */
  readonly index: number;
  /** The significant token before it; undefined at the start. */
  readonly previous: Token | undefined;
  /** The innermost open bracket: `(`, `[`, `{`, or `${` of a template. */
  readonly bracket: string | undefined;
}

/** A token as far as the scan tells tokens apart. */
export interface Token {
  readonly kind: "word" | "literal" | "sign" | "magic";
  readonly text: string;
  readonly end: number;
}

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y;
const WORD = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\.?\d(?:[\w.]|(?<=[eE])[+-])*/y;
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const SIGN = /=>|[=!]==?|\*\*=?|(?:\?\?|&&|\|\||<<|>>>?)=?|[-+*/%&|^<>]=|\+\+|--|\?\.|\.\.\.|[\s\S]/y;
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;

/** Keywords after which an expression begins, so that `/` opens a regular expression. */
const BEFORE_EXPRESSION = new Set(
  "return typeof case in of new delete void throw await yield else do instanceof extends default".split(" "),
);

/**
 * Walks TypeScript text token by token and calls `meet` at every `%` that could start a magic: outside strings, templates,
 * comments and regular expressions. When `meet` returns an index, the text up to there is a magic.
 */
export function scan(text: string, meet: (place: Place) => number | undefined): void {
  const brackets: string[] = [];
  let previous: Token | undefined;
  let index = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = index;
    const found = pattern.exec(text)?.[0];
    if (found) index += found.length;
    return found || undefined;
  };
  const accept = (kind: Token["kind"], found: string) => {
    previous = { kind, text: found, end: index };
  };
  const template = () => {
    take(TEMPLATE_TEXT);
    if (text.startsWith("${", index)) {
      index += 2;
      brackets.push("${");
      accept("sign", "${");
    } else {
      index += 1;
      accept("literal", "`");
    }
  };
  const sign = (found: string) => {
    accept("sign", found);
    if (found === "(" || found === "[" || found === "{") brackets.push(found);
    else if (found === "`") template();
    else if (found === ")" || found === "]" || found === "}") {
      if (brackets.pop() === "${") template();
    }
  };

  while (index < text.length) {
    if (take(BLANK)) continue;
    const end = text[index] === "%" ? meet({ index, previous, bracket: brackets.at(-1) }) : undefined;
    if (end !== undefined) {
      index = end;
      accept("magic", "");
      continue;
    }
    const word = take(WORD);
    if (word) {
      accept("word", word);
      continue;
    }
    const literal = take(NUMBER) ?? take(STRING) ?? (endsExpression(previous) ? undefined : take(REGEX));
    if (literal) accept("literal", literal);
    else sign(take(SIGN) ?? "");
  }
}

/** Whether an expression can end with this token, so that an operator may follow. */
export function endsExpression(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === "word") return !BEFORE_EXPRESSION.has(token.text);
  return token.kind === "literal" || [")", "]", "}", "++", "--"].includes(token.text);
}
