import { readFileSync } from "node:fs";
import {
  generatedPositionFor,
  type InvalidOriginalMapping,
  LEAST_UPPER_BOUND,
  type OriginalMapping,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";
import type { Place } from "../../cell/source-maps.ts";
import { stripTypes } from "../../cell/strip.ts";

const TYPESCRIPT = /\.[cm]?tsx?$/;

/** From places in the code that runs to places in the text that the user wrote, and back. */
export class Places {
  readonly #map: TraceMap | undefined;

  /** By a source map as JSON; without one the code runs as it was written. */
  constructor(map: string | undefined) {
    this.#map = map === undefined ? undefined : new TraceMap(map);
  }

  /** The places of a file that cells import. */
  static ofFile(path: string): Places {
    if (!TYPESCRIPT.test(path)) return new Places(undefined);
    return new Places(stripTypes(readFileSync(path, "utf8"), path).map);
  }

  /** Whether what runs is not what was written. */
  get isMapped(): boolean {
    return this.#map !== undefined;
  }

  /** The place in the user's text. What was put before the first word of a line belongs to that word. */
  original({ line, column }: Place): Place | undefined {
    if (!this.#map) return { line, column };
    const next = { line, column: column - 1, bias: LEAST_UPPER_BOUND } as const;
    return this.exact({ line, column }) ?? placeOf(originalPositionFor(this.#map, next));
  }

  /** The place in the user's text, unless what is there was put before the first word of a line. */
  exact({ line, column }: Place): Place | undefined {
    if (!this.#map) return { line, column };
    return placeOf(originalPositionFor(this.#map, { line, column: column - 1 }));
  }

  /** The first place in the running code that comes from a line of the user's text, or from one of the next few. */
  generated(line: number): Place | undefined {
    const source = this.#map?.sources[0];
    if (!this.#map || source === undefined || source === null) return { line, column: 1 };
    for (let row = line; row < line + MOST_LINES_ON; row++) {
      const found = generatedPositionFor(this.#map, {
        source,
        line: row,
        column: 0,
        bias: LEAST_UPPER_BOUND,
      });
      if (found.line !== null) return { line: found.line, column: found.column + 1 };
    }
    return undefined;
  }
}

const MOST_LINES_ON = 50;

function placeOf({ line, column }: OriginalMapping | InvalidOriginalMapping): Place | undefined {
  return line === null ? undefined : { line, column: column + 1 };
}
