import { preloaded } from "../preloaded/index.ts";
import { kindOf, type Looked, memberNames, peek, peekGlobal } from "./members.ts";
import type { Notebook } from "./notebook.ts";

/** Something that can be written. */
export interface Match {
  readonly text: string;
  /** In the words of Jupyter's completion metadata. */
  readonly type: string;
}

/** What can be written at a place, and the stretch of text that it replaces (in UTF-16 units). */
export interface Completions {
  readonly matches: readonly Match[];
  readonly start: number;
  readonly end: number;
  /** What the place is in, which tells who else has something to say. */
  readonly place: "magic" | "member" | "name";
}

const CHAIN = /((?:[\p{ID_Start}$_][\p{ID_Continue}$]*\??\.)*)([\p{ID_Start}$_][\p{ID_Continue}$]*)?$/u;
const MAGIC_BEFORE = /(?:^|=)[ \t]*%[^\n]*$/m;
const CELL_MAGIC = /^\s*%%[^\n]*\n/;
const KEYWORDS =
  "async await break case catch class const continue default delete do else enum export extends false finally for function if import in instanceof interface let new null of return super switch this throw true try type typeof undefined var void while yield".split(
    " ",
  );

/** Completes names, members of the values at hand, and magics. Runs no code of the user's. */
export async function completeCell(notebook: Notebook, code: string, cursor: number): Promise<Completions> {
  const before = code.slice(0, cursor);
  if (MAGIC_BEFORE.test(before) || CELL_MAGIC.test(before)) {
    const { columnNamesOf, completeMagic, completeRecipe, completeSql, storedNames } = await import(
      "../magics/dispatch.ts"
    );
    const { magics, folder } = notebook.session;
    const found = await completeMagic(code, cursor, {
      magics,
      folder,
      variables: notebook.variables.names(),
      stored: () => storedNames(notebook.session),
      columns: (table) => columnNamesOf(notebook.session, table),
      sql: (sql, place) => completeSql(notebook.session, sql, place),
      recipe: (text, place) => completeRecipe(notebook.session, text, place),
    });
    if (found) {
      const matches = found.matches.map((text) => ({ text, type: "magic" }));
      return { matches, start: found.start, end: found.end, place: "magic" };
    }
  }
  const inText = (await completeTemplate(notebook, code, cursor)) ?? (await completeName(before));
  if (inText) return inText;
  const specifier = specifierBefore(before);
  if (specifier !== undefined)
    return { matches: [], start: cursor - specifier.length, end: cursor, place: "name" };
  const [whole = "", path = "", start = ""] = CHAIN.exec(before) ?? [];
  const place = { start: cursor - start.length, end: cursor };
  const isOther = before.slice(0, before.length - whole.length).endsWith(".");
  // After `).` or `].` stands a value that only running the code would tell.
  if (isOther) return { matches: [], ...place, place: "member" };
  const candidates = path ? await membersOf(notebook, path) : namesIn(notebook, CELL_MAGIC.test(code));
  const matches = candidates.filter(({ text }) => text.startsWith(start)).sort(byName);
  return { matches, ...place, place: path ? "member" : "name" };
}

/** Completes SQL in a template such as sql`SELECT …`. */
async function completeTemplate(
  notebook: Notebook,
  code: string,
  cursor: number,
): Promise<Completions | undefined> {
  const written = /\bsql`([^`]*)$/.exec(code.slice(0, cursor))?.[1];
  if (written === undefined) return undefined;
  const { completeSql } = await import("../magics/dispatch.ts");
  const rest = /^[^`]*/.exec(code.slice(cursor))?.[0] ?? "";
  const found = await completeSql(notebook.session, written + rest, written.length);
  if (!found) return undefined;
  const matches = found.matches.map((text) => ({ text, type: "magic" }));
  return { matches, start: cursor - written.length + found.start, end: cursor, place: "magic" };
}

/** Completes the name that one of our functions takes in quotes: `findArea("Lee`, `importDatasource("london/`. */
async function completeName(before: string): Promise<Completions | undefined> {
  const [, called, start = ""] =
    /\b(findArea|areasIn|importDatasource)\(\s*["']([^"'\n]*)$/.exec(before) ?? [];
  if (called === undefined) return undefined;
  const { datasourceWords } = await import("../catalogue/names.ts");
  const { knownAreaNames } = await import("../importers/areas/find-area.ts");
  const names = called === "importDatasource" ? await datasourceWords() : knownAreaNames();
  const small = start.toLowerCase();
  const matches = names
    .filter((name) => name.toLowerCase().startsWith(small))
    .map((text) => ({ text, type: "magic" }));
  return { matches, start: before.length - start.length, end: before.length, place: "magic" };
}

/** The stretch of text that a completion at a place replaces, when nobody can be asked for the values. */
export function placeOfCompletion(
  code: string,
  cursor: number,
): Pick<Completions, "start" | "end" | "place"> {
  const specifier = specifierBefore(code.slice(0, cursor));
  if (specifier !== undefined) return { start: cursor - specifier.length, end: cursor, place: "name" };
  const [whole = "", path = "", start = ""] = CHAIN.exec(code.slice(0, cursor)) ?? [];
  const isMember = path !== "" || code.slice(0, cursor - whole.length).endsWith(".");
  return { start: cursor - start.length, end: cursor, place: isMember ? "member" : "name" };
}

/** What is written of a module's name in an import: the part of a path after the last slash, or all of a package's name. */
function specifierBefore(before: string): string | undefined {
  const [, given] = /\b(?:from|import|require)\s*\(?\s*["']([^"'\n]*)$/.exec(before) ?? [];
  return given?.startsWith(".") ? given.slice(given.lastIndexOf("/") + 1) : given;
}

/** The value that a chain such as `a.b.c` stands for. */
export async function lookUpChain(notebook: Notebook, names: readonly string[]): Promise<Looked> {
  const [first = "", ...rest] = names;
  const value = await notebook.lookUp(first);
  let looked: Looked = notebook.variables.has(first) ? { found: true, value } : peekGlobal(first);
  for (const name of rest) {
    if (!looked.found) return looked;
    looked = peek(looked.value, name);
  }
  return looked;
}

async function membersOf(notebook: Notebook, path: string) {
  const looked = await lookUpChain(notebook, path.split(/\??\./).slice(0, -1));
  if (!looked.found) return [];
  return memberNames(looked.value).map((text) => ({ text, type: kindOf(peek(looked.value, text)) }));
}

function namesIn(notebook: Notebook, onlyVariables: boolean) {
  const variables = notebook.variables.names().map((text) => {
    return { text, type: kindOf({ found: true, value: notebook.variables.get(text) }) };
  });
  if (onlyVariables) return variables;
  const others = [
    ...Object.keys(preloaded).map((text) => ({ text, type: "function" })),
    ...["signal", "require"].map((text) => ({ text, type: "instance" })),
    ...Object.getOwnPropertyNames(globalThis).map((text) => ({ text, type: "function" })),
    ...KEYWORDS.map((text) => ({ text, type: "keyword" })),
  ];
  const known = new Set(variables.map(({ text }) => text));
  return [...variables, ...others.filter(({ text }) => !known.has(text) && known.add(text))];
}

function byName(first: { readonly text: string }, second: { readonly text: string }): number {
  const [a, b] = [first, second].map(({ text }) => (text.startsWith("_") ? `\uffff${text}` : text));
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
