import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { CENSUS_2021_HEADINGS } from "../../kernel/src/importers/census2021/headings.ts";
import { CENSUS_2021_TABLES, COARSE_TABLES } from "../../kernel/src/importers/census2021/tables.ts";
import { headingTree } from "../../kernel/src/importers/heading-tree.ts";
import { census } from "../../kernel/src/importers/ons/census.ts";
import { CENSUS_2011_HEADINGS } from "../../kernel/src/importers/ons/census-headings.ts";

test("a tree of headings is read: beginnings, alternatives, counts", () => {
  const text = `
t1 Colour
  All
  Red:
    Light | Dark
  Blue
    Deep
t2 Age
  Under 1
  Age {1..3}
  {10..30 by 10} to {19..39 by 10}`;
  expect([...headingTree(text)]).toEqual([
    ["t1", ["Colour: All", "Colour: Red: Light", "Colour: Red: Dark", "Colour: Blue", "Colour: Blue: Deep"]],
    [
      "t2",
      [
        "Age: Under 1",
        "Age: Age 1",
        "Age: Age 2",
        "Age: Age 3",
        "Age: 10 to 19",
        "Age: 20 to 29",
        "Age: 30 to 39",
      ],
    ],
  ]);
});

describe("tables of the census of 2011", () => {
  // Cells by the numbers that the Office for National Statistics gives them, as its census atlas lists them (QS113EW025 …).
  test.each([
    ["qs101ew", 3, "Residence Type: Communal establishments with persons sleeping rough identified"],
    ["qs103ew", 101, "Age: Age 100 and over"],
    ["qs108ew", 0, "Living Arrangement: All categories: Living arrangements"],
    ["qs113ew", 4, "Household Composition: One family only: Total"],
    ["qs113ew", 25, "Household Composition: Other household types: Total"],
    ["qs116ew", 11, "Household Type: Multi-person household: Other"],
    ["qs118ew", 11, "Dependent Children: Total dependent children"],
    ["qs119ew", 5, "Household Deprivation: Household is deprived in 4 dimensions"],
    ["qs203ew", 31, "Country of Birth: Africa: Total"],
    ["qs203ew", 44, "Country of Birth: Middle East and Asia: Total"],
    ["qs211ew", 60, "Ethnic Group: Mixed/multiple ethnic group: White and Black Caribbean"],
    ["qs211ew", 131, "Ethnic Group: Asian/Asian British: Indian or British Indian"],
    ["qs211ew", 172, "Ethnic Group: Black/African/Caribbean/Black British: African"],
    ["qs211ew", 198, "Ethnic Group: Other ethnic group: Arab"],
    ["qs211ew", 250, "Ethnic Group: Other ethnic group: Any other ethnic group"],
    ["qs402ew", 11, "Dwelling Type: Shared dwelling"],
    ["qs405ew", 8, "Tenure: Private rented: Total"],
    ["qs405ew", 13, "Tenure: Living rent free"],
    ["qs407ew", 9, "Number of Rooms: 9 or more rooms"],
    ["qs420ew", 21, "Establishment Type: Other establishment: Total"],
    ["qs420ew", 34, "Establishment Type: Establishment not stated"],
    ["qs502ew", 13, "Qualifications: Foreign qualifications"],
    ["qs601ew", 10, "Economic Activity: Economically inactive: Total"],
    ["qs604ew", 4, "Hours Worked: Full-time: Total"],
    ["qs607ew", 10, "NS-SeC: 2. Lower managerial, administrative and professional occupations"],
    ["qs610ew", 54, "NS-SeC: L17 Not classifiable for other reasons"],
    ["qs701ew", 12, "Method of Travel to Work: Not in employment"],
    ["qs801ew", 12, "Year of Arrival in UK: Arrived 2010-2011"],
    ["qs802ew", 17, "Age of Arrival in UK: Age of arrival in the UK: 90 and over"],
  ])("%s, cell %i", (table, cell, heading) => {
    expect(CENSUS_2011_HEADINGS.get(table)?.[cell]).toBe(heading);
  });

  test("every table has its headings, each once", () => {
    expect([...CENSUS_2011_HEADINGS.keys()]).toHaveLength(73);
    for (const { id, attributes } of census.datasources) {
      const labels = attributes.map(({ label }) => label);
      expect([id, new Set(labels).size]).toEqual([id, labels.length]);
    }
  });

  test("every measurement of the census that a model uses is in the catalogue", () => {
    const known = new Set(
      census.datasources.flatMap(({ attributes }) => attributes.map(({ label }) => label)),
    );
    const folder = join(import.meta.dirname, "..", "..", "kernel", "src", "models");
    const used = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(json|ya?ml|ts)$/.test(name))
      .flatMap(
        (name) =>
          readFileSync(join(folder, name), "utf8").match(/uk\.gov\.ons\/[A-Z][\w -]*: [^"'`\n]+/g) ?? [],
      )
      .map((path) => path.slice("uk.gov.ons/".length));
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((label) => !known.has(label))).toEqual([]);
  });
});

describe("tables of the census of 2021", () => {
  test("every table has its headings, each once", () => {
    const tables = CENSUS_2021_TABLES.map(([id]) => id);
    expect([...CENSUS_2021_HEADINGS.keys()]).toEqual(tables);
    for (const [id, headings] of CENSUS_2021_HEADINGS)
      expect([id, new Set(headings).size]).toEqual([id, headings.length]);
    for (const id of Object.keys(COARSE_TABLES)) expect(tables).toContain(id);
  });

  // Categories by the name of the classification that the Office for National Statistics counts them with, and totals.
  test.each([
    ["ts007a", 18 + 1],
    ["ts022", 287 + 7],
    ["ts024", 94 + 12],
    ["ts061", 11 + 1],
    ["ts066", 31],
  ])("%s has %i", (table, count) => {
    expect(CENSUS_2021_HEADINGS.get(table)).toHaveLength(count);
  });
});
