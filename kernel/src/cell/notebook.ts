import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findMagics } from "@tombolo/bundle/cell/split";
import { Current } from "../engine/current.ts";
import { runWritten } from "../engine/written.ts";
import type { PastCell, Snippet } from "../magics/session.ts";
import { preloaded } from "../preloaded/index.ts";
import { adviceFor } from "./advice.ts";
import { type CompiledCell, type CompileOptions, compileCell } from "./compile.ts";
import { type Formatted, formatValue, type Shown } from "./display.ts";
import { ShownValue } from "./displays.ts";
import { InterruptedError, notePlace, type ShownError, showError } from "./errors.ts";
import { explanationForms } from "./explanation.ts";
import type { Host } from "./host.ts";
import { inspectName } from "./inspect.ts";
import { importNames, type Modules, modulesOf } from "./modules.ts";
import { References } from "./references.ts";
import { NotebookSession, type RunningCell } from "./session.ts";
import { type CellText, keepText } from "./texts.ts";
import { tslabModule } from "./tslab.ts";

/** A cell to run. */
export interface CellRequest {
  readonly code: string;
  /** What tracebacks call it, such as `In[12]`. */
  readonly label: string;
  /** Expressions to be evaluated after a cell that did not fail, by name. */
  readonly expressions: Readonly<Record<string, string>>;
}

/** How a cell ended. */
export interface CellOutcome {
  readonly error?: ShownError;
  readonly result?: Shown;
  readonly expressions: Readonly<Record<string, Shown | ShownError>>;
  readonly nextInput?: RunningCell["nextInput"];
  /** TypeScript types that only the run could tell. */
  readonly types: LearntTypes;
}

/** Types of what magics have given. */
export interface LearntTypes {
  /** Variables that a magic has set: name → type. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values of line magics: line of the cell → type. */
  readonly lines: Readonly<Record<number, string>>;
}

interface Running extends RunningCell {
  readonly request: CellRequest;
  readonly url: string;
  readonly controller: AbortController;
  readonly stop: (reason: unknown) => void;
  readonly lineTypes: Record<number, string>;
}

/** What a magic of a cell is called with: name, line, where it stands, and the lines below a cell magic. */
type MagicParameters = [
  name: string,
  line: string,
  place: { readonly row: number; readonly assigned: boolean },
  body?: string,
];

/** A text that runs, as errors show it. */
interface ShownText extends Pick<CellRequest, "label" | "code"> {
  readonly isFile?: boolean;
  /** Whether a magic runs it. */
  readonly isSnippet?: boolean;
}

/** The state of one open notebook, and the running of its cells. */
export class Notebook {
  readonly variables = new References();
  readonly session: NotebookSession;
  readonly #modules: Modules;
  readonly #past: PastCell[] = [];
  readonly #running = new Set<Running>();
  readonly #current = new Current<Running>();
  readonly #home: string;
  /** Names whose types the text of a cell tells. */
  readonly #typed = new Set<string>();
  /** Names that a magic has declared by code that it ran. */
  readonly #toLearn = new Set<string>();
  readonly #host: Host;
  #count = 0;

