import { textOf } from "../notebook-file.ts";
import { defineRule, isLabelledPublic } from "../rule.ts";

const FINE = String.raw`-?\d{1,3}\.\d{6,}`;
/** Two such numbers as a pair: in brackets, after a comma, or in the text form of a shape. */
const PAIR = new RegExp(
  String.raw`[\[(]\s*${FINE}[\s,]+${FINE}|(?<![\d.])${FINE}\s*,\s*${FINE}(?!\s*,\s*-?\d)`,
);
/** Two such numbers anywhere near each other, beside a word for places. */
const NEAR = new RegExp(String.raw`(?<![\d.])${FINE}[^\d-]{1,40}${FINE}`);
/** The same in metres, of which a part of one is as exact. */
const METRES = /(?<![\d.])\d{5,7}\.\d+[^\d-]{1,40}\d{5,7}\.\d+/;
const PLACES = /\b(lat|lon|lng|long|latitude|longitude|coordinates?|easting|northing)s?\b/i;

/** Places so exact that they are somebody's door. */
export const coordinates = defineRule({
  name: "coordinates",
  doc: "Degrees with more than five decimals, and metres of the grid with any, are exact to less than a metre: a door, not an area.",
  closedOnly: true,
  find(output) {
    if (isLabelledPublic(output)) return undefined;
    const found = Object.keys(output.data)
      .filter((type) => !type.startsWith("image/"))
      .map((type) => textOf(output, type))
      .some(
        (text) =>
          isPlace(PAIR.exec(text)) || (PLACES.test(text) && (METRES.test(text) || isPlace(NEAR.exec(text)))),
      );
    return found ? "coordinates exact to less than a metre" : undefined;
  },
});

/** Whether two numbers can be degrees of a place on land: shares and probabilities lie between -1 and 1. */
function isPlace(found: RegExpExecArray | null): boolean {
  const [first = 0, second = 0] = (found?.[0].match(/-?\d+\.\d+/g) ?? []).map((text) =>
    Math.abs(Number(text)),
  );
  return Math.max(first, second) > 1 && Math.max(first, second) <= 180 && Math.min(first, second) <= 90;
}
