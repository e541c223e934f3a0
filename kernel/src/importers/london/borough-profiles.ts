import { quoteLiteral } from "../../engine/quote.ts";
import { numberIn } from "../formats/csv.ts";
import { defineImporter, type ImporterAttribute } from "../importer.ts";
import { AREAS, OPEN_GOVERNMENT_LICENCE } from "../ons/ons.ts";
import { LONDON_DATASTORE } from "./london.ts";

interface Profile extends ImporterAttribute {
  readonly column: number;
  readonly heading: string;
  readonly year: string;
}

const profiles: readonly Profile[] = [
  {
    label: "populationDensity",
    description: "Population density per hectare 2015",
    unit: "per hectare",
    kind: "rate",
    column: 6,
    heading: "Population_density_(per_hectare)_2017",
    year: "2016",
  },
  {
    label: "householdIncome",
    description: "Modelled household median income estimates 2012/13",
    unit: "GBP",
    kind: "mean",
    column: 41,
    heading: "Modelled_Household_median_income_estimates_2012/13",
    year: "2013",
  },
  {
    label: "medianHousePrice",
    description: "Median house price 2015",
    unit: "GBP",
    kind: "mean",
    column: 51,
    heading: "Median_House_Price,_2015",
    year: "2015",
  },
  {
    label: "fractionGreenspace",
    description: "Share of the area that is green space 2005, in per cent",
    unit: "%",
    kind: "rate",
    column: 58,
    heading: "%_of_area_that_is_Greenspace,_2005",
    year: "2005",
  },
  {
    label: "carbonEmission",
    description: "Total carbon emissions 2014",
    unit: "kt CO₂",
    kind: "amount",
    column: 59,
    heading: "Total_carbon_emissions_(2014)",
    year: "2014",
  },
  {
    label: "carsPerHousehold",
    description: "Cars for each household, Census 2011",
    unit: "cars per household",
    kind: "mean",
    column: 62,
    heading: "Number_of_cars_per_household,_(2011_Census)",
    year: "2011",
  },
];

/**
 * Profiles of the London boroughs by the Greater London Authority. One row is one borough. The share of green space is in per
 * cent although its label says fraction, and currency signs in the file may be broken.
 */
export const boroughProfiles = defineImporter({
  id: "london/borough-profiles",
  className: "uk.org.tombolo.importer.londondatastore.LondonBoroughProfileImporter",
  version: 1,
  title: "London borough profiles",
  doc: "Density, income, house prices, green space, carbon and cars of the London boroughs. The green space is in per cent, although its label says fraction.",
  provider: LONDON_DATASTORE,
  licence: OPEN_GOVERNMENT_LICENCE,
  attribution: "Source: Greater London Authority, London Datastore.",
  access: "public",
  unitOfRecord: "area",
  datasources: [
    {
      id: "londonBoroughProfiles",
      name: "London Borough Profiles",
      description: "Various statistics on London boroughs",
      url: "http://data.london.gov.uk/dataset/london-borough-profiles",
      subjectTypes: [],
      attributes: profiles.map(({ column: _, heading: __, year: ___, ...attribute }) => ({
        ...attribute,
        values: "timed",
      })),
      valuesOf: [AREAS.localAuthority],
      areas: ["localAuthority"],
      files: [
        {
          address:
            "https://files.datapress.com/london/dataset/london-borough-profiles/2017-01-26T18:50:00/london-borough-profiles.csv",
          format: "csv",
        },
      ],
      rows: async (tables) => {
        await tables.expectHeadings([
          [0, "Code"],
          ...profiles.map(({ column, heading }) => [column, heading] as const),
        ]);
        const selects = profiles.map(
          ({
            label,
            column,
            year,
          }) => `SELECT c0 AS label, ${quoteLiteral(label)} AS attribute, '${year}' AS time,
            ${numberIn(`c${column}`)} AS value, row AS position FROM source WHERE row > 0`,
        );
        return { timed: selects.join(" UNION ALL ") };
      },
    },
  ],
});
