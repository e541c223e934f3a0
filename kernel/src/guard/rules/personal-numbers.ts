import { textOf } from "../notebook-file.ts";
import { personalNumbersIn } from "../personal-numbers.ts";
import { defineRule } from "../rule.ts";

function describe(kinds: readonly string[]): string | undefined {
  return kinds.length === 0 ? undefined : `what looks like ${[...new Set(kinds)].join(", ")}`;
}

/** Numbers that identify a person or a home. */
export const personalNumbers = defineRule({
  name: "personal-numbers",
  doc: "NHS numbers, national insurance numbers, property reference numbers, and dates of birth beside postcodes identify people.",
  closedOnly: false,
  find(output) {
    const kinds = Object.keys(output.data)
      .filter((type) => !type.startsWith("image/"))
      .flatMap((type) => personalNumbersIn(textOf(output, type)));
    return describe(kinds);
  },
  findInText: ({ source }) => describe(personalNumbersIn(source)),
});
