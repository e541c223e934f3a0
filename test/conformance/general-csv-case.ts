import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { rowsOf, temporaryFolder, temporaryStore } from "../support/store.ts";
import type { Case } from "./cases.ts";
import { difference } from "./compare.ts";
import { loadGiven } from "./given.ts";

/** Runs the general CSV importer over a text with the settings of a case; what is wrong, or undefined. */
export async function checkGeneralCsv({ given, input, expected }: Case): Promise<string | undefined> {
  const { config, csv } = input as { config: Readonly<Record<string, string>>; csv: string };
  const folder = temporaryFolder();
  const store = await temporaryStore();
  try {
    await loadGiven(store, given ?? {});
    const file = join(folder.path, "data.csv");
    writeFileSync(file, csv);
    // In a properties file a colon or a blank in a value needs no escape; a backslash does, and there is none.
    const lines = Object.entries(config).map(([key, value]) => `${key}=${value === "FILE" ? file : value}`);
    const configFile = join(folder.path, "settings.properties");
    writeFileSync(configFile, `${lines.join("\n")}\n`);
    const { provider = "" } = config;
    const before = await countSubjects(store);
    const request = {
      importerClass: "uk.org.tombolo.importer.generalcsv.GeneralCSVImporter",
      datasourceId: `datasource${provider.charAt(0).toUpperCase()}${provider.slice(1)}`,
      configFile,
    };
    try {
      const { warnings } = await importDatasource(store, request, { areas: false });
      const fixedValues = rowsOf(
        await store.engine.query(
          "SELECT subject_label AS subject, attribute, value FROM fixed_values ORDER BY ALL",
        ),
      );
      const got = {
        newSubjects: (await countSubjects(store)) - before,
        fixedValues,
        ...(expected.warnings !== undefined && { warnings: warnings.length }),
      };
      return difference(got, expected, {});
    } catch (error) {
      if (expected.error === undefined) throw error;
      const { where } = error instanceof Error && "where" in error ? error : { where: undefined };
      const named = typeof where === "string" && Object.hasOwn(config, where);
      return named
        ? undefined
        : `the error names no setting: ${error instanceof Error ? error.message : String(error)}`;
    }
  } finally {
    store.remove();
    folder.remove();
  }
}

async function countSubjects(store: Awaited<ReturnType<typeof temporaryStore>>): Promise<number> {
  const [row] = rowsOf(await store.engine.query("SELECT count(*) AS number FROM subjects"));
  return Number(row?.number);
}
