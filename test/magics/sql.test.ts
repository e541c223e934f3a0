import { expect, test } from "@jest/globals";
import { toParameter } from "../../kernel/src/magics/sql.ts";

test.each([
  [1.5, 1.5],
  ["x'; DROP TABLE y", "x'; DROP TABLE y"],
  [null, null],
  [undefined, null],
  [true, true],
  [new Date(Date.UTC(2018, 1, 4)), "2018-02-04T00:00:00.000Z"],
])("%p can be bound", (value, parameter) => {
  expect(toParameter(value, "x")).toEqual(parameter);
});

test("an object cannot be bound", () => {
  expect(() => toParameter({}, "limit")).toThrow(
    '"limit" cannot be a value in SQL. Numbers, texts, booleans and dates can.',
  );
});
