import { UserError } from "../errors.ts";
import type { ImportContext } from "../importers/importer.ts";
import { didYouMean } from "../nearest.ts";
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

/** The addresses of the datasources that have one of some words in their names, or all without words. Throws a UserError when there is none. */
export function wantedSources(
  sources: readonly SourceAddress[],
  words: readonly string[],
): readonly SourceAddress[] {
  if (words.length === 0) return sources;
  const plain = words.map((word) => word.toLowerCase());
  const wanted = sources.filter((source) =>
    source.words.some((name) => plain.some((word) => name.toLowerCase().includes(word))),
  );
  if (wanted.length > 0) return wanted;
  const names = sources.flatMap((source) => source.words);
  const parts = [...new Set(names.flatMap((name) => [name, ...name.split("/")]))];
  throw new UserError(`No datasource with an address is called "${words.join(" ")}"`, {
    where: words.join(" "),
    hint: didYouMean(words[0] ?? "", parts),
  });
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
