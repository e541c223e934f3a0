import { describe, expect, test } from "@jest/globals";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { planRecipe } from "../../kernel/src/recipe/plan.ts";
import type { Catalogue, CatalogueAttribute, CatalogueSubjectType } from "../../kernel/src/store/store.ts";

const type = (label: string, more: Partial<CatalogueSubjectType> = {}): CatalogueSubjectType => ({
  provider: "p",
  label,
  name: label,
  count: 1,
  access: "public",
  source: `Source of ${label}.`,
  ...more,
});
const attribute = (label: string, more: Partial<CatalogueAttribute> = {}): CatalogueAttribute => ({
  provider: "p",
  label,
  description: label,
  values: "timed",
  access: "public",
  source: `Source of ${label}.`,
  ...more,
});

const catalogue: Catalogue = {
  subjectTypes: [
    type("lsoa", { vintage: "2011" }),
    type("borough", { vintage: "2024" }),
    type("sensor", { access: "internal" }),
  ],
  attributes: [
    attribute("people", { unit: "people", kind: "count" }),
    attribute("rent", { unit: "£/month", kind: "mean" }),
    attribute("crime", { unit: "1/people", kind: "rate" }),
    attribute("wealth", { unit: "1/people", kind: "rate" }),
    attribute("no2", { unit: "µg/m³", kind: "mean", access: "sensitive" }),
    attribute("new", { kind: "count", vintage: "2021" }),
    attribute("class", { values: "fixed" }),
  ],
};

const plan = (fields: string) =>
  planRecipe(parseRecipe(`subjects: lsoa\nfields:\n  x: ${fields}\n`), catalogue);
const columnOf = (fields: string) => plan(fields).columns[0];

describe("a warning names the column", () => {
  test.each([
    [
      "{ sum: [p/crime, p/crime] }",
      "x adds rates: their sum is rarely what is meant; a weighted mean may be.",
    ],
    [
      "{ arithmetic: p/crime + p/crime }",
      "x adds rates: their sum is rarely what is meant; a weighted mean may be.",
    ],
    [
      "{ sum-within: sensor, field: p/no2 }",
      "x adds means: their sum is rarely what is meant; a weighted mean may be.",
    ],
    ["{ arithmetic: p/people + p/rent }", "x adds people and £/month."],
    ["{ arithmetic: p/people - p/new }", "x subtracts people and a number without a unit."],
    [
      "{ mean-within: sensor, field: p/crime }",
      "x is the plain mean of rates: small and large subjects count the same; weight makes it a weighted one.",
    ],
    [
      "{ containing: borough, field: p/people }",
      "x joins lsoa of 2011 and borough of 2024: areas of different years differ in codes and boundaries.",
    ],
    ["{ latest-value: p/class }", 'x: "class" has no times; { value: p/class } reads it.'],
    ["{ fixed-value: p/rent }", 'x: "rent" has times; { value: p/rent } reads it.'],
    [
      "{ value: p/new }",
      'x joins lsoa of 2011 and "new" for areas of 2021: areas of different years differ in codes and boundaries.',
    ],
    ["{ back-off: [p/people, p/rent] }", "x mixes people and £/month."],
    [
      "{ field-value-sum: [p/crime, p/crime] }",
      "x adds rates: their sum is rarely what is meant; a weighted mean may be.",
    ],
    [
      "{ arithmetic: { operation: div, field1: { area: ha }, field2: { area: km² } } }",
      "x divides ha by km²: measure both in the same unit.",
    ],
    ["{ fraction-of-total: [p/people, p/rent], divisorAttribute: p/people }", "x adds people and £/month."],
    [
      "{ fraction-of-total: [p/crime, p/wealth], divisorAttribute: p/people }",
      "x adds rates: their sum is rarely what is meant; a weighted mean may be.",
    ],
    [
      "{ fraction-of-total: [p/rent], divisorAttribute: p/people }",
      "x is a share of unlike units: £/month of people.",
    ],
    [
      "{ count-within: { provider: p, subjectType: lsoa, geoMatchRule: { geoRelation: within, subjects: [{ provider: p, subjectType: borough }] } } }",
      "x joins lsoa of 2011 and borough of 2024: areas of different years differ in codes and boundaries.",
    ],
  ])("%s", (fields, sentence) => {
    expect(plan(fields).warnings).toContain(sentence);
  });

  test("once where what a share adds has unlike units, and the share has none", () => {
    const fields = "{ fraction-of-total: [p/people, p/rent], divisorAttribute: p/people }";
    expect(plan(fields).warnings.filter((sentence) => sentence.includes("people"))).toEqual([
      "x adds people and £/month.",
    ]);
    expect(columnOf(fields)?.unit).toBeUndefined();
  });

  test.each([
    "{ arithmetic: p/people / p/people }",
    "{ sum: [p/people, p/people] }",
    "{ mean-within: sensor, field: p/no2 }",
    "{ mean-within: sensor, field: p/crime, weight: p/people }",
    "{ arithmetic: p/people * 2 + 1 }",
    "{ arithmetic: p/rent / p/people }",
    "{ sum-within: lsoa, field: { arithmetic: p/people / 2 } }",
    "{ sum-within: lsoa, field: { arithmetic: p/crime * p/people } }",
    "{ fraction-of-total: [p/people], divisorAttribute: p/people }",
    "{ descriptive-statistics: [p/people, p/rent], statistic: product }",
    "{ count-within: { provider: p, subjectType: lsoa, geoMatchRule: { geoRelation: within, subjects: [{ provider: p, subjectType: lsoa }] } } }",
    "{ model: geometry/area-square-kilometers }",
    "{ model: city-indices/active-transport/ActiveTransportToWork }",
  ])("and what makes sense has none: %s", (fields) => {
    expect(plan(fields).warnings.filter((sentence) => !sentence.includes("has no attribute"))).toEqual([]);
  });
});

