import type { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";
import { breakableLines } from "./breakable-lines.ts";
import { Places } from "./places.ts";
import type { Script, Scripts } from "./scripts.ts";
import type { Sources } from "./sources.ts";

/** Where a front end was told that a breakpoint is. */
export interface Breakpoint {
  readonly verified: boolean;
  readonly line: number;
}

/** The breakpoints of a debugging run: those that were asked for, and what the inspector was told because of them. */
export class Breakpoints {
  readonly #inspector: Session;
  readonly #sources: Sources;
  readonly #scripts: Scripts;
  /** Path of a source → lines. */
  readonly #lines = new Map<string, readonly number[]>();
  /** Path of a source → the inspector's numbers. */
  readonly #told = new Map<string, string[]>();

  constructor(inspector: Session, sources: Sources, scripts: Scripts) {
    this.#inspector = inspector;
    this.#sources = sources;
    this.#scripts = scripts;
  }

  /** Replaces the breakpoints of a source. One on a line where nothing begins goes to the next on which something does. */
  async set(path: string, wanted: readonly number[]): Promise<Breakpoint[]> {
    const told = this.#told.get(path) ?? [];
    this.#told.delete(path);
    for (const breakpointId of told)
      await this.#inspector.post("Debugger.removeBreakpoint", { breakpointId });
    const breakpoints = wanted.map((line) => this.#settle(path, line));
    const lines = [...new Set(breakpoints.flatMap(({ verified, line }) => (verified ? [line] : [])))];
    if (lines.length > 0) this.#lines.set(path, lines);
    else this.#lines.delete(path);
    for (const script of this.#scripts.of(path)) await this.apply(script);
    if (!this.#sources.isCell(path)) await this.#applyToModule(path, lines);
    return breakpoints;
  }

  /** Tells the inspector what breakpoints a script has. */
  async apply(script: Script): Promise<void> {
    const lines = this.#lines.get(script.path);
    if (!lines || script.isModule) return;
    const start = { scriptId: script.id, lineNumber: 0, columnNumber: 0 };
    const { locations } = await this.#inspector.post("Debugger.getPossibleBreakpoints", { start });
    const possible = locations.map((location) => {
      const place = { line: location.lineNumber + 1, column: (location.columnNumber ?? 0) + 1 };
      return { location, line: script.places.original(place)?.line ?? 0, at: script.places.exact(place) };
    });
    for (const wanted of lines) {
      const line = Math.min(...possible.map((each) => each.line).filter((each) => each >= wanted));
      // What has no place of its own is there for us, such as the cell's own function, which runs but once before all else.
      const onLine = possible.filter((each) => each.line === line);
      const first = onLine.find(({ at }) => at) ?? onLine[0];
      if (!first) continue;
      const { scriptId, lineNumber, columnNumber = 0 } = first.location;
      const location = { scriptId, lineNumber, columnNumber };
      const { breakpointId } = await this.#inspector.post("Debugger.setBreakpoint", { location });
      this.#note(script.path, breakpointId);
    }
  }

  /** What a front end that connects anew is told. */
  list(): { readonly source: string; readonly breakpoints: readonly { readonly line: number }[] }[] {
    return [...this.#lines].map(([source, lines]) => ({
      source,
      breakpoints: lines.map((line) => ({ line })),
    }));
  }

  #settle(path: string, line: number): Breakpoint {
    const text = this.#sources.get(path);
    if (text === undefined) return { verified: true, line };
    const lines = breakableLines(text);
    const next = lines ? lines.find((each) => each >= line) : line;
    return next === undefined ? { verified: false, line } : { verified: true, line: next };
  }

  /** A module may be loaded later, or again after an edit, so its breakpoints go by its name. */
  async #applyToModule(path: string, lines: readonly number[]): Promise<void> {
    const places = Places.ofFile(path);
    const url = pathToFileURL(path).href.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    for (const wanted of lines) {
      const place = places.generated(wanted);
      if (!place) continue;
      const { breakpointId } = await this.#inspector.post("Debugger.setBreakpointByUrl", {
        urlRegex: places.isMapped ? `^${url}\\?` : `^${url}(?:\\?|$)`,
        lineNumber: place.line - 1,
        columnNumber: place.column - 1,
      });
      this.#note(path, breakpointId);
    }
  }

  #note(path: string, breakpointId: string): void {
    const told = this.#told.get(path) ?? [];
    told.push(breakpointId);
    this.#told.set(path, told);
  }
}
