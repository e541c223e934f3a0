import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Store } from "../../kernel/src/store/store.ts";
import { type Case, readCases } from "../conformance/cases.ts";
import { difference, parseCsv, sameCell } from "../conformance/compare.ts";
import { checkExport, exportText } from "../conformance/export-case.ts";
import { findPostgis, type MirroredStore, openMirroredStore } from "../support/postgis.ts";
import { temporaryFolder } from "../support/store.ts";

const found = findPostgis();
const cases = readCases().filter(({ kind }) => kind === "export");

if ("reason" in found) {
  test.skip(`${found.reason}`, () => undefined);
} else {
  let stores: MirroredStore;
  const folder = temporaryFolder();
  beforeAll(async () => {
    stores = await openMirroredStore(found.programs);
  }, 60_000);
  afterAll(async () => {
    await stores?.close();
    folder.remove();
  });

  test.each(cases.map((one): [string, Case] => [one.id, one]))("%s", async (_, one) => {
    expect(await checkExport(stores.store, one, stores.mirrored)).toBeUndefined();
    if (one.expected.error !== undefined || one.given?.modelFiles) return;
    const [here, there] = [await text(stores.store, one), await text(stores.mirrored, one)];
    expect(differs(here, there, one)).toBeUndefined();
  });

  const text = (store: Store, one: Case) => exportText(store, one, folder.path, []);
}

/** The first difference between what two engines export. */
function differs(here: string, there: string, one: Case): string | undefined {
  const rules = { tolerance: Math.max(1e-9, one.tolerance ?? 0) };
  if (here.startsWith("{")) return difference(JSON.parse(there), JSON.parse(here), rules);
  const [header = [], ...rows] = parseCsv(here);
  const others = parseCsv(there).slice(1);
  if (others.length !== rows.length) return `${others.length} rows instead of ${rows.length}`;
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries()) {
      const other = others[row]?.[column] ?? "";
      if (!sameCell(header[column] ?? "", other, cell, rules))
        return `row ${row}: ${other} instead of ${cell}`;
    }
  }
  return undefined;
}
