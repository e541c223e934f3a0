import type { Finding } from "./finding.ts";
import type { Protected, ReleasedCounts } from "./release.ts";

/** What came of a release, in Markdown: the verdict, each finding with its rows, and what became of each column. */
export function describeProtected(
  { verdict, findings, columns, table }: Protected,
  name: string,
  preset: string,
): string {
  const went = table
    ? `**${name}** is released under \`${preset}\`.`
    : `**${name}** is not released (\`${preset}\`, ${verdict}).`;
  const lines = findings.map(describeFinding);
  const rows = columns.map(describeColumn);
  const counted =
    rows.length === 0
      ? []
      : [
          [
            "| column | published | hidden | hidden beside them | missing |",
            "|---|--:|--:|--:|--:|",
            ...rows,
          ].join("\n"),
        ];
  return [went, ...(lines.length > 0 ? [lines.join("\n")] : []), ...counted].join("\n\n");
}

function describeFinding({ verdict, check, sentence, rows }: Finding): string {
  const where = rows && rows.length > 0 ? ` Rows ${rows.join(", ")}${rows.length === 10 ? " …" : ""}.` : "";
  return `- ${verdict}, ${check}: ${sentence}${where}`;
}

function describeColumn({ name, published, suppressed, complements, missing }: ReleasedCounts): string {
  return `| ${name.replaceAll("|", "\\|")} | ${[published, suppressed, complements, missing].join(" | ")} |`;
}
