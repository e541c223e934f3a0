/** A text as a block of code in Markdown. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

/** Rows as a table of Markdown; columns of numbers stand to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  isNumber: (column: number) => boolean = () => false,
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(plainText).join(" | ")} |`;
  const rule = head.map((_, column) => (isNumber(column) ? "---:|" : "---|")).join("");
  return [line(head), `|${rule}`, ...rows.map(line)].join("\n");
}

/** Signs that begin something in Markdown, in formulas of notebooks, or in an address that would become a link. */
const SIGNS = /[\\|`*_<>[\]$~&@]|:(?=\/\/)|(?<=www)\./gi;

/** A text of others as Markdown that shows it letter by letter: neither a link, a picture nor a formula comes of it. */
export function plainText(text: string): string {
  return text.replace(SIGNS, "\\$&").replace(/\s+/g, " ");
}
