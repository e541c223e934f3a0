import type { MimeBundle } from "@tombolo/bundle";
import { fenced } from "../markdown.ts";
import { COMMON_OPTIONS, usageOf } from "./arguments.ts";
import type { Magic, OptionDeclaration } from "./magic.ts";

const LANGUAGES: Readonly<Record<NonNullable<Magic["body"]>, string>> = {
  sql: "SQL",
  yaml: "YAML",
  typescript: "TypeScript",
  shell: "commands of the shell",
  text: "text",
  html: "HTML",
  markdown: "Markdown",
};

/** The help page of a magic in Markdown, made from its declaration. */
export function documentMagic(magic: Magic): string {
  const sections = [`### ${signOf(magic)}${magic.name}`, magic.summary, `\`${usageOf(magic)}\``];
  const rows = [
    ...magic.arguments.map(
      ({ name, doc, required }) => `| \`${name}\` | ${doc}${required ? "" : " (optional)"} |`,
    ),
    ...Object.entries({ ...COMMON_OPTIONS, ...magic.options }).map(([name, option]) => {
      const letter = option.letter ? `, \`-${option.letter}\`` : "";
      return `| \`--${name}\`${letter} | ${describeOption(option)} |`;
    }),
  ];
  sections.push(["| word | meaning |", "|---|---|", ...rows].join("\n"));
  if (magic.body) sections.push(`The lines below \`%%${magic.name}\` are ${LANGUAGES[magic.body]}.`);
  if (magic.examples.length > 0) sections.push(fenced("", magic.examples.join("\n")));
  return sections.join("\n\n");
}

/** A Markdown text as a bundle, with the same text as plain text. */
export function markdown(text: string): MimeBundle {
  return { data: { "text/markdown": text, "text/plain": text } };
}

/** `%` for a line magic, `%%` for one that is only a cell magic. */
export function signOf(magic: Pick<Magic, "kinds">): "%" | "%%" {
  return magic.kinds.includes("line") ? "%" : "%%";
}

function describeOption(option: OptionDeclaration): string {
  const values = option.values ? `: ${option.values.map((value) => `\`${value}\``).join(", ")}` : "";
  const { minimum, maximum } = option;
  const range = minimum !== undefined && maximum !== undefined ? ` (${minimum} to ${maximum})` : "";
  return `${option.doc}${values}${range}`;
}
