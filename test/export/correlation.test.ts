import { describe, expect, test } from "@jest/globals";
import { correlate, describeRows, readColumns } from "../../kernel/src/export/correlation.ts";

const LABELS = ["a", "b", "c"];
const readLines = (...lines: string[]) =>
  readColumns(["label,name,geometry,a,b,c", ...lines].join("\r\n"), "csv", LABELS);

describe("what is told of the rows of a correlation", () => {
  test.each([
    [["x,,,1,2,3", "y,,,2,1,5", "z,,,3,2,9"], []],
    [
      ["x,,,1,2,3", "y,,,2,2,5", "z,,,3,2,9"],
      ["No correlation with b can be told, because each row has the same value of it."],
    ],
    [
      ["x,,,1,2,3", "y,,,2,1,5", "z,,,3,2,9", "w,,,,word,1"],
      ["1 row is left out of the correlation, because these fields have no number there: a (1), b (1)."],
    ],
    [
      ["x,,,1,2,3", "y,,,,2,5", "z,,,,2,9"],
      ["2 rows are left out of the correlation, because these fields have no number there: a (2)."],
    ],
  ])("%#", (lines, sentences) => {
    expect(describeRows(readLines(...lines), LABELS)).toEqual(sentences);
  });
});

test("fewer than three rows give no correlation", () => {
  const { rows } = readLines("x,,,1,2,3", "y,,,2,1,5");
  expect(() => correlate(LABELS, rows)).toThrow(
    "Correlations need three rows in which every field has a number, and there are 2",
  );
});

// scipy.stats.pearsonr([1, 2, 3, 4, 7, 8], [2, 1, 4, 3, 9, 5]), scipy 1.17.1
test("coefficient and probability are those of scipy", () => {
  const rows = [1, 2, 3, 4, 7, 8].map((x, index) => [x, [2, 1, 4, 3, 9, 5][index] ?? 0]);
  const pair = correlate(["x", "y"], rows)[1];
  expect(pair?.correlationCoefficient).toBeCloseTo(0.7865554830379073, 14);
  expect(pair?.pValue).toBeCloseTo(0.06347573012106678, 14);
});
