import { createRequire } from "node:module";

/** A place in a text; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

type Remapping = typeof import("@jridgewell/remapping");
type TraceMapping = typeof import("@jridgewell/trace-mapping");

// Most cells need no map, so what reads maps is loaded with the first one that does.
const require = createRequire(import.meta.url);

/** The map from the last text of a chain of transformations to the first, by the maps of its steps, last step first. */
export function joinMaps(maps: string[]): string {
  const remapping: Remapping["default"] = require("@jridgewell/remapping");
  return remapping(maps, () => null).toString();
}

/** Finds the places in a source that places in what was made of it came from, by a source map as JSON. */
export function originalPlaces(map: string): (place: Place) => Place | undefined {
  const { originalPositionFor, TraceMap }: TraceMapping = require("@jridgewell/trace-mapping");
  const traced = new TraceMap(map);
  return ({ line, column }) => {
    const found = originalPositionFor(traced, { line, column: column - 1 });
    return found.line === null ? undefined : { line: found.line, column: found.column + 1 };
  };
}
