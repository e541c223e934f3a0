import { UserError } from "../errors.ts";
import { documentField } from "../fields/document.ts";
import { fields } from "../fields/index.ts";
import { glossary } from "../glossary.ts";
import { documentDatasource, documentImporter } from "../importers/document.ts";
import { datasourceOf, loadImporter, requestOf } from "../importers/find.ts";
import { importers } from "../importers/index.ts";
import { didYouMean } from "../nearest.ts";
import { preloaded } from "../preloaded/index.ts";
import { fieldWords, findWord } from "../recipe/read-field.ts";
import { documentMagic, markdown } from "./documentation.ts";
import { defineMagic, type Magics } from "./magic.ts";

/** The word for what one imports oneself. */
const OWN_FILES = "files";

/** `%help`: the page of a magic, a field, an importer or a word. */
export const helpMagic = defineMagic({
  name: "help",
  kinds: ["line"],
  summary:
    "Explains a magic, a field, a datasource, how files of one's own are read (files) or a word of the glossary; alone it tells where to start.",
  arguments: [{ name: "topic", doc: "what to explain", required: false, completes: "topic" }],
  options: {},
  examples: ["%help length-inside"],
  async run(session, { words }) {
    const [word] = words;
    return markdown(
      word === undefined ? overview(session.magics) : await page(session.magics, word.replace(/^%+/, "")),
    );
  },
});

async function page(magics: Magics, topic: string): Promise<string> {
  const magic = await magics.load(topic);
  if (magic) return documentMagic(magic);
  const word = findWord(topic);
  if (word) return documentField(word.field);
  if (topic === OWN_FILES) return (await import("../importers/own/document.ts")).documentOwnFiles();
  if (Object.hasOwn(importers, topic)) return documentImporter(await loadImporter(topic));
  const request = topic.includes("/") ? requestOf([topic]) : undefined;
  if (request) {
    const importer = await loadImporter(request.importerClass);
    return request.datasourceId === ""
      ? documentImporter(importer)
      : documentDatasource(importer, datasourceOf(importer, request.datasourceId));
  }
  const load = Object.hasOwn(preloaded, topic) ? preloaded[topic] : undefined;
  if (load) return `**${topic}**: ${(await load()).summary}`;
  const meaning = Object.hasOwn(glossary, topic) ? glossary[topic] : undefined;
  if (meaning !== undefined) return `**${topic}**: ${meaning}`;
  throw new UserError(`There is no help on "${topic}"`, {
    where: topic,
    hint: didYouMean(topic, topics(magics)),
  });
}

function topics(magics: Magics): string[] {
  return [
    ...magics.names(),
    ...Object.keys(preloaded),
    ...fieldWords(),
    OWN_FILES,
    ...Object.keys(importers),
    ...Object.keys(glossary),
  ];
}

function overview(magics: Magics): string {
  return [
    "Cells are TypeScript; a line that begins with `%` is a magic.",
    `**Magics** ${listed(magics.names())}`,
    `**Functions** ${listed(Object.keys(preloaded))}`,
    `**Datasources** ${listed([OWN_FILES, ...Object.keys(importers)])}`,
    `**Fields of recipes** ${listed(fields.map(({ name }) => name))}`,
    `**Words** ${listed(Object.keys(glossary))}`,
    "`%help <any of these>` explains it, `%lsmagic` lists the magics with a sentence each.",
  ].join("\n\n");
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
