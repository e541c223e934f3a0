import type { Field } from "./field.ts";

/** Fields in one table of Markdown, with the other words for each and the first sentence about it. */
export function listFields(fields: readonly Field[]): string {
  const rows = fields.map(({ name, words = {}, doc }) => {
    const others = Object.keys(words).map((word) => `\`${word}\``);
    const [sentence = doc] = /^.*?[.:](?=\s|$)/.exec(doc) ?? [];
    return `| \`${name}\` | ${others.join(", ")} | ${sentence.replace(/:$/, ".")} |`;
  });
  return ["| field | also written | what it computes |", "|---|---|---|", ...rows].join("\n");
}

/** The help page of a field in Markdown, made from its declaration. */
export function documentField(field: Field): string {
  const rows = Object.entries(field.properties).map(([name, declaration]) => {
    const { doc, default: standard, values, optional } = declaration;
    const known = values ? `: ${values.map((value) => `\`${value}\``).join(", ")}` : "";
    const absent =
      standard !== undefined ? ` (${standard} unless told otherwise)` : optional ? " (optional)" : "";
    return `| \`${name}\` | ${doc}${known}${absent} |`;
  });
  const table = rows.length > 0 ? ["| property | meaning |", "|---|---|", ...rows].join("\n") : "";
  const example = ["```yaml", `fields:\n  ${field.example}`, "```"].join("\n");
  const parts = [`### ${field.name}`, field.doc, otherWords(field), table, example];
  return parts.filter((part) => part !== "").join("\n\n");
}

function otherWords({ words = {}, fieldClass, name }: Field): string {
  const given = Object.entries(words).map(([word, preset]) => {
    const properties = Object.entries(preset).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
    return properties.length === 0 ? `\`${word}\`` : `\`${word}\` (${properties.join(", ")})`;
  });
  const old = fieldClass === name ? "" : `In the recipes of 2019: \`${fieldClass}\`.`;
  return [given.length === 0 ? "" : `Also written ${given.join(", ")}.`, old]
    .filter((text) => text !== "")
    .join(" ");
}
