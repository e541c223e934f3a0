import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type CompletionItem,
  completionsIn,
  type Diagnostic,
  diagnosticsIn,
  hoverIn,
  signatureIn,
  topNamesIn,
} from "./answers.ts";
import { type CellText, cellText } from "./cell-text.ts";
import { headOf, locateTypes, Names, namingModulesOf, type Used } from "./names.ts";
import { hasOwnConfig, isMissingType, projectFiles } from "./project.ts";
import { type LanguageServer, startServer } from "./server.ts";

/** A mistake that the types of a cell show. */
export interface Problem {
  /** Line and column in the cell, counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly code: number;
}

/** Types that only the run of a cell could tell; see `LearntTypes` of the notebook. */
export interface Learnt {
  readonly variables: Readonly<Record<string, string>>;
  readonly lines: Readonly<Record<number, string>>;
}

interface CellModule {
  readonly cell: CellText;
  readonly names: readonly string[];
  readonly used: Used;
}

/** Assigning to what is imported: cells share their variables, so here it is allowed. */
const ASSIGNED_IMPORT = 2632;

/** Syntax errors; running the cell tells them. */
const isSyntax = ({ code }: Diagnostic) => code >= 1000 && code < 2000;

/** The comment that turns checking off, at the top of a cell as at the top of a file. */
const UNCHECKED = /^\s*(?:\/\/.*\n\s*)*\/\/\s*@ts-nocheck\b/;

const DECLARES =
  /\b(?:const|let|var|function|class|enum|namespace|module|type|interface|import|using|abstract|declare)\b/;

/** The document of the cell that is being written. */
const WRITTEN = 0;

/**
 * What TypeScript knows of a notebook. Each cell that has run is a module, whose first line, put before the user's text,
 * imports the names that it uses from the modules of other cells: so types flow by inference, and declaring a name again
 * is simply another module.
 */
export class Language {
  readonly #folder: string;
  readonly #names = new Names();
  readonly #modules = new Map<number, CellModule>();
  #server: Promise<LanguageServer | undefined> | undefined;
  #work: Promise<unknown> = Promise.resolve();
  /** What the server has as the cell that is being written. */
  #written: string | undefined;
  #declared: { readonly text: string; readonly names: readonly string[] } = { text: "", names: [] };
  #questions: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Starts the server, if it does not run, so that the first question need not wait. */
  start(): void {
    void this.#running();
  }

