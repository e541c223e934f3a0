import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { runCells, textOfAnswer } from "../support/run-cells.ts";
import { temporaryFolder } from "../support/store.ts";

/** What the pages take for granted: the data of the README, and the tables of which they speak. */
const before = [
  "%import london/boroughs",
  "%import london/underground",
  `%%recipe tubes
subjects: borough
fields:
  area_km2: { area: km² }
  tube_km: { length-inside: underground-line, unit: km }
  region: { constant: London }`,
  "const areas = tubes",
];

const folder = temporaryFolder();
afterAll(() => folder.remove());

test.each(["cells", "charts", "maps", "sql", "tables-and-selections"])(
  "the cells of docs/%s.md run",
  (page) => {
    const environment = requireEnvironment("the cells of the documentation are run");
    const text = readFileSync(new URL(`../../docs/${page}.md`, import.meta.url), "utf8");
    const cells = [...text.matchAll(/^```(?:ts)?\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? "");
    expect(cells.length).toBeGreaterThan(1);
    const answers = runCells(environment, environment.kernel, [...before, ...cells], { folder: folder.path });
    const failed = answers.filter(({ status }) => status !== "ok").map(textOfAnswer);
    expect(failed).toEqual([]);
    expect(answers.map(({ stderr }) => stderr).join("")).toBe("");
  },
  120_000,
);
