import { UserError } from "../errors.ts";
import type { ImportContext } from "../importers/importer.ts";
import { type Listed, listDatasources } from "./listing.ts";

/** An address that an importer reads, and what should be there. */
export interface SourceAddress {
  readonly address: string;
  /** Endings of files, such as `.xlsx`, that the answer should be like. */
  readonly suffix: string;
  /** Datasources that read it, as written after `%import`. */
  readonly words: readonly string[];
}

/** All addresses that importers read, each once. One that needs a scope is asked for with its example, else with its first known area. */
export async function sourceAddresses(): Promise<readonly SourceAddress[]> {
  const found = new Map<string, { suffix: string; words: string[] }>();
  for (const listed of await listDatasources()) {
    for (const file of filesOf(listed)) {
      if (!/^https?:/.test(file.address)) continue;
      const before = found.get(file.address);
      if (before) before.words.push(listed.word);
      else found.set(file.address, { suffix: file.suffix ?? "", words: [listed.word] });
    }
  }
  return [...found].map(([address, rest]) => ({ address, ...rest }));
}

function filesOf({ importer, datasource }: Listed) {
  const { files, example } = datasource;
  if (typeof files !== "function") return files.filter((file) => file.package === undefined);
  const plain: ImportContext = {
    datasourceId: datasource.id,
    geographyScope: [],
    temporalScope: [],
    localData: [],
    subjectTypes: [],
    folder: ".",
    ...example,
  };
  const [area] = importer.geographyLabels ?? [];
  const tries = [plain, ...(area === undefined ? [] : [{ ...plain, geographyScope: [area] }])];
  for (const context of tries) {
    try {
      return files(context);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return [];
}
