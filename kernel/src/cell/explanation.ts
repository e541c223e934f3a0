/** What the values at hand tell of a name; every part may be empty. */
export interface Inspection {
  readonly signature: string;
  readonly documentation: string;
  /** The value as text. */
  readonly preview: string;
  /** The text of a function, for who wants to know more. */
  readonly source: string;
}

/** An explanation in the forms that Jupyter shows; `typed` is what the language service says of the name. */
export function explanationForms(
  inspection: Inspection | undefined,
  typed: string | undefined,
  isDetailed: boolean,
): Readonly<Record<"text/plain" | "text/markdown", string>> {
  const { signature = "", documentation = "", preview = "", source = "" } = inspection ?? {};
  const more = isDetailed ? source : "";
  const parts = [typed ?? fenced(signature), documentation, fenced(preview), fenced(more)];
  const markdown = parts.filter((part) => part !== "").join("\n\n");
  return { "text/markdown": markdown, "text/plain": markdown.replace(/^```\w*\n|^```$\n?/gm, "").trim() };
}

function fenced(text: string): string {
  return text === "" ? "" : `\`\`\`typescript\n${text}\n\`\`\``;
}
