import type { Given, GivenSubject } from "../conformance/cases.ts";

const ONS = "uk.gov.ons";
const OSM = "org.openstreetmap";
/** Side of an area in degrees: a power of two, so that neighbours share their border exactly. */
const SIDE = 1 / 64;
const [WEST, SOUTH] = [-0.125, 51.5];
const CENSUS_TIME = "2011-12-31T23:59:59";

const box = (west: number, south: number, east: number, north: number) =>
  `POLYGON ((${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}))`;
const column = (from: number, to: number) => box(WEST + from * SIDE, SOUTH, WEST + to * SIDE, SOUTH + SIDE);
/** A place in an area, told in shares of its side. */
const point = (area: number, x: number, y: number) =>
  `POINT (${WEST + (area + x) * SIDE} ${SOUTH + y * SIDE})`;
const patch = (area: number, x: number, y: number, width: number, height: number) => {
  const [west, south] = [WEST + (area + x) * SIDE, SOUTH + y * SIDE];
  return box(west, south, west + width * SIDE, south + height * SIDE);
};

/**
 * Six lsoa in a row, L1 to L6: two to an msoa, the first five in one local authority, the last in nothing. Traffic is counted in L1 and
 * L3 alone, so that the others fall back to what is around them.
 */
export function buildCity(): Given {
  const subjects: GivenSubject[] = [];
  const fixedValues: [string, string, string, string][] = [];
  const timedValues: [string, string, string, string, number][] = [];
  const add = (provider: string, subjectType: string, label: string, geometry: string) =>
    subjects.push({ provider, subjectType, label, name: label, geometry });
  for (let area = 0; area < 6; area++) add(ONS, "lsoa", `L${area + 1}`, column(area, area + 1));
  add(ONS, "msoa", "M1", column(0, 2));
  add(ONS, "msoa", "M2", column(2, 4));
  add(ONS, "msoa", "M3", column(4, 5));
  add(ONS, "localAuthority", "A1", column(0, 5));

  const counter = (label: string, area: number, bicycles: number, cars: number) => {
    add("uk.gov.dft", "trafficCounter", label, point(area, 0.5, 0.5));
    timedValues.push([label, "uk.gov.dft", "CountPedalCycles", "2016-12-31T23:59:59", bicycles]);
    timedValues.push([label, "uk.gov.dft", "CountPedalCycles", "2010-12-31T23:59:59", 7]);
    timedValues.push([label, "uk.gov.dft", "CountCarsTaxis", "2016-12-31T23:59:59", cars]);
  };
  counter("c1", 0, 60, 200);
  counter("c2", 0, 40, 100);
  counter("c3", 2, 10, 90);

  const entity = (label: string, geometry: string, tags: Readonly<Record<string, string>>) => {
    add(OSM, "OSMEntity", label, geometry);
    for (const [tag, value] of Object.entries(tags)) fixedValues.push([label, OSM, tag, value]);
  };
  // Four ways in L1, two of them with a cycle lane; two in L3 without.
  for (let way = 0; way < 4; way++) {
    const lane: Record<string, string> =
      way === 0 ? { cycleway: "lane" } : way === 1 ? { "cycleway:left": "track" } : {};
    entity(`way${way}`, point(0, 0.1 + 0.2 * way, 0.1), { highway: "primary", ...lane });
  }
  entity("way5", point(2, 0.2, 0.1), { highway: "residential" });
  entity("way6", point(2, 0.4, 0.1), { highway: "service" });
  // A park of a sixteenth of L1 with a wood of a sixty-fourth in it; a park over the border of L1 and L2 counts in neither.
  entity("park", patch(0, 0.25, 0.25, 0.25, 0.25), { leisure: "park" });
  entity("wood", patch(0, 0.25, 0.25, 0.125, 0.125), { natural: "wood" });
  entity("border", patch(0, 0.875, 0.5, 0.25, 0.25), { leisure: "park" });
  // An eighth of L1 is residential and a sixteenth retail, by three features; L2 has commerce alone.
  entity("homes", patch(0, 0, 0.75, 0.25, 0.25), { landuse: "residential" });
  entity("flats", patch(0, 0.25, 0.75, 0.25, 0.25), { landuse: "residential" });
  entity("shops", patch(0, 0.5, 0.75, 0.25, 0.25), { landuse: "retail" });
  entity("farm", patch(0, 0, 0.5, 0.125, 0.125), { landuse: "farmland" });
  entity("offices", patch(1, 0.5, 0.5, 0.5, 0.25), { landuse: "commercial" });

  // Surgeries: none in L1, five in L6.
  for (let area = 0; area < 6; area++)
    for (let surgery = 0; surgery < area; surgery++)
      add("uk.nhs", "gpSurgeries", `gp${area}${surgery}`, point(area, 0.1 + 0.15 * surgery, 0.9));

  for (let area = 0; area < 6; area++) {
    for (const [attribute, value] of censusOf(area))
      timedValues.push([`L${area + 1}`, ONS, attribute, CENSUS_TIME, value]);
  }
  return { subjects, fixedValues, timedValues };
}

/** A census table of two kinds of row: those that count, and all. L6 has no answer about work. */
function censusOf(area: number): [string, number][] {
  const ages = Array.from({ length: 35 }, (_, year): [string, number] => [`Age: Age ${65 + year}`, area + 1]);
  const arrangement = "Living Arrangement: Not living in a couple:";
  const rows: [string, number][] = [
    ...ages,
    ["Age: Age 100 and over", 5],
    ["Age: All categories: Age", 1000],
    ["Tenure: Social rented: Total", 30],
    ["Tenure: Private rented: Total", 10 * (area + 1)],
    ["Tenure: All categories: Tenure", 200],
    [
      `${arrangement} Separated (but still legally married or still legally in a same-sex civil partnership)`,
      10,
    ],
    [
      `${arrangement} Divorced or formerly in a same-sex civil partnership which is now legally dissolved`,
      20,
    ],
    [`${arrangement} Widowed or surviving partner from a same-sex civil partnership`, 30],
    ["Living Arrangement: All categories: Living arrangements", 600],
    ["General Health: Bad health", 40],
    ["General Health: Very bad health", 10],
    ["General Health: All categories: General health", 1000],
    ["Disability: Day-to-day activities limited a lot", 60 - 10 * area],
    ["Disability: Day-to-day activities limited a little", 100],
    ["Disability: All categories: Long-term health problem or disability", 1000],
    ["Household Deprivation: Household is deprived in 2 dimensions", 20],
    ["Household Deprivation: Household is deprived in 3 dimensions", 10],
    ["Household Deprivation: Household is deprived in 4 dimensions", 5],
    ["Household Deprivation: All categories: Classification of household deprivation", 100],
    ["Occupancy Rating: Occupancy rating (rooms) of -1", 5],
    ["Occupancy Rating: Occupancy rating (rooms) of -2 or less", 10 * area + 5],
    ["Occupancy Rating: All categories: Occupancy rating (rooms)", 1000],
  ];
  const work: [string, number][] = [
    ["Method of Travel to Work: On foot", 100],
    ["Method of Travel to Work: Bicycle", 50],
    ["Method of Travel to Work: All categories: Method of travel to work", 1000],
  ];
  return area === 5 ? rows : [...rows, ...work];
}
