import { expect, test } from "@jest/globals";
import { usedWords } from "../../kernel/src/language/used-words.ts";

/** A text, and whether `id` in it may be the name of something outside. */
const cases: readonly (readonly [text: string, isUsed: boolean])[] = [
  ["id", true],
  ["row.id", false],
  ["row?.id", false],
  ["row\n  .id", false],
  ["f(...id)", true],
  ["const row = { id: 1 }", false],
  ["const row = { id }", true],
  ["interface Row { id: string }", false],
  ["interface Row {\n  name: string\n  readonly id?: string\n}", false],
  ["interface Row { name: string[]\n  id: string }", false],
  ["const f = (id: string) => 1", false],
  ["const f = (id: string) => id", true],
  ["const x = test ? id : 0", true],
  ["const x = test ? -id : 0", true],
  ["const x = test ?\n  id :\n  0", true],
  ["const x = test ? await id : 0", true],
  ["const f = test ? (x) => id : 0", true],
  ["switch (x) { case id: break; }", true],
  ["let x: id", true],
  ["id: for (;;) break id", true],
  ["`${id}`", true],
];

test.each(cases)("%j: %s", (text, isUsed) => {
  expect(usedWords(text).has("id")).toBe(isUsed);
});
