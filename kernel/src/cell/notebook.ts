import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Loader, preloaded } from "../preloaded.ts";
import { type CompiledCell, compileCell } from "./compile.ts";
import { type Formatted, formatValue, type Shown } from "./display.ts";
import { type CellText, InterruptedError, type ShownError, showError } from "./errors.ts";
import { inspectName } from "./inspect.ts";
import { importNames, type Modules, modulesOf } from "./modules.ts";
import { References } from "./references.ts";
import { NotebookSession, type Output, type RunningCell, ShownValue } from "./session.ts";
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
}

interface Running extends RunningCell {
  readonly controller: AbortController;
  readonly stop: (reason: unknown) => void;
}

const MAGIC_LINE = /(?:^|=)[ \t]*%[A-Za-z%]/m;

/** The state of one open notebook, and the running of its cells. */
export class Notebook {
  readonly variables = new References();
  readonly session: NotebookSession;
  /** Names that exist without an import, with how each is made. */
  readonly preloaded: Readonly<Record<string, Loader>>;
  readonly #modules: Modules;
  readonly #texts = new Map<string, CellText>();
  #count = 0;
  #running: Running | undefined;

  constructor(folder: string, output: Output) {
    this.session = new NotebookSession(folder, this.variables, output, () => this.#running);
    this.preloaded = preloaded(this.session);
    this.#modules = modulesOf(folder, { tslab: () => tslabModule(this.session) });
    const file = join(folder, "notebook.ts");
    this.variables.provide("require", this.#modules.require);
    this.variables.provide("__filename", file);
    this.variables.provide("__dirname", folder);
    this.variables.provide("display", (value: unknown) => this.session.display(value));
    this.variables.provide("clearOutput", (wait?: boolean) => this.session.clearOutput(wait));
  }

  /** Runs a cell. Settles when the cell has ended or has been interrupted; never rejects for what the cell did. */
  async run(request: CellRequest): Promise<CellOutcome> {
    const url = this.#nextUrl();
    const controller = new AbortController();
    const text = { label: request.label, source: request.code, original: () => undefined };
    let stop: Running["stop"] = () => undefined;
    const stopped = new Promise<never>((_, reject) => {
      stop = reject;
    });
    const running: Running = { controller, signal: controller.signal, atEnd: [], stop };
    this.#running = running;
    this.variables.provide("signal", controller.signal);
    // In a microtask of its own: a terminated stack must not take the promise below with it.
    const work = Promise.resolve().then(() => this.#work(request, url));
    try {
      return await Promise.race([work, stopped]);
    } catch (error) {
      return { error: showError(error, (file) => this.#texts.get(file), text), expressions: {} };
    } finally {
      for (const end of running.atEnd) end();
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** Ends the running cell with an InterruptedError, as far as it can be ended without stopping JavaScript itself. */
  interrupt(): void {
    const running = this.#running;
    const error = new InterruptedError("interrupted");
    running?.stop(error);
    running?.controller.abort(error);
  }

  /** An error that no cell was waiting for, in the words of the notebook. */
  describe(error: unknown): ShownError {
    return showError(error, (file) => this.#texts.get(file));
  }

  /** The value of a name, for completion and inspection; loads it when it is a preloaded one. */
  async lookUp(name: string): Promise<unknown> {
    await this.#preload([name]);
    return this.variables.get(name);
  }

  async #work(request: CellRequest, url: string): Promise<CellOutcome> {
    const value = await this.#evaluate(request.code, url, request.label);
    const isShown = value === undefined || value instanceof ShownValue;
    const formatted: Formatted | undefined = isShown ? undefined : await formatValue(value);
    const error = formatted && "error" in formatted ? this.describe(formatted.error) : undefined;
    const expressions = error ? {} : await this.#expressions(request.expressions);
    return { ...(formatted && { result: formatted.shown }), ...(error && { error }), expressions };
  }

  async #evaluate(code: string, url: string, label: string): Promise<unknown> {
    const magics = MAGIC_LINE.test(code) ? (await import("../magics/index.ts")).magics : [];
    const cell = compileCell(code, {
      url,
      isShared: (name) => this.variables.isOwn(name) || name in this.preloaded || !(name in globalThis),
      isMagic: (name) => magics.some((magic) => magic.name === name),
    });
    this.#texts.set(url, { label, source: code, original: cell.original });
    await this.#preload(cell.references.filter((name) => !cell.declared.has(name)));
    const { run } = cell;
    return run(...this.#parameters(cell, url));
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

  readonly #magic = async (name: string, line: string, body?: string): Promise<unknown> => {
    const { runMagic } = await import("../magics/run.ts");
    const kind = body === undefined ? "line" : "cell";
    return runMagic(this.session, { name, kind, line, ...(body !== undefined && { body }) });
  };

  readonly #help = async (name: string): Promise<Shown> => {
    const found = await inspectName(this, name);
    return { data: found ?? { "text/plain": `There is no "${name}" here.` }, metadata: {} };
  };

  async #preload(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const load = Object.hasOwn(this.preloaded, name) ? this.preloaded[name] : undefined;
      if (!load || this.variables.isOwn(name) || this.variables.has(name)) continue;
      const value = await load();
      this.variables.provide(name, value);
    }
  }

  async #expressions(expressions: CellRequest["expressions"]): Promise<Record<string, Shown | ShownError>> {
    const answers: Record<string, Shown | ShownError> = {};
    for (const [name, code] of Object.entries(expressions)) {
      try {
        answers[name] = (await formatValue(await this.#evaluate(code, this.#nextUrl(), name))).shown;
      } catch (error) {
        answers[name] = this.describe(error);
      }
    }
    return answers;
  }

  #nextUrl(): string {
    this.#count += 1;
    return pathToFileURL(join(this.session.folder, `cell-${this.#count}.ts`)).href;
  }
}

function metaOf(url: string) {
  const filename = fileURLToPath(url);
  return { url, filename, dirname: dirname(filename), resolve: (path: string) => new URL(path, url).href };
}
