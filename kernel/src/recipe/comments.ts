/** JSON with comments is YAML without them: each comment becomes blanks, so that places stay where they are. */
export function blankComments(text: string): string {
  if (!isJson(text)) return text;
  return text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
  );
}

/** Whether a text is JSON, as far as its beginning tells: a brace after comments. */
export function isJson(text: string): boolean {
  return text.replace(/^(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/, "").startsWith("{");
}
