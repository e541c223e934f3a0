import type { Field } from "./field.ts";

/** The help page of a field in Markdown, made from its declaration. */
export function documentField(field: Field): string {
  const rows = Object.entries(field.properties).map(([name, { doc, default: standard, values }]) => {
    const known = values ? `: ${values.map((value) => `\`${value}\``).join(", ")}` : "";
    return `| \`${name}\` | ${doc}${known}${standard === undefined ? "" : ` (${standard} unless told otherwise)`} |`;
  });
  const table = rows.length > 0 ? ["| property | meaning |", "|---|---|", ...rows].join("\n") : "";
  const example = ["```yaml", `fields:\n  ${field.example}`, "```"].join("\n");
  return [`### ${field.name}`, field.doc, table, example].filter((part) => part !== "").join("\n\n");
}
