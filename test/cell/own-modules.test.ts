import { execFileSync } from "node:child_process";
import { afterAll, expect, it } from "@jest/globals";
import { requireEnvironment } from "../support/environment.ts";
import { temporaryFolder } from "../support/store.ts";

const environment = requireEnvironment("cells import packages");
const runner = new URL("../support/run_cells.py", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

it("what a cell imports makes no second copy of the kernel's own modules", () => {
  const cells = [
    "const view = table([{ label: 'a', n: 1 }, { label: 'b', n: 2 }]); await select(view, ['b']); 1",
    "const { Table } = await import('apache-arrow'); let heard = ''; 2",
    "onSelect(view, ({ labels }) => { heard += labels.join(); }); 3",
    "await select(view, ['a']); heard",
  ];
  const answers: { shown: { data?: Record<string, unknown> }[] }[] = JSON.parse(
    execFileSync(environment.python, [runner, environment.kernel], {
      cwd: folder.path,
      input: JSON.stringify(cells),
      env: environment.variables,
      encoding: "utf8",
    }),
  );
  expect(answers.map(({ shown }) => shown.at(-1)?.data?.["text/plain"])).toEqual(["1", "2", "3", "'a'"]);
});
