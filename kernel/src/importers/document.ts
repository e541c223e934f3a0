import type { Datasource, Importer, ImporterAttribute } from "./importer.ts";

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
      `\`${type.label}\`: ${type.name}${type.vintage === undefined ? "" : ` (${type.vintage})`}`,
    ]),
  ];
  const [only, ...others] = datasources;
  const parts = [`### ${title}`, doc, table(["", ""], facts)];
  if (others.length > 0)
    parts.push(
      table(
        ["datasource", "what it is"],
        datasources.map((each) => [`\`${each.id}\``, sentence(each)]),
      ),
    );
  const attributes = distinct(
    datasources.flatMap((each) => each.attributes),
    ({ label }) => label,
  );
  if (attributes.length > 0)
    parts.push(table(["attribute", "what it measures"], attributes.slice(0, MOST_ATTRIBUTES).map(describe)));
  if (attributes.length > MOST_ATTRIBUTES)
    parts.push(`… and ${attributes.length - MOST_ATTRIBUTES} more attributes.`);
  parts.push(`\`%import ${id}${others.length > 0 ? ` ${only?.id ?? ""}` : ""}\``);
  return parts.filter((part) => part !== "").join("\n\n");
}

function sentence({ name, description }: Datasource): string {
  return name === description || name === "" ? description : `${name}: ${description}`;
}

function describe({ label, description, unit }: ImporterAttribute): string[] {
  return [`\`${label}\``, description + (unit === undefined ? "" : ` (${unit})`)];
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
