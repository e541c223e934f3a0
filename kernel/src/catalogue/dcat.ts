import type { Access } from "@tombolo/bundle";
import { LOCAL_AUTHORITIES, REGIONS } from "../importers/areas/local-authorities.ts";
import { type Listed, listDatasources } from "./listing.ts";

/** Access rights in the vocabulary of the European Union's publications office, which portals of this country use. */
const RIGHTS: Readonly<Record<Access, string>> = {
  public: "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
  internal: "http://publications.europa.eu/resource/authority/access-right/RESTRICTED",
  sensitive: "http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC",
};

const LICENCES: readonly (readonly [RegExp, string])[] = [
  [
    /open government licence v3/i,
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
  ],
  [
    /open government licence v2/i,
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/2/",
  ],
  [/odbl|open database licen/i, "https://opendatacommons.org/licenses/odbl/1-0/"],
  [/by-sa 4/i, "https://creativecommons.org/licenses/by-sa/4.0/"],
  [/by 4/i, "https://creativecommons.org/licenses/by/4.0/"],
];

const CONTEXT = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
} as const;

/** The catalogue as DCAT 3 in JSON-LD, which data portals harvest. */
export async function catalogueDcat(): Promise<Readonly<Record<string, unknown>>> {
  const all = await listDatasources();
  return {
    "@context": CONTEXT,
    "@type": "dcat:Catalog",
    "dct:title": "Datasources that Tombolo imports",
    "dct:description": "City data of many publishers that importers bring into one common format.",
    "dcat:dataset": all.map(dataset),
  };
}

function dataset({
  word,
  importer,
  datasource,
  subjects,
  covers = [],
  years,
}: Listed): Record<string, unknown> {
  const { provider, licence, access, attribution } = importer;
  const files = typeof datasource.files === "function" ? [] : datasource.files;
  const link = LICENCES.find(([pattern]) => pattern.test(licence))?.[1];
  const places = [...REGIONS, ...LOCAL_AUTHORITIES].filter(({ code }) => covers.includes(code));
  return {
    "@id": `urn:tombolo:${encodeURI(word)}`,
    "@type": "dcat:Dataset",
    "dct:identifier": word,
    "dct:title": datasource.name || importer.title,
    "dct:description": [...new Set([datasource.description, importer.doc])]
      .filter((text) => text !== "")
      .join(" "),
    "dct:publisher": { "@type": "foaf:Agent", "dct:identifier": provider.label, "foaf:name": provider.name },
    "dct:license": link ? { "@id": link } : licence,
    "dct:rights": attribution,
    "dct:accessRights": { "@id": RIGHTS[access] },
    "dct:temporal": years,
    "dcat:keyword": [...new Set([...subjects, ...datasource.attributes.map(({ label }) => label)])],
    ...(places.length > 0 && {
      "dct:spatial": places.map(({ code, name }) => ({
        "@id": `http://statistics.data.gov.uk/id/statistical-geography/${code}`,
        "dct:title": name,
      })),
    }),
    ...(datasource.url && { "dcat:landingPage": { "@id": datasource.url } }),
    ...(files.length > 0 && {
      "dcat:distribution": files.map((file) => ({
        "@type": "dcat:Distribution",
        "dcat:accessURL": { "@id": file.address },
        "dct:format": file.format,
      })),
    }),
  };
}
