/** A mistake in a recipe, with its place in the text or object as written. `parse` turns it into a UserError with the line. */
export class RecipeMistake extends Error {
  override readonly name = "RecipeMistake";
  readonly path: readonly (string | number)[];
  readonly hint: string | undefined;

  constructor(path: readonly (string | number)[], message: string, hint?: string) {
    super(message);
    this.path = path;
    this.hint = hint;
  }
}

/** A path as people read it: `fields.tube_km.unit`, `subjects[0]`. */
export function showPath(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join("");
}
