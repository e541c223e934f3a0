import type { Contract, ContractAttribute, ContractInput } from "./contract.ts";
import type { Lock } from "./lock.ts";
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
  return [
    `# ${file.title}`,
    file.description,
    `Version ${file.version}, ${file.licence}. Made with [Tombolo](https://www.npmjs.com/package/tombolo).`,
    `\`\`\`\n%use ${file.name}\n\`\`\``,
    `It puts ${recipes.map((name) => `\`${name}\``).join(", ")} into the notebook, computed on dummy data until \`%bind\` gives it yours.`,
    "## What it reads",
    ["| name | what it is | unit | access |", "|---|---|---|---|", ...rows].join("\n"),
    "## What it cannot say",
    `The pack holds no data. Its dummy data is made up from the schemas above and says nothing of any place. Results from data that is not public are released under the preset \`${file.preset}\`, which reduces the risk that people are recognised and does not decide whether a release is lawful.`,
    "",
  ].join("\n\n");
}

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The pack as a Frictionless data package: one resource an input, without data. */
export function dataPackage(
  { name, version, title, description, licence, keywords }: PackFile,
  { inputs }: Contract,
) {
  return {
    profile: "data-package",
    name: name.replace(/^@/, "").replace("/", "-"),
    version,
    title,
    description,
    licenses: [{ name: licence }],
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

/** Where SPDX says what a licence is. */
const licenceAddress = (licence: string): string =>
  `https://spdx.org/licenses/${encodeURIComponent(licence)}`;

/** One entity stands alone, several in a list, as RO-Crate recommends. */
function mentionsOf(ids: readonly string[]) {
  const entities = ids.map((id) => ({ "@id": id }));
  return entities.length === 0 ? {} : { mentions: entities.length === 1 ? entities[0] : entities };
}

/** The pack as a research object (RO-Crate 1.1): its inputs are described as entities and not included. */
export function roCrate(file: PackFile, { inputs }: Contract, lock: Lock, recipes: readonly string[]) {
  const idOf = ({ provider, subjectType }: ContractInput) =>
    `#${encodeURIComponent(`${provider}/${subjectType}`)}`;
  const paths = recipes.map((name) => `recipes/${name}.yaml`);
  const licence = licenceAddress(file.licence);
  const sources = lock.inputs.flatMap(({ title, source }) => (source ? [{ title, ...source }] : []));
  return {
    "@context": "https://w3id.org/ro/crate/1.1/context",
    "@graph": [
      {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        conformsTo: { "@id": "https://w3id.org/ro/crate/1.1" },
        about: { "@id": "./" },
      },
      {
        "@id": "./",
        "@type": "Dataset",
        name: file.title,
        description: file.description,
        version: file.version,
        datePublished: file.date,
        license: { "@id": licence },
        hasPart: [...paths, "contract.json"].map((path) => ({ "@id": path })),
        ...mentionsOf([...inputs.map(idOf), ...sources.map(({ address }) => address)]),
      },
      { "@id": licence, "@type": "CreativeWork", name: file.licence, description: `Licence ${file.licence}` },
      ...paths.map((path) => ({
        "@id": path,
        "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
        name: path,
        encodingFormat: "application/yaml",
        programmingLanguage: { "@id": "#tombolo-recipe" },
      })),
      {
        "@id": "#tombolo-recipe",
        "@type": "ComputerLanguage",
        name: "Tombolo recipe",
        url: { "@id": "https://www.npmjs.com/package/tombolo" },
      },
      {
        "@id": "contract.json",
        "@type": "File",
        name: "Schemas of the inputs",
        encodingFormat: "application/json",
      },
      ...inputs.map((input) => ({
        "@id": idOf(input),
        "@type": "Dataset",
        name: input.title,
        description: `Input of the pack, which is ${input.access} and not included`,
        conditionsOfAccess: input.access,
      })),
      ...sources.map(({ title, address, sha256, retrieved }) => ({
        "@id": address,
        "@type": "Dataset",
        name: title,
        description: `Public input of the pack, with the SHA-256 digest ${sha256}; not included`,
        dateModified: retrieved,
      })),
    ],
  };
}
