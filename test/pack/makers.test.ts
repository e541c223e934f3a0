import { expect, it } from "@jest/globals";
import { makersIn, makersText, parseMakers } from "../../kernel/src/pack/makers.ts";

it("people with addresses and an organisation are read as they are written", () => {
  const makers = makersIn(
    "Ann Example (https://orcid.org/0000-0002-1825-0097); Zoë O'Neill",
    "Example City (https://ror.org/04mghma93)",
  );
  expect(makers).toEqual({
    authors: [
      { name: "Ann Example", address: "https://orcid.org/0000-0002-1825-0097" },
      { name: "Zoë O'Neill" },
    ],
    organisation: { name: "Example City", address: "https://ror.org/04mghma93" },
  });
  expect(parseMakers(JSON.parse(JSON.stringify(makers)))).toEqual(makers);
  expect(makersText(makers)).toBe("Ann Example, Zoë O'Neill, Example City");
});

it.each([
  "Ann (javascript:alert(1))",
  "Ann (http://example.org)",
  "(https://example.org)",
  "Ann <ann@example.org>",
])("%s is refused with the way out", (text) => {
  expect(() => makersIn(text, undefined)).toThrow(/is no name/);
});

it.each([
  { authors: "Ann" },
  { authors: [""] },
  { authors: [{ name: 1 }] },
  { authors: [{ name: "Ann", address: "file:///etc/passwd" }] },
  { authors: [{ name: "A".repeat(10_000) }] },
  { organisation: ["Example City"] },
])("%j in tombolo.json names nobody", (value) => {
  expect(parseMakers(value)).toBeUndefined();
});

it("a pack may name nobody", () => {
  expect(parseMakers({})).toEqual({ authors: [] });
});
