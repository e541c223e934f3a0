import { knownDatasources } from "../catalogue/word-index.ts";
import { listFields } from "../fields/document.ts";
import { fields } from "../fields/index.ts";
import { markdownTable } from "../markdown.ts";
import { listModels } from "../models/document.ts";
import { preloaded } from "../preloaded/index.ts";
import { documentSubjects } from "../recipe/subject-words.ts";
import { listPresets } from "../release/document.ts";
import { presets } from "../release/presets/index.ts";
import { listMagics } from "./lsmagic.ts";
import { modelsOf } from "./own-models.ts";
import type { Session } from "./session.ts";

/** What `%help fields` and the like show: all there is of a kind, with a few words each. */
export const helpLists: Readonly<Record<string, (session: Session) => string | Promise<string>>> = {
  datasources: listImporters,
  fields: () => listFields(fields),
  functions: listFunctions,
  importers: listImporters,
  magics: ({ magics }) => listMagics(magics),
  models: (session) => listModels(modelsOf(session), modelsOf(session).names()),
  presets: () => listPresets(presets),
  subjects: documentSubjects,
};

/** One row for each importer, since some have a hundred datasources. */
async function listImporters(): Promise<string> {
  const counts = new Map<string, { title: string; provider: string; count: number }>();
  for (const { importer } of await knownDatasources()) {
    const { count = 0 } = counts.get(importer.id) ?? {};
    counts.set(importer.id, { title: importer.title, provider: importer.provider.name, count: count + 1 });
  }
  const rows = [...counts].map(([id, { title, provider, count }]) => [id, title, provider, String(count)]);
  const table = markdownTable(
    ["import", "title", "published by", "datasources"],
    rows,
    (column) => column === 3,
  );
  return `${table}\n\n\`%find cycling leeds\` searches what they bring, \`%catalogue\` lists all of it.`;
}

async function listFunctions(): Promise<string> {
  const functions = await Promise.all(Object.values(preloaded).map((load) => load()));
  return markdownTable(
    ["name", "what it does"],
    functions.map(({ name, summary }) => [name, summary]),
  );
}
