import { quoteLiteral } from "../../engine/quote.ts";

/**
 * Which closed ways are areas rather than lines that end where they began, such as roundabouts and walls: any value of the
 * key (`true`), only some values, or all but some. From "Overpass turbo/Polygon Features" in the OpenStreetMap wiki.
 */
const AREA_KEYS: Readonly<Record<string, true | { only: readonly string[] } | { not: readonly string[] }>> = {
  "area:highway": true,
  "building:part": true,
  aeroway: { not: ["taxiway"] },
  amenity: true,
  barrier: { only: ["city_wall", "ditch", "hedge", "retaining_wall", "wall", "spikes"] },
  boundary: true,
  building: true,
  craft: true,
  golf: true,
  highway: { only: ["services", "rest_area", "escape", "elevator"] },
  historic: true,
  indoor: true,
  landuse: true,
  leisure: true,
  man_made: { not: ["cutline", "embankment", "pipeline"] },
  military: true,
  natural: { not: ["coastline", "cliff", "ridge", "arete", "tree_row"] },
  office: true,
  place: true,
  power: { only: ["plant", "substation", "generator", "transformer"] },
  public_transport: true,
  railway: { only: ["station", "turntable", "roundhouse", "platform"] },
  ruins: true,
  shop: true,
  tourism: true,
  waterway: { only: ["riverbank", "dock", "boatyard", "dam"] },
};

/** SQL that is true when a closed way with these tags is an area; `area=yes` and `area=no` decide before all else. */
export function isAreaSql(tags = "tags"): string {
  const value = (key: string) => `${tags}[${quoteLiteral(key)}]`;
  const features = Object.entries(AREA_KEYS).map(([key, rule]) => {
    if (rule === true) return `coalesce(${value(key)} <> 'no', false)`;
    const values = "only" in rule ? rule.only : [...rule.not, "no"];
    const not = "only" in rule ? "" : "NOT ";
    return `coalesce(${value(key)} ${not}IN (${values.map(quoteLiteral).join(", ")}), false)`;
  });
  return `CASE coalesce(${value("area")}, '') WHEN 'no' THEN false WHEN '' THEN ${features.join(" OR ")} ELSE true END`;
}
