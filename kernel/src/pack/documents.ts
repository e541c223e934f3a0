import { plainText } from "../markdown.ts";
import type { Contract, ContractAttribute, ContractInput } from "./contract.ts";
import { type Maker, makersText } from "./makers.ts";
import type { PackFile } from "./pack-file.ts";

/** The page of a pack in Markdown: what it computes, from what, under which licence, and what it cannot say. */
export function readMe(file: PackFile, { inputs }: Contract, recipes: readonly string[]): string {
  const rows = inputs.flatMap((input) => [
    `| \`${input.provider}/${input.subjectType}\` | ${cell(input.title)} (${input.shape}) | | ${input.access} |`,
    ...input.attributes.map(
      ({ provider, label, description, unit = "", access = input.access }) =>
        `| \`${cell(`${provider}/${label}`)}\` | ${cell(description)} | ${cell(unit)} | ${access} |`,
    ),
  ]);
  const makers = makersText(file);
  const by = makers === "" ? "" : ` by ${plainText(makers)}`;
  return [
    `# ${file.title}`,
    file.description,
    `Version ${file.version}${by}, ${file.licence}. Made with [Tombolo](https://www.npmjs.com/package/tombolo).`,
    "In a notebook:",
    waysToUse(file),
    `It puts ${recipes.map((name) => `\`${name}\``).join(", ")} into the notebook, computed on dummy data until \`%bind\` gives it yours.`,
    "## What it reads",
    ["| name | what it is | unit | access |", "|---|---|---|---|", ...rows].join("\n"),
    "## What it cannot say",
    `The pack holds no data. Its dummy data is made up from the schemas above and says nothing of any place. Results from data that is not public are released under the preset \`${file.preset}\`, which reduces the risk that people are recognised and does not decide whether a release is lawful.`,
    "",
  ].join("\n\n");
}

/** How a notebook takes the pack from wherever it lies. */
function waysToUse({ name, version }: PackFile): string {
  const ways = [
    ["what comes with Tombolo, or was used before", `%use ${name}`],
    ["the folder of the pack, from the notebook's", `%use ./${name.replace(/^@.*\//, "")}`],
    ["its repository on GitHub", `%use git:owner/name#v${version}`],
    ["another Git repository", `%use https://example.org/name.git#v${version}`],
    ["npm", `%use ${name}@${version}`],
  ];
  const rows = ways.map(([where, command]) => `| ${where} | \`${command}\` |`);
  return ["| from | |", "|---|---|", ...rows].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The pack as a Frictionless data package: one resource an input, without data. */
export function dataPackage(
  { name, version, date, title, description, licence, keywords, authors, organisation }: PackFile,
  { inputs }: Contract,
) {
  const contributors = [
    ...authors.map((maker) => contributorOf(maker, "author")),
    ...(organisation ? [contributorOf(organisation, "publisher")] : []),
  ];
  return {
    profile: "data-package",
    name: name.replace(/^@/, "").replace("/", "-"),
    version,
    created: `${date}T00:00:00Z`,
    title,
    description,
    licenses: [{ name: licence }],
    ...(contributors.length > 0 && { contributors }),
    keywords,
    resources: inputs.map((input) => ({
      name: `${input.provider}-${input.subjectType}`.toLowerCase().replace(/[^a-z0-9.-]+/g, "-"),
      title: input.title,
      path: `${input.subjectType.replace(/[^\w.-]+/g, "-")}.csv`,
      profile: "tabular-data-resource",
      schema: schemaOf(input),
    })),
  };
}

const contributorOf = ({ name, address }: Maker, role: string) => ({
  title: name,
  ...(address !== undefined && { path: address }),
  role,
});

/** The columns of a file that fits an input: one row a subject, or one for each of its times. */
function schemaOf({ shape, attributes }: ContractInput) {
  const isTimed = attributes.some(({ values }) => values === "timed");
  const key = isTimed ? ["label", "time"] : ["label"];
  return {
    fields: [
      { name: "label", type: "string", constraints: { required: true, ...(!isTimed && { unique: true }) } },
      ...(isTimed ? [{ name: "time", type: "datetime", constraints: { required: true } }] : []),
      { name: "name", type: "string" },
      { name: "geometry", type: "geojson", description: shape },
      ...attributes.map(fieldOf),
    ],
    primaryKey: key,
  };
}

/** What the recipe looks for is an example: other values are as valid, and it does without them. */
function fieldOf({ label, description, type, unit, kind, categories }: ContractAttribute) {
  return {
    name: label,
    type: type === "number" ? "number" : "string",
    description,
    ...(categories?.[0] !== undefined && { example: categories[0] }),
    ...(unit !== undefined && { unit }),
    ...(kind !== undefined && { kind }),
    ...(categories && { lookedFor: categories }),
  };
}
