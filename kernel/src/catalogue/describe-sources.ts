import type { SourceReport, SourceState } from "./check-sources.ts";

/** What a state means for its user. */
const ADVICE: Readonly<Record<Exclude<SourceState, "as expected">, string>> = {
  gone: "nothing is at that address any more: %import says where a copy that you have is to be kept",
  "a web page":
    "the address gives a page for people in place of the file: the publisher has moved or withdrawn it",
  moved: "the address leads to another host; it is imported as before as long as the file has its layout",
  refused: "the server wants no programs, or a key: %import says where a copy fetched by hand is to be kept",
  "server error": "the server has a fault: try again later",
  unreachable: "no answer: try again later, or look whether something between here and there blocks it",
};

/** What was found about addresses as a table: what is not as expected, what that means, and how many are as they were. */
export function describeSources(reports: readonly SourceReport[]): string {
  const odd = reports.filter(({ state }) => state !== "as expected");
  if (reports.length > 1 && reports.every(({ state }) => state === "unreachable"))
    return `None of ${reports.length} addresses can be reached: is there a network?`;
  const sound = reports.length - odd.length;
  const summary = `${sound} of ${reports.length} ${reports.length === 1 ? "address is" : "addresses are"} as expected.`;
  if (odd.length === 0) return summary;
  const states = Object.entries(ADVICE).filter(([state]) => odd.some((report) => report.state === state));
  const rows = states.flatMap(([state]) =>
    odd
      .filter((report) => report.state === state)
      .map(({ words, detail, address }) => [namesOf(words), state, detail, address]),
  );
  return [
    textTable(["datasource", "state", "detail", "address"], rows),
    states.map(([state, advice]) => `${state}: ${advice}.`).join("\n"),
    summary,
  ].join("\n\n");
}

function namesOf(words: readonly string[]): string {
  return words.length > 2 ? `${words.slice(0, 2).join(", ")} and ${words.length - 2} more` : words.join(", ");
}

function textTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const write = (cells: readonly string[]) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd();
  const line = heads.map((head, index) =>
    "─".repeat(index < heads.length - 1 ? (widths[index] ?? 0) : head.length),
  );
  return [write(heads), line.join("  "), ...rows.map(write)].join("\n");
}
