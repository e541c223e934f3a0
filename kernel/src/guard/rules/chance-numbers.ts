import { textOf } from "../notebook-file.ts";
import { chanceNumbersIn } from "../personal-numbers.ts";
import { defineRule } from "../rule.ts";

const describe = (kinds: readonly string[]): string | undefined =>
  kinds.length === 0 ? undefined : `what may be ${kinds.join(", ")}, or not`;

/** Numbers that may identify a person, and may as well be something else. */
export const chanceNumbers = defineRule({
  name: "chance-numbers",
  doc: "One number of ten digits in eleven has the check digit of an NHS number, and a date beside a postcode may be any day: where the notebook has read data that is not public, somebody should look.",
  closedOnly: true,
  isWarning: true,
  find(output) {
    const types = Object.keys(output.data).filter((type) => !type.startsWith("image/"));
    return describe([...new Set(types.flatMap((type) => chanceNumbersIn(textOf(output, type))))]);
  },
  findInText: ({ source }) => describe(chanceNumbersIn(source)),
});