  constructor(folder: string, host: Host) {
    this.#home = folder;
    this.#host = host;
    this.session = new NotebookSession(folder, this.variables, host, {
      running: () => this.#runningCell(),
      history: () => this.#past,
      compile: (snippet) => this.#compileSnippet(snippet),
      load: (specifier) => this.#modules.load(specifier),
    });
    this.#modules = modulesOf(folder, { tslab: () => tslabModule(this.session) });
    this.variables.provide("require", this.#modules.require);
    this.variables.provide("__filename", join(folder, "notebook.ts"));
    this.variables.provide("__dirname", folder);
  }

  /** Runs a cell. Settles when the cell has ended or has been interrupted; never rejects for what the cell did. */
  run(request: CellRequest): Promise<CellOutcome> {
    const controller = new AbortController();
    let stop: Running["stop"] = () => undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    const { signal } = controller;
    const running: Running = {
      request,
      url: this.#nextUrl(),
      controller,
      signal,
      atEnd: [],
      stop,
      lineTypes: {},
    };
    this.variables.provide("signal", signal);
    return runWritten(request.code, () => this.#current.run(running, () => this.#watch(running, stopped)));
  }

  /** Ends the running cells with an InterruptedError, as far as they can be ended without stopping JavaScript itself. */
  interrupt(): void {
    const error = new InterruptedError("interrupted");
    for (const running of this.#running) {
      running.stop(error);
      running.controller.abort(error);
    }
  }

  /** An error that no cell was waiting for, in the words of the notebook. */
  describe(error: unknown): ShownError {
    return this.#showError(error);
  }

  #showError(error: unknown, failing?: CellText): ShownError {
    const advice = adviceFor(error, failing?.source ?? "", (name) => this.variables.get(name));
    return showError(error, { failing, keepsValues: !this.session.hasClosedData, advice });
  }

  /** The value of a name, for completion and inspection; loads it when it is a preloaded one. */
  async lookUp(name: string): Promise<unknown> {
    await this.#preload([name]);
    return this.variables.get(name);
  }

  /** TypeScript types of the line magics of a cell that has not run: line of the cell → type. */
  async foresee(code: string): Promise<LearntTypes["lines"]> {
    const types: Record<number, string> = {};
    const text = code.replaceAll("\r\n", "\n");
    const { magics } = this.session;
    for (const { name, line, row, assigned, body } of findMagics(text, (known) => magics.has(known))) {
      if (!assigned || body !== undefined) continue;
      const { foreseeMagic } = await import("../magics/dispatch.ts");
      // A call that is written wrongly is told by the run.
      const value = await foreseeMagic(this.session, { name, kind: "line", line }).catch(() => undefined);
      if (value !== undefined) types[row] = await typeOf(value);
    }
    return types;
  }

  async #watch(running: Running, stopped: Promise<never>): Promise<CellOutcome> {
    const { request } = running;
    const text = { label: request.label, source: request.code, original: () => undefined };
    this.#running.add(running);
    // In a microtask of its own: a terminated stack must not take the promise below with it.
    const work = Promise.resolve().then(() => this.#work(running));
    const outcome = await Promise.race([work, stopped]).catch((error) => {
      return { error: this.#showError(error, text), expressions: {} };
    });
    for (const end of running.atEnd) end();
    this.#running.delete(running);
    this.#past.push({ label: request.label, source: request.code });
    const { nextInput, lineTypes } = running;
    const types = { variables: await this.#setTypes(), lines: lineTypes };
    return { ...outcome, types, ...(nextInput && { nextInput }) };
  }

  async #work({ request, url }: Running): Promise<Omit<CellOutcome, "types">> {
    const value = await this.#valueOf(request, url);
    const isShown = value === undefined || value instanceof ShownValue;
    const formatted: Formatted | undefined = isShown ? undefined : await formatValue(value);
    await this.session.warnOfPrinting(formatted?.isPlain);
    const error = formatted && "error" in formatted ? this.describe(formatted.error) : undefined;
    const expressions = error ? {} : await this.#expressions(request.expressions);
    return { ...(formatted?.shown && { result: formatted.shown }), ...(error && { error }), expressions };
  }

  /** What a cell gives. Also what it shows without waiting for it belongs to it, and is there before its end. */
  async #valueOf(request: CellRequest, url: string): Promise<unknown> {
    const run = await this.#compile(request.code, url, request);
    try {
      return await run();
    } finally {
      await this.session.displaysSettled();
    }
  }

  /** Code of a magic: it has the line numbers of the cell in which it stands, or those of its file. */
  #compileSnippet({ code, line = 1, file }: Snippet): Promise<() => unknown> {
    const running = this.#runningCell();
    if (file !== undefined) {
      return this.#compile(code, pathToFileURL(file).href, {
        label: file,
        code,
        isFile: true,
        isSnippet: true,
      });
    }
    const shown = running?.request ?? { label: "code of a magic", code };
    return this.#compile("\n".repeat(line - 1) + code, this.#nextUrl(), { ...shown, isSnippet: true });
  }

  async #compile(code: string, url: string, shown: ShownText): Promise<() => unknown> {
    const cell = compileCell(code, this.#compileOptions(url));
    const { original, map } = cell;
    const { label, code: source, isFile = false } = shown;
    const text: CellText = { label, source, isFile, original, map };
    keepText(url, text);
    await this.#host.compiled?.(url, text);
    const known = shown.isSnippet ? this.#toLearn : this.#typed;
    for (const name of cell.declared.keys()) known.add(name);
    await this.#preload(cell.references.filter((name) => !cell.declared.has(name)));
    const { run } = cell;
    return () => run(...this.#parameters(cell, url));
  }

  /** In a function of its own: what errors keep of a cell would hold all that stands beside these functions. */
  #compileOptions(url: string): CompileOptions {
    return {
      url,
      isShared: (name) =>
        this.variables.isOwn(name) || Object.hasOwn(preloaded, name) || !(name in globalThis),
      isMagic: (name) => this.session.magics.has(name),
    };
  }

  #parameters({ references, declared }: CompiledCell, url: string): unknown[] {
    for (const [name, kind] of declared) {
      this.variables.declare(name);
      const reference = this.variables.cell(name);
      if (kind === "var" && !reference.isSet) reference.v = undefined;
    }
    const cells = references.map((name) => this.variables.cell(name));
    return [...cells, this.#magic, this.#help, this.#modules.load, importNames, metaOf(url)];
  }

  /** What a magic of a cell becomes: a call that gives its value, or, as `shown`, one that shows it where it stands. */
  readonly #magic = Object.assign((...call: MagicParameters) => this.#runMagic(...call), {
    shown: async (...call: MagicParameters): Promise<void> => {
      const value = await this.#runMagic(...call);
      if (value === undefined || value instanceof ShownValue) return;
      const magic = await this.session.magics.load(call[0]);
      if (!magic?.runsCode) await this.session.display(value);
    },
  });

  async #runMagic(...[name, line, { row, assigned }, body]: MagicParameters): Promise<unknown> {
    const { runMagic } = await import("../magics/dispatch.ts");
    const kind = body === undefined ? "line" : "cell";
    const call = { name, kind, line, row, assigned, ...(body !== undefined && { body }) } as const;
    const value = await runMagic(this.session, call).catch((error) => {
      notePlace(error, row, body !== undefined);
      throw error;
    });
    const running = this.#runningCell();
    if (running && assigned) running.lineTypes[row] = await typeOf(value);
    return value;
  }

  readonly #help = async (name: string): Promise<Shown> => {
    const found = await inspectName(this, name, this.session.hasClosedData);
    const data = found
      ? explanationForms(found, undefined, true)
      : { "text/plain": `There is no "${name}" here.` };
    return { data, metadata: {} };
  };

  #runningCell(): Running | undefined {
    const running = this.#current.get();
    return running && this.#running.has(running) ? running : undefined;
  }

  async #preload(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const load = Object.hasOwn(preloaded, name) ? preloaded[name] : undefined;
      if (!load || this.variables.isOwn(name) || this.variables.has(name)) continue;
      const entry = await load();
      const value = await entry.load(this.session);
      // What shows as [Function: input] tells more than [Function (anonymous)].
      if (typeof value === "function" && value.name === "")
        Object.defineProperty(value, "name", { value: name });
      this.variables.provide(name, value);
    }
  }

  async #expressions(expressions: CellRequest["expressions"]): Promise<Record<string, Shown | ShownError>> {
    const answers: Record<string, Shown | ShownError> = {};
    for (const [name, code] of Object.entries(expressions)) {
      try {
        const evaluate = await this.#compile(code, this.#nextUrl(), { label: name, code });
        const { shown, error } = await formatValue(await evaluate());
        answers[name] = shown ?? this.describe(error);
      } catch (error) {
        answers[name] = this.describe(error);
      }
    }
    return answers;
  }

  /** Types of what magics have set or run, and of what was assigned without a declaration. */
  async #setTypes(): Promise<Record<string, string>> {
    const undeclared = this.variables.names().filter((name) => !this.#typed.has(name));
    const names = new Set([...this.variables.takeSet(), ...this.#toLearn, ...undeclared]);
    this.#toLearn.clear();
    const types: Record<string, string> = {};
    for (const name of names) {
      this.#typed.add(name);
      if (this.variables.has(name)) types[name] = await typeOf(this.variables.get(name));
    }
    return types;
  }

  #nextUrl(): string {
    this.#count += 1;
    return pathToFileURL(join(this.#home, `cell-${this.#count}.ts`)).href;
  }
}

async function typeOf(value: unknown): Promise<string> {
  const { typeText } = await import("./type-text.ts");
  return typeText(value);
}

function metaOf(url: string) {
  const filename = fileURLToPath(url);
  return { url, filename, dirname: dirname(filename), resolve: (path: string) => new URL(path, url).href };
}
