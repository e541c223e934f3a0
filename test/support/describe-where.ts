import { describe } from "@jest/globals";

/** Describes tests. Where something that they need is missing they are skipped, and their title, which is printed, says why. */
export function describeWhere(missing: string | undefined, title: string, tests: () => void): void {
  if (missing === undefined) describe(title, tests);
  else describe.skip(`${title}: ${missing}`, tests);
}
