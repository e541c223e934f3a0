import type { Datasource, Importer, ImporterAttribute } from "./importer.ts";
import { plainDescription } from "./plain-description.ts";

const MOST_ATTRIBUTES = 40;

/** The help page of an importer in Markdown. */
export function documentImporter(importer: Importer): string {
  const { id, className, title, doc, provider, licence, attribution, datasources } = importer;
  const facts = [
    ["published by", `${provider.name} (\`${provider.label}\`)`],
    ["licence", licence],
    ["attribution", attribution],
    ...(className === undefined ? [] : [["class in recipes of 2019", `\`${className}\``]]),
    ...distinct(
      datasources.flatMap(({ subjectTypes }) => subjectTypes),
      ({ label }) => label,
    ).map((type) => [
      "subjects",
      `\`${type.label}\`: ${type.name}${type.vintage === undefined || type.name.includes(`${type.vintage}`) ? "" : ` (${type.vintage})`}`,
    ]),
  ];
  const [only, ...others] = datasources;
  const parts = [`### ${title}`, doc, table(["", ""], facts)];
  const attributes = distinct(
    datasources.flatMap((each) => each.attributes),
    ({ label }) => label,
  );
  const isMany = others.length > 0 && attributes.length > MOST_ATTRIBUTES;
  if (others.length > 0)
    parts.push(
      table(
        ["datasource", "what it is", ...(isMany ? ["attributes"] : [])],
        datasources.map((each) => [
          `\`${each.id}\``,
          sentence(each),
          ...(isMany ? [`${each.attributes.length}`] : []),
        ]),
      ),
    );
  if (isMany) parts.push(`\`%help ${id}/${only?.id ?? ""}\` lists what one of them measures.`);
  else parts.push(...attributeTable(attributes));
  parts.push(`\`%import ${id}${others.length > 0 ? ` ${only?.id ?? ""}` : ""}\``);
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The help page of one of an importer's datasources in Markdown: everything that it measures. */
export function documentDatasource(importer: Importer, datasource: Datasource): string {
  const { id, title, doc, provider, licence, datasources } = importer;
  const facts = [
    ["of", `\`${id}\`: ${title}`],
    ["published by", `${provider.name} (\`${provider.label}\`)`],
    ["licence", licence],
    ...(datasource.url ? [["page", datasource.url]] : []),
  ];
  const word = datasources.length > 1 ? `${id} ${datasource.id}` : id;
  const parts = [
    `### ${datasource.name || datasource.id}`,
    sentence(datasource),
    doc,
    table(["", ""], facts),
  ];
  return [
    ...distinct(parts, (part) => part),
    ...attributeTable(datasource.attributes, Number.POSITIVE_INFINITY),
    `\`%import ${word}\``,
  ].join("\n\n");
}

function attributeTable(attributes: readonly ImporterAttribute[], most = MOST_ATTRIBUTES): string[] {
  const rest = attributes.length - most;
  return [
    ...(attributes.length > 0
      ? [table(["attribute", "what it measures"], attributes.slice(0, most).map(describe))]
      : []),
    ...(rest > 0 ? [`… and ${rest} more attributes.`] : []),
  ];
}

function sentence({ name, description }: Datasource): string {
  return name === description || name === "" ? description : `${name}: ${description}`;
}

function describe({ label, description, unit }: ImporterAttribute): string[] {
  const words = plainDescription(description);
  return [`\`${label}\``, words + (unit === undefined ? "" : ` (${unit})`)];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")).replaceAll(" ", ""), ...rows.map(line)].join("\n");
}

function distinct<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
