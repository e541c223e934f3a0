import { expect, test } from "@jest/globals";
import { didYouMean, editDistance, nearestNames } from "../../kernel/src/nearest.ts";

test.each([
  ["kitten", "sitting", 3],
  ["improt", "import", 1],
  ["", "abc", 3],
  ["Same", "same", 0],
])("%s is %s away from %s", (first, second, distance) => {
  expect(editDistance(first, second)).toBe(distance);
});

test.each([
  ["lenght", ["length-inside", "area", "table"], ["length-inside"]],
  ["borough", ["london/boroughs", "london/underground"], ["london/boroughs"]],
  ["underground", ["london/boroughs", "london/underground"], ["london/underground"]],
  [
    "social-isolaton",
    ["city-indices/social-isolation", "city-indices/green"],
    ["city-indices/social-isolation"],
  ],
  ["gren", ["red", "green"], ["green"]],
  ["zzz", ["alpha", "beta"], []],
])("%s among %j", (wanted, names, nearest) => {
  expect(nearestNames(wanted, names)).toEqual(nearest);
});

test("when nothing is near, the names are listed", () => {
  expect(didYouMean("zzz", ["alpha", "beta"])).toBe('Known: "alpha", "beta".');
  expect(didYouMean("zzz", [])).toBe("");
});
