import { expect, test } from "@jest/globals";
import { completeRecipe } from "../../kernel/src/magics/complete-recipe.ts";
import type { Session } from "../../kernel/src/magics/session.ts";

const store = {
  catalogue: () => ({
    subjectTypes: [{ provider: "uk.gov.london", label: "borough" }],
    attributes: [{ provider: "uk.gov.example", label: "tube visitors" }],
  }),
};
const session = { folder: "/nowhere", store: async () => store } as unknown as Session;

const complete = async (text: string) => (await completeRecipe(session, text, text.length))?.matches ?? [];

const TENURE = [
  "Total: All households",
  "Owned",
  "Owned: Owns outright",
  "Owned: Owns with a mortgage or loan",
  "Shared ownership",
  "Shared ownership: Shared ownership",
  "Social rented",
  "Social rented: Rents from council or Local Authority",
  "Social rented: Other social rented",
  "Private rented",
  "Private rented: Private landlord or letting agency",
  "Private rented: Other private rented",
  "Lives rent free",
].map((name) => `Tenure of household: ${name}`);

/** What is written, and what is offered at its end. */
const CASES: readonly (readonly [string, readonly string[]])[] = [
  ["sub", ["subjects"]],
  ["subjects: borough\nfie", ["fields"]],
  ["subjects: boro", ["borough"]],
  ['subjects: lsoa in "Lee', ["Leeds"]],
  ["subjects: lsoa in 'yorksh", ["Yorkshire and The Humber"]],
  ['{"subjects": "lsoa in \\"Kingston upon H', ["Kingston upon Hull, City of"]],
  ['{"subjects": "lsoa in \\"Leeds\\"", "dataso', ["datasources"]],
  ['{"dataset": {"sub', ["subjects"]],
  ["datasources: [london/und", ["london/underground"]],
  ["datasources:\n  - london/boroughs\n  - london/und", ["london/underground"]],
  ['{"datasources": ["london/und', ["london/underground"]],
  ["datasources: { osm/cycling: europe/united-kingdom/sc", ["europe/united-kingdom/scotland"]],
  ['{"datasources": [{"importerClass": "ons/oa", "datasourceId": "ms', ["msoa"]],
  ['{"datasources": [{"importerClass": "dft/aadf", "geographyScope": ["Lee', ["Leeds"]],
  ["subjects: borough\nfields:\n  km: { length-ins", ["length-inside"]],
  ["subjects: borough\nfields:\n  km: { length-inside: underground-l", ["underground-line"]],
  ["subjects: borough\nfields:\n  share: census/fraction-re", ["census/fraction-renting"]],
  ['subjects: borough\nfields:\n  a: { value: "tube v', ["tube visitors"]],
  ["subjects: borough\nfields:\n  a: uk.gov.ex", ["uk.gov.example/tube visitors"]],
  ["subjects: borough\nfields:\n  a: { sum: all_mo", ["all_motor_vehicles"]],
  ["subjects: borough\nfields:\n  long_label: { area: km² }\n  b: { arithmetic: long_", ["long_label"]],
  ["subjects: borough\nfields:\n  km: { length-inside: underground-line, un", ["unit"]],
  ["subjects: lsoa\nfields:\n  a: Type of est", ["Type of establishment"]],
  ["subjects: lsoa\nfields:\n  a: { value: Tenure of household", TENURE.map((name) => `"${name}"`)],
  ['{"subjects": "lsoa", "fields": {"a": "Tenure of household: Tot', TENURE.slice(0, 1)],
];

test.each(CASES)("%j", async (text, matches) => {
  expect(await complete(text)).toEqual(matches);
});

test("the store's measurements are offered before anything is written", async () => {
  const offered = await complete("subjects: borough\nfields:\n  a: ");
  expect(offered.slice(0, 2)).toEqual(["a", "borough"]);
  expect(offered).toContain("tube visitors");
});

test("the measurements of the datasources that the recipe names come before all others", async () => {
  const recipe = "subjects: lsoa\ndatasources: [census2021/ts003]\nfields:\n  a: ";
  const offered = await complete(recipe);
  const first = '"Household composition: Total"';
  expect(offered).toContain(first);
  expect(await complete("subjects: lsoa\nfields:\n  a: ")).not.toContain(first);
});