  /** Checks the types of a cell that is to run, and keeps it under its number; `lines` are types of its line magics. */
  check(number: number, source: string, lines: Learnt["lines"] = {}): Promise<Problem[]> {
    return this.#inOrder(async (server) => {
      const cell = cellText(source);
      const uri = this.#uri(number);
      const { names, used } = await this.#namesOf(server, uri, cell);
      const module = withTypes({ cell, names, used }, lines);
      this.#modules.set(number, module);
      server.put(uri, moduleText(module));
      const found = await diagnose(server, uri);
      const assigned = assignedNames(cell, found);
      if (assigned.size === 0) return this.#problemsIn(cell, found);
      server.put(uri, moduleText(module, assigned));
      return this.#problemsIn(cell, await diagnose(server, uri));
    }, []);
  }

  /**
   * Names that a cell declares, and what it uses of others. The former are asked of a document that imports already all that the
   * cell may use, because other imports later would make the server put its program together once more.
   */
  async #namesOf(server: LanguageServer, uri: string, cell: CellText): Promise<Omit<CellModule, "cell">> {
    const mayUse = this.#names.usedBy(cell, []);
    if (!DECLARES.test(cell.text)) return { names: [], used: mayUse };
    server.put(uri, `${headOf(mayUse)}\n${cell.text}`);
    const names = topNamesIn(await server.ask("textDocument/documentSymbol", { textDocument: { uri } }));
    return { names, used: namingModulesOf(this.#names.usedBy(cell, names), mayUse) };
  }

  /**
   * Opens the document of the next cell. A document more makes the server put its program together again, which takes it longest of
   * all; now nobody waits for it.
   */
  async #prepare(server: LanguageServer, number: number): Promise<void> {
    const uri = this.#uri(number);
    if (this.#modules.has(number)) return;
    server.put(uri, "export {}");
    await server.ask("textDocument/diagnostic", { textDocument: { uri } });
  }

  /** Makes the names of a cell that has run known to those after it, with what the run told of their types. */
  ran(number: number, learnt: Learnt): Promise<void> {
    return this.#inOrder(async (server) => {
      const module = this.#modules.get(number);
      for (const name of module?.names ?? []) this.#names.set(name, { cell: number });
      for (const [name, type] of Object.entries(learnt.variables)) {
        // What a magic runs of the cell's own text is known better from that text.
        if (!module?.names.includes(name)) this.#names.set(name, { type });
      }
      if (module && Object.keys(learnt.lines).length > 0) {
        const refined = withTypes(module, learnt.lines);
        this.#modules.set(number, refined);
        server.put(this.#uri(number), moduleText(refined));
      }
      this.#forgetUnused(server);
      await this.#prepare(server, number + 1);
    }, undefined);
  }

  /** Forgets a cell that could not run. */
  drop(number: number): Promise<void> {
    return this.#inOrder(async (server) => {
      this.#modules.delete(number);
      server.close(this.#uri(number));
    }, undefined);
  }

  /** What can be written at a place of a cell (in UTF-16 units). */
  complete(source: string, cursor: number): Promise<CompletionItem[]> {
    return this.#about(source, cursor, "textDocument/completion", (answer) => completionsIn(answer), []);
  }

  /** What stands at a place, or the function whose parameters the place is in, in Markdown. */
  async explain(source: string, cursor: number): Promise<string | undefined> {
    const hover = await this.#about(source, cursor, "textDocument/hover", hoverIn, undefined);
    const found =
      hover ?? (await this.#about(source, cursor, "textDocument/signatureHelp", signatureIn, undefined));
    return found && tidy(found);
  }

  /** Number of cells that are kept. */
  get moduleCount(): number {
    return this.#modules.size;
  }

  /** Ends the server's process; what was learnt stays, and the next question starts another. */
  async end(): Promise<void> {
    const server = await this.#server;
    this.#server = undefined;
    server?.end();
  }

  /** Whether answers come at once. */
  get isRunning(): boolean {
    return this.#server !== undefined;
  }

  /** Asks about the cell that is being written. One question at a time: all are about the same document. */
  #about<Found>(
    source: string,
    cursor: number,
    method: string,
    read: (answer: unknown) => Found,
    nothing: Found,
  ): Promise<Found> {
    const cell = cellText(source);
    const line = source.lastIndexOf("\n", cursor - 1) + 1;
    // In a magic, or in another language.
    if (cell.text.slice(line, cursor) !== source.slice(line, cursor)) return Promise.resolve(nothing);
    const answer = this.#questions.then(() => this.#askAbout(cell, cursor, method));
    this.#questions = answer.catch(() => undefined);
    return answer.then((found) => (found === undefined ? nothing : read(found)));
  }

  async #askAbout(cell: CellText, cursor: number, method: string): Promise<unknown> {
    const server = await this.#running();
    if (!server) return undefined;
    const uri = this.#uri(WRITTEN);
    const declared = await this.#declaredBy(server, cell);
    const text = `${headOf(this.#names.usedBy(cell, declared))}\n${cell.text}`;
    if (text !== this.#written) server.put(uri, text);
    this.#written = text;
    const before = cell.text.slice(0, cursor).split("\n");
    const position = { line: before.length, character: (before.at(-1) ?? "").length };
    return server.ask(method, { textDocument: { uri }, position });
  }

  /** Names that the cell being written declares. */
  async #declaredBy(server: LanguageServer, cell: CellText): Promise<readonly string[]> {
    if (cell.text !== this.#declared.text) {
      this.#written = undefined;
      const { names } = await this.#namesOf(server, this.#uri(WRITTEN), cell);
      this.#declared = { text: cell.text, names };
    }
    return this.#declared.names;
  }

  #inOrder<Result>(work: (server: LanguageServer) => Promise<Result>, nothing: Result): Promise<Result> {
    const result = this.#work.then(async () => {
      const server = await this.#running();
      return server ? work(server) : nothing;
    });
    this.#work = result.catch(() => undefined);
    return result;
  }

  #running(): Promise<LanguageServer | undefined> {
    this.#server ??= this.#begin();
    return this.#server;
  }

  async #begin(): Promise<LanguageServer | undefined> {
    const server = await startServer(() => {
      // Whoever asks next starts another.
      this.#server = undefined;
    });
    for (const [name, text] of Object.entries(projectFiles(this.#folder)))
      server.put(this.#fileUri(name), text);
    for (const [number, module] of this.#modules) server.put(this.#uri(number), moduleText(module));
    const uri = this.#uri(WRITTEN);
    this.#written = undefined;
    server.put(uri, "export {}");
    // The first answer takes ten times as long as the next, and nobody waits for this one.
    await server.ask("textDocument/diagnostic", { textDocument: { uri } });
    return server;
  }

  #problemsIn(cell: CellText, found: readonly Diagnostic[]): Problem[] {
    if (UNCHECKED.test(cell.text)) return [];
    const isTolerant = !hasOwnConfig(this.#folder);
    return problemsIn(cell, isTolerant ? found.filter(({ code }) => !isMissingType(code)) : found);
  }

  /** Closes modules of which no name counts any more and which no other module imports. */
  #forgetUnused(server: LanguageServer): void {
    const used = this.#names.cells();
    const pending = [...used];
    for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
      for (const [imported, names] of this.#modules.get(number)?.used.imports ?? []) {
        if (names.length === 0) continue;
        if (!used.has(imported)) pending.push(imported);
        used.add(imported);
      }
    }
    for (const number of this.#modules.keys()) {
      if (used.has(number)) continue;
      this.#modules.delete(number);
      server.close(this.#uri(number));
    }
  }

  #uri(number: number): string {
    return this.#fileUri(`cell-${number}.ts`);
  }

  #fileUri(name: string): string {
    return pathToFileURL(join(this.#folder, name)).href;
  }
}

/** The module with the types of its line magics. */
function withTypes(module: CellModule, lines: Learnt["lines"]): CellModule {
  const known = module.cell.placeholders.filter(({ row }) => lines[row] !== undefined);
  const declarations = module.used.declarations.map((declaration) => {
    const found = known.find(({ name }) => declaration.startsWith(`declare const ${name}:`));
    return found ? `declare const ${found.name}: ${locateTypes(lines[found.row] ?? "any")};` : declaration;
  });
  return { ...module, used: { ...module.used, declarations } };
}

function moduleText({ cell, names, used }: CellModule, assigned?: ReadonlySet<string>): string {
  return `${headOf(used, assigned)}\n${cell.text}\nexport { ${names.join(", ")} };`;
}

async function diagnose(server: LanguageServer, uri: string): Promise<Diagnostic[]> {
  return diagnosticsIn(await server.ask("textDocument/diagnostic", { textDocument: { uri } }));
}

/** Names that a cell assigns to although they are of other cells. */
function assignedNames({ text }: CellText, found: readonly Diagnostic[]): Set<string> {
  const lines = text.split("\n");
  const names = found
    .filter(({ code }) => code === ASSIGNED_IMPORT)
    .map(
      ({ start }) => /^[\p{ID_Continue}$]+/u.exec((lines[start.line - 1] ?? "").slice(start.character))?.[0],
    );
  return new Set(names.filter((name) => name !== undefined));
}

function problemsIn({ text }: CellText, found: readonly Diagnostic[]): Problem[] {
  const lines = text.split("\n").length;
  const inside = found.filter(({ start, isError }) => isError && start.line >= 1 && start.line <= lines);
  if (inside.some(isSyntax)) return [];
  return inside.map(({ start, message, code }) => ({
    line: start.line,
    column: start.character + 1,
    message: tidy(message),
    code,
  }));
}

/** Places of our own files mean nothing to the user. */
function tidy(text: string): string {
  return text
    .replaceAll("(alias) ", "")
    .replace(/(?:typeof )?import\("[^"]*"\)\.?/g, (found) => (found.endsWith(".") ? "" : "module"));
}
