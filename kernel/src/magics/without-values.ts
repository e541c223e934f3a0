import type { Access } from "@tombolo/bundle";
import { UserError } from "../errors.ts";

/** Errors in which the engine quotes the value that it could not take. */
const QUOTING = /^SQL: (Conversion|Invalid Input|Out of Range|Constraint) Error/;

/** An error about data that is not public, without the value that the engine quotes; others as they are. */
export function withoutValues(error: unknown, access: Access): unknown {
  if (access === "public" || !(error instanceof UserError) || !QUOTING.test(error.message)) return error;
  const [sentence = "", ...place] = error.message.split("\n\n");
  const told = sentence.replace(/'[^'\n]*'|"[^"\n]*"|(?<![\w.])-?\d[\d.,]*/g, "a value");
  // The cause has the value too, so it is not kept.
  return new UserError([told, ...place].join("\n\n"));
}
