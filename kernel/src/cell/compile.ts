import { constants, Script } from "node:vm";
import { splitMagics } from "@tombolo/bundle/cell/split";
import type { Stripped } from "./lower.ts";
import { type RewrittenCell, rewriteCell } from "./rewrite.ts";
import { RewriteError } from "./rewriter.ts";
import { joinMaps, originalPlaces, type Place } from "./source-maps.ts";
import { CellSyntaxError, stripTypes } from "./strip.ts";

/** A cell ready to run. */
export interface CompiledCell extends RewrittenCell {
  /** Takes the reference cells and then the functions of `CELL_FUNCTIONS`. */
  readonly run: (...parameters: unknown[]) => unknown;
  /** The place in the user's text that a place in the running code came from. */
  readonly original: (place: Place) => Place | undefined;
  /** The source map from the running code to the user's text, as JSON. */
  readonly map: () => string;
}

/** What compiling a cell needs to know of its notebook. */
export interface CompileOptions {
  /** URL of the cell, in the folder of the notebook: imports resolve against it, and stacks show it. */
  readonly url: string;
  isShared(name: string): boolean;
  isMagic(name: string): boolean;
}

/** A mistake in the text of a cell, with the place in the user's text. */
export class CellMistake extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly place: Place | undefined;

  constructor(message: string, place: Place | undefined) {
    super(message);
    this.place = place;
  }
}

/** Magics → calls, TypeScript → JavaScript, names → reference cells, text → function. Throws a {@link CellMistake}. */
export function compileCell(source: string, options: CompileOptions): CompiledCell {
  const { rewritten, mapOf } = transform(source, options);
  const references = new Set(rewritten.references);
  let map: string | undefined;
  const lateMap = () => {
    // Made only for errors and for the debugger: what it is made of is ten times as large as the cell.
    map ??= transform(source, { ...options, isShared: (name) => references.has(name) }).mapOf();
    return map;
  };
  const run = evaluate(rewritten.code, options.url, placesBy(mapOf));
  return { ...rewritten, run, original: placesBy(lateMap), map: lateMap };
}

interface Transformed {
  readonly rewritten: RewrittenCell;
  /** The map from the running code back to the user's text, as JSON. */
  readonly mapOf: () => string;
}

function transform(source: string, options: CompileOptions): Transformed {
  const { code } = splitMagics(source, options.isMagic);
  const stripped = strip(code, options);
  const rewritten = rewrite(stripped, code, options);
  const names = () => rewritten.edits.generateMap({ hires: true, source: "cell.js" }).toString();
  return { rewritten, mapOf: () => joinMaps([names(), stripped.map]) };
}

function placesBy(mapOf: () => string): CompiledCell["original"] {
  let find: CompiledCell["original"] | undefined;
  return (place) => {
    find ??= originalPlaces(mapOf());
    return find(place);
  };
}

function strip(code: string, { url }: CompileOptions): Stripped {
  try {
    return stripTypes(code, url);
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    const place = placeOf(code, error.position);
    throw new CellMistake(lateMagic(code, place) ?? error.message, place);
  }
}

/** What is wrong with a line such as `%%sql` below others, where the parser only sees a sign that it does not expect. */
function lateMagic(code: string, { line }: Place): string | undefined {
  const magic = /^\s*(%%[\w-]+)/.exec(code.split(/\r?\n/)[line - 1] ?? "")?.[1];
  return magic && `${magic} begins a cell: it has to be its first line`;
}

function rewrite(
  { code, map, isLowered }: Stripped,
  written: string,
  { isShared }: CompileOptions,
): RewrittenCell {
  try {
    return rewriteCell(code, isShared, isLowered ? isWordOf(written) : undefined);
  } catch (error) {
    if (!(error instanceof RewriteError)) throw error;
    throw new CellMistake(error.message, originalPlaces(map)(placeOf(code, error.position)));
  }
}

function isWordOf(text: string): (name: string) => boolean {
  const words = new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return (name) => words.has(name);
}

function evaluate(code: string, url: string, original: CompiledCell["original"]): CompiledCell["run"] {
  try {
    const importModuleDynamically = constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    return new Script(code, { filename: url, importModuleDynamically }).runInThisContext();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const line = Number(/:(\d+)\n/.exec(error.stack ?? "")?.[1]);
    throw new CellMistake(error.message, line ? original({ line, column: 1 }) : undefined);
  }
}

function placeOf(text: string, index: number): Place {
  const before = text.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
