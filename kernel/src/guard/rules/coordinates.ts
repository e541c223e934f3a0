import { textOf } from "../notebook-file.ts";
import { defineRule, isLabelledPublic } from "../rule.ts";

/** Two numbers with six decimals or more, near each other, of the size of degrees. */
const PAIR = /-?\b\d{1,3}\.\d{6,}\b[^\d\n-]{1,12}-?\d{1,3}\.\d{6,}\b/;

/** Places so exact that they are somebody's door. */
export const coordinates = defineRule({
  name: "coordinates",
  doc: "Degrees with more than five decimals are exact to less than a metre: a door, not an area.",
  closedOnly: true,
  find(output) {
    if (isLabelledPublic(output)) return undefined;
    const found = Object.keys(output.data)
      .filter((type) => !type.startsWith("image/"))
      .some((type) => PAIR.test(textOf(output, type)));
    return found ? "coordinates with more than five decimals" : undefined;
  },
});
