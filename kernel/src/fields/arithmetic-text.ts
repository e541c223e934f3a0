import { isFieldRecipe, isRecord } from "../recipe/recipe.ts";

type Parameters = Readonly<Record<string, unknown>>;

const SIGNS: Readonly<Record<string, string>> = { "+": "add", "-": "sub", "*": "mul", "/": "div" };
const TOKEN = /\s*(?:"([^"]*)"|([()])|([-+*/])(?=\s|\()|((?:[^\s()"]|\/(?=\S))+))/y;

interface Token {
  readonly text: string;
  readonly kind: "name" | "sign" | "bracket";
}

/**
 * Reads `a / b`, `(a + b) / c * 100`: signs stand between blanks, names with blanks in double quotes. Undefined for a text
 * that is no such expression.
 */
export function readArithmetic(text: string): Parameters | undefined {
  const tokens = tokensOf(text) ?? tokensOf(text.replace(/([-+*/()])/g, " $1 "));
  if (!tokens) return undefined;
  const reader = new Reader(tokens);
  const sum = reader.sum();
  return sum !== undefined && reader.atEnd() && isRecord(sum) && isRecord(sum.arithmetic)
    ? sum.arithmetic
    : undefined;
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  while (pattern.lastIndex < text.trimEnd().length) {
    const match = pattern.exec(text);
    if (!match) return undefined;
    const [, quoted, bracket, sign, name] = match;
    if (bracket !== undefined) tokens.push({ text: bracket, kind: "bracket" });
    else if (sign !== undefined) tokens.push({ text: sign, kind: "sign" });
    else tokens.push({ text: quoted ?? name ?? "", kind: "name" });
  }
  const isExpression = tokens.some(({ kind }) => kind === "sign");
  return isExpression ? tokens : undefined;
}

class Reader {
  readonly #tokens: Token[];
  #depth = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  atEnd(): boolean {
    return this.#tokens.length === 0;
  }

  sum(): unknown {
    return this.#chain(() => this.#chain(() => this.#primary(), "*/"), "+-");
  }

  #chain(operand: () => unknown, signs: string): unknown {
    let left = operand();
    while (left !== undefined) {
      const [next] = this.#tokens;
      if (next?.kind !== "sign" || !signs.includes(next.text)) break;
      this.#tokens.shift();
      const right = operand();
      if (right === undefined) return undefined;
      left = { arithmetic: { operation: SIGNS[next.text], field1: left, field2: right } };
    }
    return left;
  }

  #primary(): unknown {
    const token = this.#tokens.shift();
    if (token?.kind === "name") return token.text;
    if (token?.text !== "(" || ++this.#depth > 50) return undefined;
    const inner = this.sum();
    return this.#tokens.shift()?.text === ")" ? inner : undefined;
  }
}

/** Writes the short text of an arithmetic field whose operands are columns, numbers, or such fields again. */
export function writeArithmetic({ operation, field1, field2 }: Parameters): string | undefined {
  const sign = Object.keys(SIGNS).find((known) => SIGNS[known] === operation);
  const left = writeOperand(field1);
  const right = writeOperand(field2);
  return sign === undefined || left === undefined || right === undefined
    ? undefined
    : `${left} ${sign} ${right}`;
}

function writeOperand(operand: unknown): string | undefined {
  if (typeof operand === "string") {
    if (/"/.test(operand) || operand.trim() !== operand || operand === "") return undefined;
    return /[\s()]|^[-+*/]$/.test(operand) ? `"${operand}"` : operand;
  }
  if (!isRecord(operand) || isFieldRecipe(operand) || Object.keys(operand).length !== 1) return undefined;
  if (typeof operand.arithmetic === "string") return `(${operand.arithmetic})`;
  const { constant } = operand;
  return typeof constant === "string" && /^\d+(\.\d+)?$/.test(constant) ? constant : undefined;
}