describe("units and kinds of a column", () => {
  test.each([
    ["{ arithmetic: p/people / p/people }", undefined, "rate"],
    ["{ arithmetic: p/rent / p/people }", "£/month/people", "rate"],
    ["{ arithmetic: p/people / 2 }", "people", "count"],
    ["{ arithmetic: 2 / p/people }", "1/people", "rate"],
    ["{ arithmetic: p/crime * p/people }", undefined, "count"],
    ["{ arithmetic: p/people * p/crime }", undefined, "count"],
    [
      "{ arithmetic: { operation: mul, field1: { arithmetic: p/rent / p/people }, field2: p/people } }",
      "£/month",
      "count",
    ],
    ["{ sum-within: sensor, field: p/people }", "people", "count"],
    ["{ count-within: sensor }", undefined, "count"],
    ["{ mean-within: sensor, field: p/people }", "people", "mean"],
    ["{ quartile: p/people, subjects: lsoa }", undefined, "percentile"],
    ["{ area: km² }", "km²", "amount"],
    ["{ change: p/people, from: 2010, to: 2015, as: percent }", "%", "rate"],
    ["{ cluster: [p/people], count: 3 }", undefined, "category"],
    ["{ model: geometry/area-square-kilometers }", "km²", "amount"],
    ["{ descriptive-statistics: [p/people, p/people], statistic: mean }", "people", "mean"],
  ])("%s", (fields, unit, kind) => {
    expect(columnOf(fields)).toMatchObject({ kind });
    expect(columnOf(fields)?.unit).toBe(unit);
  });
});

describe("access labels flow through", () => {
  test.each([
    ["{ value: p/people }", "public"],
    ["{ count-within: sensor }", "internal"],
    ["{ mean-within: sensor, field: p/no2 }", "sensitive"],
    ["{ back-off: [{ constant: 1 }, p/no2] }", "sensitive"],
    ["{ quartile: p/people, subjects: sensor }", "internal"],
    ["{ count-within: lsoa where p/no2 > 1 }", "sensitive"],
    ["{ containing: borough, field: { nearest: sensor, field: p/people } }", "internal"],
  ])("%s is %s", (fields, access) => {
    expect(columnOf(fields)?.access).toBe(access);
  });

  test("and so do the publishers", () => {
    expect(columnOf("{ mean-within: sensor, field: p/no2 }")?.sources).toEqual([
      "Source of lsoa.",
      "Source of sensor.",
      "Source of no2.",
    ]);
  });
});

test("a column that is an operand of others is told of once", () => {
  const text =
    "subjects: lsoa\nfields:\n  x: { sum: [p/crime, p/crime] }\n  y: { sum: [x, p/rent] }\n  z: { arithmetic: x * 2 }\n";
  const told = planRecipe(parseRecipe(text), catalogue).warnings;
  expect(told.filter((sentence) => /\bx adds rates/.test(sentence))).toEqual([
    "x adds rates: their sum is rarely what is meant; a weighted mean may be.",
  ]);
  expect(told.some((sentence) => sentence.includes("(x)"))).toBe(false);
});

test("a column may be an attribute alone", () => {
  expect(columnOf("p/rent")).toEqual(columnOf("{ value: p/rent }"));
  expect(columnOf("p/rent")).toMatchObject({ unit: "£/month", kind: "mean" });
});
