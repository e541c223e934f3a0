/** Why Vega has not drawn a specification, as the end of a sentence: its own words, where they are meant for people. */
export function vegaReason(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof TypeError) return "a part of it is missing, or is not what it should be";
  // What reads expressions says only what it has met.
  if (said.startsWith("Unexpected ")) return `an expression in it cannot be read: ${said}`;
  return said === "Disabled."
    ? "an expression in it is more than one value, such as a loop or a function"
    : said;
}
