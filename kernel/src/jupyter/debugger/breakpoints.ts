import type { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";
import { breakableLines } from "./breakable-lines.ts";
import { Places } from "./places.ts";
import type { Script, Scripts } from "./scripts.ts";
import type { Sources } from "./sources.ts";
import { CountedBreakpoint, mistakeIn, type WantedBreakpoint } from "./stop-condition.ts";

/** Where a front end was told that a breakpoint is. */
export interface Breakpoint {
  readonly verified: boolean;
  readonly line: number;
  /** Why it cannot be there. */
  readonly message?: string;
}

/** The breakpoints of a debugging run: those that were asked for, and what the inspector was told because of them. */
export class Breakpoints {
  readonly #inspector: Session;
  readonly #sources: Sources;
  readonly #scripts: Scripts;
  /** Path of a source → its breakpoints, each on a line of its own. */
  readonly #points = new Map<string, readonly CountedBreakpoint[]>();
  /** Path of a source → the inspector's numbers. */
  readonly #told = new Map<string, string[]>();
  /** The inspector's number → breakpoint. */
  readonly #numbered = new Map<string, CountedBreakpoint>();

  constructor(inspector: Session, sources: Sources, scripts: Scripts) {
    this.#inspector = inspector;
    this.#sources = sources;
    this.#scripts = scripts;
  }

  /** Replaces the breakpoints of a source. One on a line where nothing begins goes to the next on which something does. */
  async set(path: string, wanted: readonly WantedBreakpoint[]): Promise<Breakpoint[]> {
    const told = this.#told.get(path) ?? [];
    this.#told.delete(path);
    for (const breakpointId of told) {
      this.#numbered.delete(breakpointId);
      await this.#inspector.post("Debugger.removeBreakpoint", { breakpointId });
    }
    const points = new Map<number, CountedBreakpoint>();
    const breakpoints = wanted.map((each) => {
      const settled = this.#settle(path, each);
      const { verified, line } = settled;
      if (verified && !points.has(line)) points.set(line, new CountedBreakpoint({ ...each, line }));
      return settled;
    });
    if (points.size > 0) this.#points.set(path, [...points.values()]);
    else this.#points.delete(path);
    for (const script of this.#scripts.of(path)) await this.apply(script);
    if (!this.#sources.isCell(path)) await this.#applyToModule(path, [...points.values()]);
    return breakpoints;
  }

  /** The breakpoints that the inspector has reached. */
  reached(numbers: readonly string[] = []): CountedBreakpoint[] {
    return numbers.flatMap((number) => this.#numbered.get(number) ?? []);
  }

  /** Tells the inspector what breakpoints a script has. */
  async apply(script: Script): Promise<void> {
    const points = this.#points.get(script.path);
    if (!points || script.isModule) return;
    const start = { scriptId: script.id, lineNumber: 0, columnNumber: 0 };
    const { locations } = await this.#inspector.post("Debugger.getPossibleBreakpoints", { start });
    const possible = locations.map((location) => {
      const place = { line: location.lineNumber + 1, column: (location.columnNumber ?? 0) + 1 };
      return { location, line: script.places.original(place)?.line ?? 0, at: script.places.exact(place) };
    });
    for (const point of points) {
      const { line: wanted } = point.wanted;
      const line = Math.min(...possible.map((each) => each.line).filter((each) => each >= wanted));
      // What has no place of its own is there for us, such as the cell's own function, which runs but once before all else.
      const onLine = possible.filter((each) => each.line === line);
      const first = onLine.find(({ at }) => at) ?? onLine[0];
      if (!first) continue;
      const { scriptId, lineNumber, columnNumber = 0 } = first.location;
      const location = { scriptId, lineNumber, columnNumber };
      const { breakpointId } = await this.#inspector.post("Debugger.setBreakpoint", { location });
      this.#note(script.path, breakpointId, point);
    }
  }

  /** What a front end that connects anew is told. */
  list(): { readonly source: string; readonly breakpoints: readonly WantedBreakpoint[] }[] {
    return [...this.#points].map(([source, points]) => ({
      source,
      breakpoints: points.map(({ wanted }) => wanted),
    }));
  }

  #settle(path: string, wanted: WantedBreakpoint): Breakpoint {
    const { line } = wanted;
    const message = mistakeIn(wanted);
    if (message !== undefined) return { verified: false, line, message };
    const text = this.#sources.get(path);
    if (text === undefined) return { verified: true, line };
    const lines = breakableLines(text);
    const next = lines ? lines.find((each) => each >= line) : line;
    return next === undefined ? { verified: false, line } : { verified: true, line: next };
  }

  /** A module may be loaded later, or again after an edit, so its breakpoints go by its name. */
  async #applyToModule(path: string, points: readonly CountedBreakpoint[]): Promise<void> {
    const places = Places.ofFile(path);
    const url = pathToFileURL(path).href.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    for (const point of points) {
      const place = places.generated(point.wanted.line);
      if (!place) continue;
      const { breakpointId } = await this.#inspector.post("Debugger.setBreakpointByUrl", {
        urlRegex: places.isMapped ? `^${url}\\?` : `^${url}(?:\\?|$)`,
        lineNumber: place.line - 1,
        columnNumber: place.column - 1,
      });
      this.#note(path, breakpointId, point);
    }
  }

  #note(path: string, breakpointId: string, point: CountedBreakpoint): void {
    this.#numbered.set(breakpointId, point);
    const told = this.#told.get(path) ?? [];
    told.push(breakpointId);
    this.#told.set(path, told);
  }
}
