import { existsSync } from "node:fs";
import type { Debugger } from "node:inspector";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { DebuggedCode } from "./code.ts";
import { isForeign } from "./foreign.ts";
import { Places } from "./places.ts";
import type { Sources } from "./sources.ts";

/** A script of the user's: a cell, or a file that cells import. */
export interface Script {
  readonly id: string;
  /** Such as `In[12]`, or the name of the file. */
  readonly name: string;
  /** Path of its source. */
  readonly path: string;
  readonly places: Places;
  /** Whether it is a module, loaded by its name, rather than code that was made to run once. */
  readonly isModule: boolean;
}

/** How many runs of the same cell keep their breakpoints; functions that older runs have left do without. */
const MOST_RUNS = 20;

/** The scripts of the main thread, as the inspector tells of them. */
export class Scripts {
  readonly #sources: Sources;
  readonly #codes = new Map<string, DebuggedCode>();
  /** Number of a script → its URL. */
  readonly #urls = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  readonly #found = new Map<string, Script>();
  readonly #waiting = new Map<string, (script: Script | undefined) => void>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Takes note of a script that the main thread has loaded. */
  parsed({ scriptId, url }: Debugger.ScriptParsedEventDataType): void {
    if (isForeign(url)) return;
    this.#urls.set(scriptId, url);
    this.#numbers.set(url, scriptId);
    this.#waiting.get(url)?.(this.find(scriptId));
    this.#waiting.delete(url);
  }

  /** Takes note of the text from which a script was made; settles when the inspector knows the script. */
  add(code: DebuggedCode): Promise<Script | undefined> {
    if (isForeign(code.url)) return Promise.resolve(undefined);
    this.#codes.set(code.url, code);
    this.#sources.add(code.source);
    const id = this.#numbers.get(code.url);
    if (id !== undefined) return Promise.resolve(this.find(id));
    return new Promise((resolve) => this.#waiting.set(code.url, resolve));
  }

  /** Lets go of those who wait for scripts of which the inspector will not tell any more. */
  end(): void {
    for (const settle of this.#waiting.values()) settle(undefined);
    this.#waiting.clear();
  }

  /** The user's script of that number; undefined for code that is not the user's. */
  find(id: string): Script | undefined {
    const known = this.#found.get(id);
    if (known) return known;
    const url = this.#urls.get(id);
    const script = url === undefined ? undefined : (this.#cell(id, url) ?? fileScript(id, url));
    if (script) this.#found.set(id, script);
    return script;
  }

  /** The scripts that were made from a source, one for each time it was run of late. */
  of(path: string): Script[] {
    const all = [...this.#urls.keys()].flatMap((id) => this.find(id) ?? []);
    return all.filter((script) => script.path === path).slice(-MOST_RUNS);
  }

  /** The files of the user's that are loaded. */
  files(): Script[] {
    return [...this.#urls].flatMap(([id, url]) => (this.#codes.has(url) ? [] : (this.find(id) ?? [])));
  }

  #cell(id: string, url: string): Script | undefined {
    const code = this.#codes.get(url);
    if (!code) return undefined;
    const path = code.isFile ? fileURLToPath(url) : this.#sources.add(code.source);
    return { id, name: code.label, path, places: new Places(code.map), isModule: false };
  }
}

function fileScript(id: string, url: string): Script | undefined {
  if (!url.startsWith("file:")) return undefined;
  const path = fileURLToPath(url.replace(/\?.*$/, ""));
  if (!existsSync(path)) return undefined;
  return { id, name: basename(path), path, places: Places.ofFile(path), isModule: true };
}
