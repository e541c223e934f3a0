import { UserError } from "../errors.ts";

/** A step in a recipe: a property, or a place in a list. */
export type Step = string | number;

/** Place of something in a recipe as written. */
export type Path = readonly Step[];

/** Words by which a program tells the mistakes in recipes apart. */
export type MistakeCode =
  | "invalid-recipe"
  | "invalid-parameter"
  | "field-not-single-value"
  | "unknown-field-class"
  | "unknown-exporter"
  | "model-not-found"
  | "reserved-label";

/** A mistake in a recipe, with its place in the text or object as written. `parse` turns it into a UserError with the line. */
export class RecipeMistake extends Error {
  override readonly name = "RecipeMistake";
  readonly path: Path;
  readonly hint: string | undefined;
  readonly code: MistakeCode;

  constructor(path: Path, message: string, hint?: string, code: MistakeCode = "invalid-recipe") {
    super(message);
    this.path = path;
    this.hint = hint === "" ? undefined : hint;
    this.code = code;
  }
}

/** Several mistakes in one recipe. */
export class RecipeMistakes extends Error {
  override readonly name = "RecipeMistakes";
  readonly mistakes: readonly RecipeMistake[];

  constructor(mistakes: readonly RecipeMistake[]) {
    super(mistakes.map(({ message }) => message).join("\n"));
    this.mistakes = mistakes;
  }
}

/** A mistake as people are told it, with its place. */
export function toldMistake({ path, message, hint, code }: RecipeMistake): UserError {
  const where = showPath(path);
  return new UserError(where === "" ? message : `${where}: ${message}`, {
    where,
    code,
    ...(hint !== undefined && { hint }),
  });
}

/** A path as people read it: `fields.tube_km.unit`, `subjects[0]`. */
export function showPath(path: Path): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}

/** What was written, for a message: a text as it is, anything else as short JSON. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
