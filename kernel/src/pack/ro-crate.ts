import type { Contract, ContractInput } from "./contract.ts";
import type { Lock } from "./lock.ts";
import type { Maker } from "./makers.ts";
import type { PackFile } from "./pack-file.ts";

/** An entity of RO-Crate's graph. */
type Entity = Readonly<Record<string, unknown>> & { readonly "@id": string };

const SPECIFICATION = "https://w3id.org/ro/crate/1.2";

/**
 * The pack as a research object (RO-Crate 1.2): its inputs are described as entities and not included. `texts` are its files
 * by their paths.
 */
export function roCrate(
  file: PackFile,
  contract: Contract,
  lock: Lock,
  texts: Readonly<Record<string, string>>,
) {
  const makers = makersOf(file);
  const files = filesOf(texts, file.engine);
  const inputs = [...contract.inputs.map(entityOf), ...sourcesOf(lock)];
  const licence = `https://spdx.org/licenses/${encodeURIComponent(file.licence)}`;
  return {
    "@context": `${SPECIFICATION}/context`,
    "@graph": distinct([
      {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        name: "Description of the pack",
        description: "The pack as a research object",
        conformsTo: { "@id": SPECIFICATION },
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
        ...named("author", makers.authors),
        ...named("publisher", makers.publishers),
        hasPart: files.filter(({ "@type": type }) => type !== LANGUAGE).map(reference),
        ...named("mentions", inputs),
      },
      { "@id": licence, "@type": "CreativeWork", name: file.licence, description: `Licence ${file.licence}` },
      ...makers.authors,
      ...makers.publishers,
      ...files,
      ...inputs,
    ]),
  };
}

const reference = ({ "@id": id }: Entity) => ({ "@id": id });

/** One entity stands alone, several in a list, as RO-Crate recommends. */
function named(property: string, entities: readonly Entity[]): Readonly<Record<string, unknown>> {
  const all = entities.map(reference);
  return all.length === 0 ? {} : { [property]: all.length === 1 ? all[0] : all };
}

const distinct = (entities: readonly Entity[]): Entity[] => [
  ...new Map(entities.map((entity) => [entity["@id"], entity])).values(),
];

function makersOf({ authors, organisation }: PackFile): { authors: Entity[]; publishers: Entity[] } {
  const publishers = organisation ? [makerOf(organisation, "Organization")] : [];
  const people = authors.map((author) => ({
    ...makerOf(author, "Person"),
    ...named("affiliation", publishers),
  }));
  return {
    authors: people.length > 0 ? people : publishers,
    // Who has made it for nobody else has let it out as well.
    publishers: publishers.length > 0 ? publishers : people.slice(0, 1),
  };
}

const makerOf = ({ name, address }: Maker, type: "Person" | "Organization"): Entity => ({
  "@id": address ?? `#${encodeURIComponent(name)}`,
  "@type": type,
  name,
  description: type === "Person" ? "Author of the pack" : "Organisation that the pack was made for",
  ...(address !== undefined && { url: address }),
});

const LANGUAGE = "ComputerLanguage";

function filesOf(texts: Readonly<Record<string, string>>, engine: string): Entity[] {
  const recipes = Object.keys(texts).filter((path) => path.startsWith("recipes/"));
  const contentSize = (path: string) => String(Buffer.byteLength(texts[path] ?? ""));
  return [
    ...recipes.map((path) => ({
      "@id": path,
      "@type": ["File", "SoftwareSourceCode", "ComputationalWorkflow"],
      name: path,
      description: "Recipe: subjects, and what is computed of each",
      encodingFormat: "application/yaml",
      contentSize: contentSize(path),
      programmingLanguage: { "@id": "#tombolo-recipe" },
    })),
    {
      "@id": "#tombolo-recipe",
      "@type": LANGUAGE,
      name: "Tombolo recipe",
      description: "Subjects and fields, in YAML",
      version: engine,
      url: "https://www.npmjs.com/package/tombolo",
    },
    {
      "@id": "contract.json",
      "@type": "File",
      name: "Schemas of the inputs",
      description: "Columns that the recipes read, with units and access; no data",
      encodingFormat: "application/json",
      contentSize: contentSize("contract.json"),
    },
  ];
}

const entityOf = ({ provider, subjectType, title, access }: ContractInput): Entity => ({
  "@id": `#${encodeURIComponent(`${provider}/${subjectType}`)}`,
  "@type": "Dataset",
  name: title,
  description: `Input of the pack, which is ${access} and not included`,
  conditionsOfAccess: access,
});

function sourcesOf({ inputs }: Lock): Entity[] {
  return inputs.flatMap(({ title, source }) =>
    source
      ? [
          {
            "@id": source.address,
            "@type": "Dataset",
            name: title,
            description: `Public input of the pack, with the SHA-256 digest ${source.sha256}; not included`,
            dateModified: source.retrieved,
          },
        ]
      : [],
  );
}
