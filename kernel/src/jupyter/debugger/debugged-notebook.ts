import { type Formatted, formatValue, plainText } from "../../cell/display.ts";
import type { Notebook } from "../../cell/notebook.ts";
import type { Reference } from "../../cell/references.ts";
import { type CellText, keptTexts } from "../../cell/texts.ts";
import { DEBUGGER_KEY, type DebuggedCode, type Variable } from "./code.ts";
import { VariableLists } from "./variables.ts";

/**
 * The main thread's side of the debugger. While a cell stands still at a breakpoint, the inspector calls its methods on
 * values of the frame; else the protocol thread asks as it asks everything.
 */
export class DebuggedNotebook {
  readonly lists = new VariableLists();
  readonly #notebook: Notebook;
  readonly #tell: (number: number, code: DebuggedCode) => void;
  readonly #waiting = new Map<number, () => void>();
  #count = 0;
  #isOn = false;

  constructor(notebook: Notebook, tell: (number: number, code: DebuggedCode) => void) {
    this.#notebook = notebook;
    this.#tell = tell;
  }

  /** Starts or ends a debugging run; returns the code there is so far. */
  turn(on: boolean): DebuggedCode[] {
    this.#isOn = on;
    const key = Symbol.for(DEBUGGER_KEY);
    if (on) Object.defineProperty(globalThis, key, { value: this, configurable: true });
    else Reflect.deleteProperty(globalThis, key);
    return on ? [...keptTexts()].flatMap(([url, text]) => debuggedCode(url, text) ?? []) : [];
  }

  /** Tells a debugger, if there is one, of code that is about to run, and waits until its breakpoints are set. */
  compiled(url: string, text: CellText): Promise<void> | undefined {
    const code = this.#isOn ? debuggedCode(url, text) : undefined;
    if (!code) return undefined;
    this.#count += 1;
    const number = this.#count;
    this.#tell(number, code);
    return new Promise((resolve) => this.#waiting.set(number, resolve));
  }

  /** Lets code run that has waited. */
  proceed(number: number): void {
    this.#waiting.get(number)?.();
    this.#waiting.delete(number);
  }

  /** The variables of the notebook. */
  globals(): Variable[] {
    const { variables } = this.#notebook;
    return this.lists.list(variables.names().map((name) => [name, variables.get(name)] as const));
  }

  /** The names of the variables of the notebook. */
  names(): string[] {
    return this.#notebook.variables.names();
  }

  /** The reference cells of names, for code that is evaluated in a frame. */
  references(names: readonly string[], declared: readonly string[]): Reference[] {
    for (const name of declared) this.#notebook.variables.declare(name);
    return names.map((name) => this.#notebook.variables.cell(name));
  }

  /** A variable of the notebook as a cell would show it. */
  async rich(name: string): Promise<Formatted | undefined> {
    const { variables } = this.#notebook;
    return variables.has(name) ? formatValue(variables.get(name)) : undefined;
  }

  /** A value as text; while the thread stands still, nothing that must be waited for can be had. */
  plain(value: unknown): string {
    return plainText(value);
  }

  /** Gives a variable of the notebook a value. */
  set(name: string, value: unknown): void {
    this.#notebook.variables.set(name, value);
  }
}

/** Code as the debugger is told of it; undefined for what has no source map. */
function debuggedCode(
  url: string,
  { label, source, isFile = false, map }: CellText,
): DebuggedCode | undefined {
  return map && { url, label, source, isFile, map: map() };
}
