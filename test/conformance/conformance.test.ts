import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Store } from "../../kernel/src/store/store.ts";
import { findPostgis, type MirroredStore, openMirroredStore } from "../support/postgis.ts";
import { temporaryStore } from "../support/store.ts";
import { type Case, readCases } from "./cases.ts";
import { checkExport } from "./export-case.ts";
import { CHECKS } from "./other-cases.ts";

let store: Store & { remove(): void };
let mirror: MirroredStore | undefined;
beforeAll(async () => {
  store = await temporaryStore();
  if (process.env.TOMBOLO_ENGINE === "postgis") mirror = await openPostgis();
}, 60_000);
afterAll(async () => {
  store.remove();
  await mirror?.close();
});

function openPostgis(): Promise<MirroredStore> {
  const found = findPostgis();
  if ("reason" in found) throw new Error(found.reason);
  return openMirroredStore(found.programs);
}

const cases = readCases();
const checkOf = ({ kind }: Case) => (kind === "export" ? checkRecipe : CHECKS[kind]);
const checkRecipe = (own: Store, one: Case) =>
  checkExport(mirror?.store ?? own, one, mirror?.mirrored ?? own);

// One test a case: what is wrong is its message. `npm run conformance` prints the failing ones.
test.each(cases.filter(checkOf).map((one): [string, Case] => [one.id, one]))("%s", async (_, one) => {
  expect(await checkOf(one)?.(store, one)).toBeUndefined();
});

const unknown = cases.filter((one) => !checkOf(one));
if (unknown.length > 0)
  test.skip.each(unknown.map(({ id, kind }) => [id, kind]))(
    "%s: nothing checks cases of kind %s yet",
    () => undefined,
  );
