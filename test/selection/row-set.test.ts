import { describe, expect, test } from "@jest/globals";
import {
  combineRows,
  decodeRows,
  encodeRows,
  hasRow,
  parseRowsMessage,
  rowNumbers,
  rowSet,
  sameRows,
  sizeOfRows,
} from "@tombolo/bundle";
import { randomNumbers } from "../support/random.ts";

describe("a set of rows", () => {
  const random = randomNumbers(7);
  const cases = [0, 1, 7, 8, 9, 1000, 35_672].flatMap((count) =>
    [0, 0.001, 0.1, 0.5, 1].map((share) => ({ count, share })),
  );

  test.each(cases)(
    "of $share of $count rows agrees with JavaScript's own, also written and read",
    (given) => {
      const draw = () =>
        new Set(Array.from({ length: given.count }, (_, row) => row).filter(() => random() < given.share));
      const [first, second] = [draw(), draw()];
      const [one, two] = [rowSet(given.count, first), rowSet(given.count, second)];
      expect([...rowNumbers(one)]).toEqual([...first]);
      expect(sizeOfRows(one)).toBe(first.size);
      expect(hasRow(one, 0)).toBe(first.has(0));
      expect(sameRows(decodeRows(encodeRows(one)), one)).toBe(true);
      const numbers = (set: ReturnType<typeof combineRows>) => (set ? [...rowNumbers(set)] : []);
      const every = [...new Set([...first, ...second])].sort((a, b) => a - b);
      expect(numbers(combineRows(one, two, "add"))).toEqual(every);
      expect(numbers(combineRows(one, two, "remove"))).toEqual([...first].filter((row) => !second.has(row)));
      expect(numbers(combineRows(one, two, "toggle"))).toEqual(
        every.filter((row) => first.has(row) !== second.has(row)),
      );
      expect(numbers(combineRows(one, two, "replace"))).toEqual([...second]);
    },
  );

  test("is as short as its kind allows", () => {
    expect(encodeRows(rowSet(1_000_000, [999_999])).length).toBeLessThan(8);
    const every = Array.from({ length: 1_000_000 }, (_, row) => row);
    expect(encodeRows(rowSet(1_000_000, every)).length).toBe(125_004);
  });

  test.each([
    ["nothing", []],
    ["another kind", [7, 3]],
    ["too few bits", [0, 200, 1, 1]],
    ["bits of rows that there are not", [0, 3, 255]],
    ["a row beyond the last", [1, 3, 9]],
    ["a row twice", [1, 3, 1, 0]],
    ["half a number", [1, 3, 128]],
    ["a count that no result has", [1, 255, 255, 255, 255, 255]],
  ])("is refused when its bytes are %s", (_, bytes) => {
    expect(() => decodeRows(Uint8Array.from(bytes))).toThrow(RangeError);
  });

  test("leaves out rows that the result does not have", () => {
    expect([...rowNumbers(rowSet(4, [-1, 0.5, 3, 4, Number.NaN]))]).toEqual([3]);
  });
});

test.each([null, 1, {}, { key: 1, state: "shown" }, { key: "k", state: "hidden" }])(
  "%j is no message of rows",
  (value) => {
    expect(() => parseRowsMessage(value)).toThrow(TypeError);
  },
);
