import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Store } from "../../kernel/src/store/store.ts";
import { type Case, ownCasesFile, readCases } from "../conformance/cases.ts";
import { checkExport } from "../conformance/export-case.ts";
import { CHECKS } from "../conformance/other-cases.ts";
import { temporaryStore } from "../support/store.ts";

let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
}, 60_000);
afterAll(() => store.remove());

// The conformance tests take one file, which may be another; the project's own cases run always.
test.each(readCases(ownCasesFile).map((one): [string, Case] => [one.id, one]))("%s", async (_, one) => {
  const check = one.kind === "export" ? checkExport : CHECKS[one.kind];
  if (!check) throw new Error(`nothing checks cases of kind ${one.kind}`);
  expect(await check(store, one)).toBeUndefined();
});
