import { markdownTable } from "../markdown.ts";
import { checks } from "./checks/index.ts";
import type { Preset } from "./preset.ts";

/** The page of a preset in Markdown: its rule, and where each part of it is published. */
export function documentPreset({ name, title, doc, sources }: Preset): string {
  const lines = sources.map(({ page, address, says }) => {
    const where = page === "The same page" || address === undefined ? page : `[${page}](${address})`;
    return `- ${where}: ${says}`;
  });
  return [`### ${name}`, `${title}. ${doc}`, lines.join("\n")].join("\n\n");
}

/** Presets in one table of Markdown. */
export function listPresets(presets: readonly Preset[]): string {
  return markdownTable(
    ["preset", "what it is"],
    presets.map(({ name, title }) => [name, title]),
  );
}

/** The page of what every release is looked at for. */
export function documentChecks(): string {
  const rows = checks.map(({ name, doc }) => `| ${name} | ${doc.replaceAll("|", "\\|")} |`);
  return ["### Checks", ["| check | what it looks for |", "|---|---|", ...rows].join("\n")].join("\n\n");
}
