import { HELP_CALL, MAGIC_CALL } from "@tombolo/bundle/cell/split";
import { Parser, type Program } from "acorn";
import type MagicString from "magic-string";
import { RewriteError, Rewriter } from "./rewriter.ts";
import { type DeclarationKind, topLevelNames } from "./scope.ts";

/** A cell as one function over reference cells, see {@link rewriteCell}. */
export interface RewrittenCell {
  /** An expression that evaluates to the function; its parameters are {@link RewrittenCell.parameters}. */
  readonly code: string;
  /** The rewriter's edits, from which a source map can be made when an error must be shown. */
  readonly edits: MagicString;
  /** Names whose reference cells the function takes first, in this order. */
  readonly references: readonly string[];
  /** Names that the cell declares at its top level. */
  readonly declared: ReadonlyMap<string, DeclarationKind>;
}

/** The functions that every cell's function takes after its reference cells, in this order. */
export const CELL_FUNCTIONS = [MAGIC_CALL, HELP_CALL, "$load", "$import", "$meta"] as const;

/**
 * Turns a cell's JavaScript into a function in which every top-level name is the property `v` of a reference cell that
 * all cells share: `const x = 1` becomes `$x.v = 1`. So names can be declared again, functions see later assignments, and
 * what a failing cell had defined stays. Expects text with all its semicolons, as the type-stripping printer writes it.
 * `isShared` tells whether a free name is a notebook variable rather than a global of the runtime, `isWritten` whether the
 * user wrote a name at all: helpers that came in with the lowering of newer syntax stay the cell's own.
 */
export function rewriteCell(
  source: string,
  isShared: (name: string) => boolean,
  isWritten: (name: string) => boolean = () => true,
): RewrittenCell {
  const program = parseCell(source);
  const names = [...topLevelNames(program)];
  const declared = new Map(names.filter(([name]) => isWritten(name)));
  const hidden = new Set(names.map(([name]) => name).filter((name) => !isWritten(name)));
  const prefix = freePrefix(source);
  const isReserved = (name: string) => CELL_FUNCTIONS.some((reserved) => reserved === name);
  const rewriter = new Rewriter(source, {
    prefix,
    declared,
    hidden,
    isShared: (name) => !isReserved(name) && isShared(name),
  });
  rewriter.rewrite(program);
  const { edits, references, awaits } = rewriter;
  const parameters = [...references].map((name) => prefix + name).concat(CELL_FUNCTIONS);
  const hoisted = [...declared].filter(([, kind]) => kind === "function").map(([name]) => name);
  const start = hoisted.map((name) => `${prefix}${name}.v = ${name};`).join("");
  edits.prepend(`(${awaits ? "async " : ""}(${parameters.join(", ")}) => {"use strict";${start}`);
  edits.append("\n})");
  return { code: edits.toString(), edits, references: [...references], declared };
}

/** Whether JavaScript has no syntax that the runtime does not know yet. */
export function parses(source: string): boolean {
  try {
    parseCell(source);
    return true;
  } catch {
    return false;
  }
}

/** A cell may export what an earlier cell has declared. */
class CellParser extends Parser {
  protected checkLocalExport(): void {
    // The module that Acorn has in mind would have to declare the name itself.
  }
}

function parseCell(source: string): Program {
  try {
    return CellParser.parse(source, { ecmaVersion: "latest", sourceType: "module" });
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") throw error;
    throw new RewriteError(error.message.replace(/ \(\d+:\d+\)$/, ""), error.pos);
  }
}

/** `$`, or more of them when a name with it in front would meet another name of the cell or one of {@link CELL_FUNCTIONS}. */
function freePrefix(source: string): string {
  const words = new Set<string>([
    ...CELL_FUNCTIONS,
    ...(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []),
  ]);
  const meets = (prefix: string) =>
    [...words].some((word) => word.startsWith(prefix) && words.has(word.slice(prefix.length)));
  let prefix = "$";
  while (meets(prefix)) prefix += "$";
  return prefix;
}
