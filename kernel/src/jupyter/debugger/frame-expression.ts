import { rewriteCell } from "../../cell/rewrite.ts";
import { stripTypes } from "../../cell/strip.ts";
import { preloaded } from "../../preloaded/index.ts";
import { DEBUGGER_KEY } from "./code.ts";

/** What an expression can see besides the globals of the runtime. */
export interface Surroundings {
  /** Names of the frame, which go before those of the notebook. */
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
}

/** JavaScript that evaluates a user's TypeScript in a frame of a cell, where notebook variables are reference cells. */
export function frameExpression(source: string, { locals, globals }: Surroundings): string {
  const { code } = stripTypes(source, "expression.ts");
  const isShared = (name: string) =>
    !locals.has(name) && (globals.has(name) || Object.hasOwn(preloaded, name) || !(name in globalThis));
  const rewritten = rewriteCell(code, isShared);
  if (rewritten.code.startsWith("(async")) {
    throw new SyntaxError("await cannot be used while the program stands still");
  }
  const names = JSON.stringify(rewritten.references);
  const declared = JSON.stringify([...rewritten.declared.keys()]);
  const notebook = `globalThis[Symbol.for(${JSON.stringify(DEBUGGER_KEY)})]`;
  return `${rewritten.code}(...${notebook}.references(${names}, ${declared}))`;
}
