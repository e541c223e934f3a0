import { expect, test } from "@jest/globals";
import { openDuckDB } from "../../kernel/src/engine/duckdb.ts";
import { withoutValues } from "../../kernel/src/engine/without-values.ts";
import { UserError } from "../../kernel/src/errors.ts";

/** Statements that fail on a value, which DuckDB quotes. */
const failing = [
  "SELECT name::INTEGER FROM (VALUES ('SMITH')) AS t(name)",
  "SELECT 'SMITH'::DATE",
  "SELECT (731900::BIGINT)::TINYINT",
  "SELECT strptime('SMITH', '%Y')",
  "SELECT ST_GeomFromText('POINT(SMITH')",
  "SELECT json_extract('{SMITH', '$.a')",
  "SELECT 9223372036854775807 + length(name) FROM (VALUES ('SMITH')) AS t(name)",
];

test.each(failing)("%s: the value is not told", async (sql) => {
  const engine = await openDuckDB();
  try {
    const error = await engine.query(sql, { byUser: true }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    const told = withoutValues(error, "sensitive");
    expect(told).toBeInstanceOf(UserError);
    expect(String(told)).not.toMatch(/SMITH|731900|9223372036854775807/);
    expect(told instanceof UserError && told.cause).toBeUndefined();
    expect(withoutValues(error, "public")).toBe(error);
  } finally {
    engine.close();
  }
});

test("rule and column stay", () => {
  const error = new Error(
    "Conversion Error: Could not convert string 'SMITH' to INT32 when casting from source column age\n\nLINE 1: x",
  );
  expect(String(withoutValues(error, "internal", "a.csv cannot be imported"))).toBe(
    "UserError: a.csv cannot be imported: Conversion Error: Could not convert string a value to INT32 when casting from source column age",
  );
});

test("mistakes in the text of a query stay whole", () => {
  const error = new UserError('SQL: Binder Error: Referenced column "nme" not found');
  expect(withoutValues(error, "sensitive")).toBe(error);
});
