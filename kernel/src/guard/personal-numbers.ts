import { isNationalInsuranceNumber, isNhsNumber } from "../importers/own/looks-personal.ts";

const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/;
const DATE = /\b(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2})\b/;

/** Kinds of numbers in a text that identify people: what each is, not the number. */
export function personalNumbersIn(text: string): string[] {
  const kinds: string[] = [];
  // One number of ten digits in eleven passes the check by chance, so a single one proves nothing without its usual blanks.
  const plain = [...text.matchAll(/(?<![\d.])\d{10}(?![\d.])/g)].filter(([number]) => isNhsNumber(number));
  const candidates = [...text.matchAll(/(?<![\d.])\d{10}(?![\d.])/g)].length;
  const spaced = [...text.matchAll(/(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)/g)].some(([number]) =>
    isNhsNumber(number),
  );
  if (spaced || (plain.length > 1 && plain.length > candidates / 2)) kinds.push("NHS numbers");
  if (
    [...text.matchAll(/\b[A-Z]{2} ?(?:\d{2} ?){3}[A-D]\b/g)].some(([number]) =>
      isNationalInsuranceNumber(number),
    )
  )
    kinds.push("national insurance numbers");
  if (/\buprn\b/i.test(text) && /(?<!\d)\d{8,12}(?!\d)/.test(text)) kinds.push("property reference numbers");
  const lines = text.split("\n").filter((line) => POSTCODE.test(line) && DATE.test(line));
  if (lines.length > 0 && /\b(dob|birth|born)\b/i.test(text)) kinds.push("dates of birth beside postcodes");
  return kinds;
}
