import { UserError } from "../../errors.ts";
import { didYouMean } from "../../nearest.ts";

const SERVER = "http://download.geofabrik.de";
const KINGDOM = "europe/united-kingdom";

/** Extracts of English counties. Durham was missing from the list of 2019. */
const COUNTIES = [
  "bedfordshire",
  "berkshire",
  "bristol",
  "buckinghamshire",
  "cambridgeshire",
  "cheshire",
  "cornwall",
  "cumbria",
  "derbyshire",
  "devon",
  "dorset",
  "durham",
  "east-sussex",
  "east-yorkshire-with-hull",
  "essex",
  "gloucestershire",
  "greater-london",
  "greater-manchester",
  "hampshire",
  "herefordshire",
  "hertfordshire",
  "isle-of-wight",
  "kent",
  "lancashire",
  "leicestershire",
  "lincolnshire",
  "merseyside",
  "norfolk",
  "north-yorkshire",
  "northamptonshire",
  "northumberland",
  "nottinghamshire",
  "oxfordshire",
  "rutland",
  "shropshire",
  "somerset",
  "south-yorkshire",
  "staffordshire",
  "suffolk",
  "surrey",
  "tyne-and-wear",
  "warwickshire",
  "west-midlands",
  "west-sussex",
  "west-yorkshire",
  "wiltshire",
  "worcestershire",
];

/** Extracts of Great Britain by their path at the server. */
export const GEOFABRIK_AREAS: readonly string[] = [
  ...COUNTIES.map((county) => `${KINGDOM}/england/${county}`),
  `${KINGDOM}/england`,
  `${KINGDOM}/wales`,
  `${KINGDOM}/scotland`,
  "europe/great-britain",
];

/** Where an extract is. */
export interface OsmExtract {
  /** Path at the server as it is today. */
  readonly area: string;
  /** Addresses of the same extract, today's first, then that of 2019, which older caches know. */
  readonly addresses: readonly string[];
}

/**
 * The extract that a user means: a path at the server in today's spelling or that of 2019 (`europe/great-britain/england/rutland`),
 * or only its last part (`rutland`). Any other path of three letters and more is taken as it is: the server has the whole world.
 */
export function osmExtract(area: string): OsmExtract {
  const path = area
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/download\.geofabrik\.de\//, "")
    .replace(/-latest\.osm\.pbf$/, "")
    .replace(/^europe\/great-britain\//, `${KINGDOM}/`);
  const named = GEOFABRIK_AREAS.find(
    (known) => known === path || known.endsWith(`/${path.replaceAll(" ", "-")}`),
  );
  if (named) return extract(named);
  if (/^[a-z-]+(\/[a-z-]+)+$/.test(path) && !path.startsWith(`${KINGDOM}/`)) return extract(path);
  throw new UserError(`There is no extract of OpenStreetMap named "${area}"`, {
    where: area,
    hint: didYouMean(area, [...GEOFABRIK_AREAS]),
  });
}

function extract(area: string): OsmExtract {
  const paths = [area, area.replace(`${KINGDOM}/`, "europe/great-britain/")];
  return { area, addresses: [...new Set(paths)].map((path) => `${SERVER}/${path}-latest.osm.pbf`) };
}
