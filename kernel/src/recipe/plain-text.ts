/** A text as YAML takes it, inside braces as well: in quotes where it would mean something else without. */
export function quotedIfNeeded(text: string): string {
  return /^[\p{L}\p{N}_(]/u.test(text) && !/[[\]{},]|:(\s|$)|\s#/.test(text) ? text : JSON.stringify(text);
}
