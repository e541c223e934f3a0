import { transformSync } from "oxc-transform";

/** JavaScript of a piece of TypeScript, with the map back to it. */
export interface Stripped {
  readonly code: string;
  /** A source map, as JSON. */
  readonly map: string;
}

/** A mistake in the text of a cell; `position` is an index into the text given. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** Takes the types out of TypeScript. Imports are kept although unused: a later cell may use them. */
export function stripTypes(source: string, file: string): Stripped {
  const { code, map, errors } = transformSync(file, source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = errors;
  if (error) throw new CellSyntaxError(error.message, indexOfByte(source, error.labels.at(-1)?.start ?? 0));
  return { code, map: JSON.stringify(map ?? { version: 3, sources: [], names: [], mappings: "" }) };
}

/** The labels of oxc count bytes of UTF-8. */
function indexOfByte(source: string, byte: number): number {
  return Buffer.from(source).subarray(0, byte).toString().length;
}
