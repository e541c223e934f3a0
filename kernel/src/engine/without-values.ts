import type { Access } from "@tombolo/bundle";
import { UserError } from "../errors.ts";

/** How errors of the engine begin, also when they were told of as the user's. */
const ENGINE = /^(?:SQL: )?(?:Error: )?([A-Z][A-Za-z ]*) Error: /;
/** Errors about the text of the query alone. */
const ABOUT_TEXT = new Set(["Parser", "Syntax", "Binder", "Catalog", "Not implemented", "Permission"]);

/**
 * An error about data that is not public, without the values that the engine quotes: rule, column and line stay. Errors about
 * the text of a query, and those that are not the engine's, are returned as they are. `doing` begins the sentence.
 */
export function withoutValues(error: unknown, access: Access, doing = "SQL"): unknown {
  if (access === "public" || !isError(error)) return error;
  const kind = ENGINE.exec(error.message)?.[1];
  if (kind === undefined || ABOUT_TEXT.has(kind)) return error;
  const [sentence = ""] = error.message.replace(/^(SQL: )?(Error: )?/, "").split("\n");
  const told = sentence
    .replace(/'[^'\n]*'?|"[^"\n]*"?/g, "a value")
    .replace(/(?<![\w.]|[Ll]ine:? )-?\d[\d.,]*/g, "a value");
  const place = error instanceof UserError ? error.place : undefined;
  // The cause has the value too, so it is not kept.
  return new UserError(`${doing}: ${told}`, place === undefined ? {} : { place });
}

/** Also errors of another realm, such as those of tests. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
