import { splitMagics } from "@tombolo/bundle/cell/split";
import { rewriteCell } from "./rewrite.ts";
import { RewriteError } from "./rewriter.ts";
import { CellSyntaxError, stripTypes } from "./strip.ts";

/** Whether a cell could be run as it stands; if more is expected, how far the next line is set in. */
export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Judges a cell while it is typed, for consoles that run a cell when it is whole. */
export function completenessOf(source: string): Completeness {
  if (/^\s*%%/.test(source)) return { status: "complete" };
  const { code } = splitMagics(source);
  try {
    rewriteCell(stripTypes(code, "cell.ts").code, () => true);
    return { status: "complete" };
  } catch (error) {
    if (error instanceof RewriteError) return { status: "invalid" };
    if (!(error instanceof CellSyntaxError)) throw error;
    return expectsMore(code, error)
      ? { status: "incomplete", indent: indentAfter(code) }
      : { status: "invalid" };
  }
}

function expectsMore(code: string, { message, position }: CellSyntaxError): boolean {
  const isOpen = /^Unterminated/.test(message) && /^(?:`|\/\*)/.test(code.slice(position));
  return isOpen || /found `EOF`/.test(message) || position >= code.trimEnd().length;
}

function indentAfter(code: string): string {
  const last = code.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]\s*$/.test(last) ? `${indent}  ` : indent;
}
