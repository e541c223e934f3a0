import { transformSync } from "oxc-transform";
import { lower, type Stripped } from "./lower.ts";
import { parses } from "./rewrite.ts";

/** A mistake in the text of a cell; `position` is an index into the text given. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

/** What a text has that may need lowering: decorators, or accessors of classes. */
const NEWER = /@|\baccessor\b/;

/**
 * Takes the types out of TypeScript. Imports are kept although unused: a later cell may use them. Decorators, which no
 * runtime knows yet, are lowered. `file` is a path or an address.
 */
export function stripTypes(source: string, file: string): Stripped {
  const { code, map, errors } = transformSync(file, source, {
    lang: "ts",
    sourceType: "module",
    sourcemap: true,
    typescript: { onlyRemoveTypeImports: true },
  });
  const [error] = errors;
  if (error) {
    // What the fast transform says of itself, not of the text, such as of namespaces that export variables.
    const lowered = error.message.includes("supported by Oxc") && lower(source, file);
    if (lowered) return lowered;
    throw new CellSyntaxError(error.message, indexOfByte(source, error.labels.at(-1)?.start ?? 0));
  }
  const lowered = NEWER.test(code) && !parses(code) && lower(source, file);
  return (
    lowered || {
      code,
      map: JSON.stringify(map ?? { version: 3, sources: [], names: [], mappings: "" }),
      isLowered: false,
    }
  );
}

/** The labels of oxc count bytes of UTF-8. */
function indexOfByte(source: string, byte: number): number {
  return Buffer.from(source).subarray(0, byte).toString().length;
}
