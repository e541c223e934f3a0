/** Properties that recipes of 2019 carry and that mean nothing. */
export const MEANINGLESS: ReadonlySet<string> = new Set([
  "name",
  "metadata",
  "description",
  "builtInClass",
  "//",
]);
