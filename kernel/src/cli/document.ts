import { fenced } from "../markdown.ts";
import type { Command, CommandOption } from "./command.ts";

/** What `tombolo COMMAND --help` prints. */
export function describeCommand({ usage, summary, options }: Command): string {
  const lines = Object.entries(options).map(([name, option]) => `  --${name.padEnd(12)} ${describe(option)}`);
  return [usage, "", summary, ...lines].join("\n");
}

/** The page of a command in Markdown. */
export function documentCommand({ name, usage, summary, options }: Command): string {
  const rows = Object.entries(options).map(
    ([option, declaration]) => `| \`--${option}\` | ${describe(declaration).replaceAll("|", "\\|")} |`,
  );
  const table = rows.length > 0 ? [["| option | meaning |", "|---|---|", ...rows].join("\n")] : [];
  return [`### ${name}`, summary, fenced("text", `npx ${usage}`), ...table].join("\n\n");
}

function describe({ doc, multiple }: CommandOption): string {
  return multiple ? `${doc} (may be given several times)` : doc;
}
