import { UserError } from "../errors.ts";
import { documentField } from "../fields/document.ts";
import { fields } from "../fields/index.ts";
import { glossary } from "../glossary.ts";
import { documentImporter, loadImporter } from "../importers/importer.ts";
import { importers } from "../importers/index.ts";
import { didYouMean } from "../nearest.ts";
import { documentMagic, markdown } from "./documentation.ts";
import { magics } from "./index.ts";
import { defineMagic } from "./magic.ts";

/** `%help`: the page of a magic, a field, an importer or a word. */
export const helpMagic = defineMagic({
  name: "help",
  kinds: ["line"],
  summary:
    "Explains a magic, a field, a datasource or a word of the glossary; alone it tells where to start.",
  arguments: [{ name: "topic", doc: "what to explain", required: false, completes: "topic" }],
  options: {},
  examples: ["%help length-inside"],
  async run(_session, { words }) {
    const [word] = words;
    return markdown(word === undefined ? overview() : await page(word.replace(/^%+/, "")));
  },
});

async function page(topic: string): Promise<string> {
  const magic = magics.find(({ name }) => name === topic);
  if (magic) return documentMagic(magic);
  const field = fields.find(({ name }) => name === topic);
  if (field) return documentField(field);
  if (Object.hasOwn(importers, topic)) return documentImporter(await loadImporter(topic));
  const meaning = Object.hasOwn(glossary, topic) ? glossary[topic] : undefined;
  if (meaning !== undefined) return `**${topic}**: ${meaning}`;
  throw new UserError(`There is no help on "${topic}"`, { where: topic, hint: didYouMean(topic, topics()) });
}

function topics(): string[] {
  return [
    ...magics.map(({ name }) => name),
    ...fields.map(({ name }) => name),
    ...Object.keys(importers),
    ...Object.keys(glossary),
  ];
}

function overview(): string {
  return [
    "Cells are TypeScript; a line that begins with `%` is a magic.",
    `**Magics** ${magics.map(({ name }) => `\`${name}\``).join(", ")}`,
    `**Datasources** ${Object.keys(importers)
      .map((id) => `\`${id}\``)
      .join(", ")}`,
    `**Fields of recipes** ${fields.map(({ name }) => `\`${name}\``).join(", ")}`,
    `**Words** ${Object.keys(glossary)
      .map((word) => `\`${word}\``)
      .join(", ")}`,
    "`%help <any of these>` explains it, `%lsmagic` lists the magics with a sentence each.",
  ].join("\n\n");
}
