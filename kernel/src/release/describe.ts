import type { Finding, Verdict } from "./finding.ts";
import type { Protected, ReleasedCounts } from "./release.ts";

/** What each verdict asks of the reader, severest first. */
const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ["fail", "Must change before it can go out"],
  ["review", "For a person to decide"],
  ["pass", "Taken care of"],
];

/** What came of a release, in Markdown: whether it went out and what to do next, each finding with its rows, and what became of each column. */
export function describeProtected(protectedTable: Protected, name: string, preset: string): string {
  const { findings, columns } = protectedTable;
  const lists = VERDICTS.flatMap(([verdict, heading]) => {
    const found = findings.filter((finding) => finding.verdict === verdict);
    return found.length === 0 ? [] : [`${heading} (${verdict}):\n\n${found.map(describeFinding).join("\n")}`];
  });
  return [describeOutcome(protectedTable, name, preset), ...lists, ...describeColumns(columns)].join("\n\n");
}

function describeOutcome({ verdict, table }: Protected, name: string, preset: string): string {
  if (table) return `**${name}** is released under \`${preset}\`.`;
  const next =
    verdict === "fail"
      ? "Change what is listed first below, then release it again."
      : "Read what is left to a person below. If it can go out, say so: run it again with `--accept`, which the record keeps with your name and reason.";
  return `**${name}** is not released under \`${preset}\`: nothing was written. ${next}`;
}

function describeFinding({ check, sentence, rows }: Finding): string {
  const where = rows && rows.length > 0 ? ` Rows ${rows.join(", ")}${rows.length === 10 ? " …" : ""}.` : "";
  return `- ${sentence}${where} (${check})`;
}

function describeColumns(columns: readonly ReleasedCounts[]): string[] {
  if (columns.length === 0) return [];
  const table = [
    "| column | published | hidden, small | hidden to protect others | not there |",
    "|---|--:|--:|--:|--:|",
    ...columns.map(describeColumn),
  ].join("\n");
  return [
    table,
    "In the table `[c]` stands for what is hidden, `[x]` for what was not there, and a number before `[u]` comes from few.",
  ];
}

function describeColumn({ name, published, suppressed, complements, missing }: ReleasedCounts): string {
  return `| ${name.replaceAll("|", "\\|")} | ${[published, suppressed, complements, missing].join(" | ")} |`;
}
