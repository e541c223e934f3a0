import { UserError } from "../errors.ts";
import { documentField } from "../fields/document.ts";
import { fields } from "../fields/index.ts";
import { glossary } from "../glossary.ts";
import { documentDatasource, documentImporter } from "../importers/document.ts";
import { datasourceOf, loadImporter, requestOf } from "../importers/find.ts";
import { importers } from "../importers/index.ts";
import { documentModel } from "../models/document.ts";
import { labelOf } from "../models/recipe-of-model.ts";
import { didYouMean } from "../nearest.ts";
import { preloaded } from "../preloaded/index.ts";
import { fieldWords, findWord } from "../recipe/read-field.ts";
import { documentPreset } from "../release/document.ts";
import { presets } from "../release/presets/index.ts";
import { documentMagic, markdown } from "./documentation.ts";
import { helpLists } from "./help-lists.ts";
import { defineMagic, type Magics } from "./magic.ts";
import { modelsOf } from "./own-models.ts";
import type { Session } from "./session.ts";

/** The word for what one imports oneself. */
const OWN_FILES = "files";

/** `%help`: the page of a magic, a field, an importer or a word. */
export const helpMagic = defineMagic({
  name: "help",
  kinds: ["line"],
  summary:
    "Explains a magic, a field, a model, a datasource, a preset, how files of one's own are read (files), how rows are named (subjects) or a word of the glossary; fields, models, datasources, functions and presets list all of a kind; alone it tells where to start.",
  arguments: [{ name: "topic", doc: "what to explain", required: false, completes: "topic" }],
  options: {},
  examples: ["%help length-inside"],
  async run(session, { words }) {
    const [word] = words;
    return markdown(
      word === undefined ? overview(session.magics) : await page(session, word.replace(/^(%+|fields\.)/, "")),
    );
  },
});

type Page = (topic: string, session: Session) => string | undefined | Promise<string | undefined>;

/** Where a topic is looked for, in this order. */
const PAGES: readonly Page[] = [
  (topic, session) => (Object.hasOwn(helpLists, topic) ? helpLists[topic]?.(session) : undefined),
  async (topic, { magics }) => {
    const magic = await magics.load(topic);
    return magic && documentMagic(magic);
  },
  (topic) => {
    const word = findWord(topic);
    return word && documentField(word.field);
  },
  async (topic) =>
    topic === OWN_FILES ? (await import("../importers/own/document.ts")).documentOwnFiles() : undefined,
  async (topic) =>
    Object.hasOwn(importers, topic) ? documentImporter(await loadImporter(topic)) : undefined,
  modelPage,
  (topic) => {
    const preset = presets.find(({ name }) => name === topic);
    return preset && documentPreset(preset);
  },
  async (topic) => {
    const load = Object.hasOwn(preloaded, topic) ? preloaded[topic] : undefined;
    return load && `**${topic}**: ${(await load()).summary}`;
  },
  (topic) => (Object.hasOwn(glossary, topic) ? `**${topic}**: ${glossary[topic]}` : undefined),
  (topic) => (topic.includes("/") ? datasourcePage(topic) : undefined),
];

async function page(session: Session, topic: string): Promise<string> {
  for (const find of PAGES) {
    const found = await find(topic, session);
    if (found !== undefined) return found;
  }
  throw new UserError(`There is no help on "${topic}"`, {
    where: topic,
    hint: didYouMean(topic, topics(session)),
  });
}

/** A model by its name, or by the last part of it where no other ends so. */
function modelPage(topic: string, session: Session): string | undefined {
  const models = modelsOf(session);
  const [name, other] = models.names().filter((each) => each === topic || labelOf(each) === topic);
  const model = name === undefined || other !== undefined ? undefined : models.find(name);
  return model && documentModel(model);
}

/** Throws a UserError with near names when there is no such datasource. */
async function datasourcePage(topic: string): Promise<string | undefined> {
  const request = requestOf([topic]);
  if (!request) return undefined;
  const importer = await loadImporter(request.importerClass);
  return request.datasourceId === ""
    ? documentImporter(importer)
    : documentDatasource(importer, datasourceOf(importer, request.datasourceId));
}

function topics(session: Session): string[] {
  return [
    ...session.magics.names(),
    ...Object.keys(helpLists),
    ...Object.keys(preloaded),
    ...fieldWords(),
    OWN_FILES,
    ...Object.keys(importers),
    ...modelsOf(session).names(),
    ...presets.map(({ name }) => name),
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
    `\`%help <any of these>\` explains it. Lists with a few words on each: ${Object.keys(helpLists)
      .map((name) => `\`%help ${name}\``)
      .join(", ")}.`,
  ].join("\n\n");
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
