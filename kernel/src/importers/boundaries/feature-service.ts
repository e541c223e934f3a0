import { quoteIdentifier } from "../../engine/quote.ts";
import type { SimpleImporter } from "../importer.ts";

const SERVICES = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services";

/** What a query asks of a service of the Office for National Statistics' Open Geography Portal. */
export function portalQuery(service: string, fields: readonly string[], isGeographic: boolean): string {
  const shape = isGeographic ? "outSR=4326&geometryPrecision=6&f=geojson" : "returnGeometry=false&f=json";
  return `${SERVICES}/${service}/FeatureServer/0/query?where=1%3D1&outFields=${fields.join(",")}&${shape}`;
}

/** What the Office for National Statistics asks to be said beside boundaries. */
export const PORTAL_ATTRIBUTION =
  "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown copyright and database right.";

/** Boundaries of one kind and year. */
export interface Boundaries {
  /** Id of the importer. */
  readonly id: string;
  readonly title: string;
  readonly doc: string;
  /** Label and name of the subject type; the year is part of the label, so that years are never mixed. */
  readonly type: string;
  readonly typeName: string;
  readonly vintage: string;
  readonly service: string;
  /** Property with the code; the one with the name ends in NM. */
  readonly code: string;
  readonly covers: readonly string[];
  readonly expected: readonly [atLeast: number, atMost: number];
}

/** Boundaries from the Open Geography Portal. Generalised to 20 metres and clipped to the coast, as maps need them. */
export function boundaries(declared: Boundaries): SimpleImporter {
  const { id, title, doc, type, typeName, vintage, service, code, covers, expected } = declared;
  const [atLeast, atMost] = expected;
  return {
    id,
    version: 1,
    title,
    doc: `${doc} Boundaries are generalised to 20 metres and clipped to the coast.`,
    provider: { label: "uk.gov.ons", name: "Office for National Statistics" },
    licence: "Open Government Licence v3.0",
    attribution: PORTAL_ATTRIBUTION,
    access: "public",
    unitOfRecord: "area",
    covers,
    source: {
      address: portalQuery(service, [code, code.replace(/CD$/, "NM")], true),
      format: "geo",
      suffix: ".json",
      pages: "arcgis",
    },
    subjectType: { label: type, name: typeName, vintage },
    attributes: [],
    rows: `SELECT ${quoteIdentifier(code)} AS label, ${quoteIdentifier(code.replace(/CD$/, "NM"))} AS name, geom AS shape FROM source ORDER BY label`,
    expect: { subjects: { atLeast, atMost } },
  };
}
