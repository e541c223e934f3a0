import type { Access } from "@tombolo/bundle";
import { UserError } from "../errors.ts";

/** How errors of the engine begin, also when they were told of as the user's. */
const ENGINE = /^(?:SQL: )?(?:Error: )?([A-Z][A-Za-z ]*) Error: /;
/** Errors whose sentence may be made of nothing but a value: `error(name)`, and what other libraries say. */
const FREE = new Set(["Invalid Input", "HTTP", "Unknown", "INTERNAL"]);
/** Sentences of those that quote values, where they have any. */
const KNOWN =
  /Error: (Could not (parse|convert)|More than one row returned|Malformed JSON|Expected geometry type|Type .* can't be cast|CSV Error)/;
/** Errors about the text of the query alone. */
const ABOUT_TEXT = new Set(["Parser", "Syntax", "Binder", "Catalog", "Not implemented", "Permission"]);

/**
 * An error about data that is not public, without the values that the engine quotes: rule, column and line stay. Errors about
 * the text of a query, and those that are not the engine's, are returned as they are, but for names that may not be told. `doing`
 * begins the sentence.
 */
export function withoutValues(
  error: unknown,
  access: Access,
  doing = "SQL",
  tellsName: (name: string) => boolean = () => true,
): unknown {
  if (access === "public" || !isError(error)) return error;
  const kind = ENGINE.exec(error.message)?.[1];
  if (kind === undefined) return error;
  if (ABOUT_TEXT.has(kind)) return withoutCandidates(error, tellsName);
  const [sentence = ""] = error.message.replace(/^(SQL: )?(Error: )?/, "").split("\n");
  const told =
    FREE.has(kind) && !KNOWN.test(sentence)
      ? `${kind} Error: a value is not as it must be`
      : quoteless(sentence);
  const place = error instanceof UserError ? error.place : undefined;
  // The cause has the value too, so it is not kept.
  return new UserError(`${doing}: ${told}`, place === undefined ? {} : { place });
}

/** Names that a query might have meant may be values, where PIVOT has made columns of them. */
function withoutCandidates(error: Error, tellsName: (name: string) => boolean): Error {
  const [, told = "", candidates = ""] = /^(.*?)\s*Candidate bindings: (.*)$/s.exec(error.message) ?? [];
  const names = [...candidates.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name.replace(/^.*\./, ""));
  return names.every(tellsName) ? error : new UserError(told);
}

/** What is quoted may hold quotes itself, so all from the first to the last goes. */
function quoteless(sentence: string): string {
  return sentence
    .replaceAll("can't", "cannot")
    .replace(/\\x\S*/g, "a value")
    .replace(/'.*'|'.*$/g, "a value")
    .replace(/".*"|".*$/g, "a value")
    .replace(/(?<![\w.]|[Ll]ine:? |byte |DECIMAL\([\d,]*)-?\d[\d.,]*/g, "a value");
}

/** Also errors of another realm, such as those of tests. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === "[object Error]";
}
