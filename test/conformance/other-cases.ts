import { correlate, readColumns } from "../../kernel/src/export/correlation.ts";
import { catalogueEntry } from "../../kernel/src/importers/catalogue-entry.ts";
import { isForced } from "../../kernel/src/importers/forced.ts";
import { journalKey } from "../../kernel/src/importers/journal.ts";
import { parseTimestamp } from "../../kernel/src/importers/timestamp.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryStore } from "../support/store.ts";
import type { Case } from "./cases.ts";
import { difference } from "./compare.ts";
import { checkGeneralCsv } from "./general-csv-case.ts";
import { applyOperation, listTables, type Operation } from "./store-case.ts";

interface GivenDatasource extends Omit<Parameters<typeof catalogueEntry>[1], "attributes"> {
  readonly importerClass: string;
  readonly provider: { readonly label: string; readonly name: string };
  readonly timedValueAttributes: readonly { readonly label: string; readonly description: string }[];
  readonly fixedValueAttributes: readonly { readonly label: string; readonly description: string }[];
}

type Check = (store: Store, one: Case) => Promise<string | undefined>;

const failed = (work: () => unknown): Error | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Error && error.name === "UserError") return error;
    throw error;
  }
};

/** How each kind of case but exports is checked: what is wrong, or undefined. */
export const CHECKS: Readonly<Record<string, Check>> = {
  async validate(_store, { recipe, recipeText, expected }) {
    const error = failed(() => parseRecipe(recipeText ?? recipe));
    if ((error === undefined) === expected.valid) return undefined;
    return error ? `not valid: ${error.message}` : "valid";
  },
  async "journal-key"(_store, { input, expected }) {
    const { datasourceId = "", geographyScope, temporalScope, localData } = input as Record<string, never>;
    return difference(
      journalKey({ datasourceId, geographyScope, temporalScope, localData }),
      expected.key,
      {},
    );
  },
  async "force-import-match"(_store, { input, expected }) {
    const { force, importerClass = "" } = input as { force: string | null; importerClass: string };
    return difference(isForced(force, { importerClass, datasourceId: "any" }), expected.matches, {});
  },
  async "timestamp-parse"(_store, { input, expected }) {
    const text = String(input?.text);
    if (expected.error !== undefined) return failed(() => parseTimestamp(text)) ? undefined : "no error";
    return difference(parseTimestamp(text), expected.timestamp, {});
  },
  async correlation(_store, one) {
    const { format, file, fieldLabels } = one.input as {
      format: "csv" | "geojson";
      file: string;
      fieldLabels: string[];
    };
    const { rows } = readColumns(file, format, fieldLabels);
    const wrong = difference(rows, one.expected.matrix, one, "matrix");
    if (wrong !== undefined || one.expected.pairs === undefined) return wrong;
    const pairs = correlate(fieldLabels, rows).map(({ n: _n, ...pair }) => pair);
    return difference(pairs, one.expected.pairs, one, "pairs");
  },
  "general-csv-import": (_store, one) => checkGeneralCsv(one),
  async "catalogue-entry"(_store, { input, expected }) {
    const { importerClass, provider, timedValueAttributes, fixedValueAttributes, ...datasource } = (
      input as { datasource: GivenDatasource }
    ).datasource;
    const attributes = [
      ...timedValueAttributes.map((attribute) => ({ ...attribute, values: "timed" as const })),
      ...fixedValueAttributes.map((attribute) => ({ ...attribute, values: "fixed" as const })),
    ];
    const importer = { id: "conformance", className: importerClass, provider };
    const entry: unknown = JSON.parse(
      JSON.stringify(catalogueEntry(importer, { ...datasource, attributes })),
    );
    return difference(entry, expected.entry, {}, "entry");
  },
  async store(_store, { input, expected }) {
    const store = await temporaryStore();
    try {
      const operations = input?.operations as readonly Operation[];
      for (const [index, operation] of operations.entries()) await applyOperation(store, operation, index);
      const tables = await listTables(store);
      for (const [name, rows] of Object.entries(expected)) {
        const wrong = difference(tables[name], rows, {}, name);
        if (wrong !== undefined) return wrong;
      }
      return undefined;
    } finally {
      store.remove();
    }
  },
};
