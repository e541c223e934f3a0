import { isNationalInsuranceNumber, isNhsNumber } from "../importers/own/looks-personal.ts";

const POSTCODE = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/;
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
const DATE = new RegExp(
  String.raw`\b(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? ${MONTH},? (?:19|20)\d{2})\b`,
  "i",
);
const BIRTH = /\b(?:dob|birth|born)\b|date_?of_?birth/i;
const TEN_DIGITS = /(?<![A-Za-z\d.])\d{10}(?![A-Za-z\d.])/g;
/** Capitals; small letters only in the usual groups, because a digest has such parts too. */
const INSURANCE = /\b[A-Z]{2}[ -]?(?:\d{2}[ -]?){3}[A-D]\b|\b[a-z]{2} (?:\d{2} ){3}[a-d]\b/g;
/** Lines between a date and a postcode of one person. */
const NEAR = 2;

/** Kinds of numbers in a text that identify people: what each is, not the number. */
export function personalNumbersIn(text: string): string[] {
  const kinds: string[] = [];
  const spaced = text.match(/(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)/g) ?? [];
  if (spaced.some(isNhsNumber) || isMadeOfNhsNumbers(text)) kinds.push("NHS numbers");
  if ((text.match(INSURANCE) ?? []).some(isNationalInsuranceNumber)) kinds.push("national insurance numbers");
  if (/\buprn\b/i.test(text) && /(?<!\d)\d{8,12}(?!\d)/.test(text)) kinds.push("property reference numbers");
  if (BIRTH.test(text) && isDateBesidePostcode(text)) kinds.push("dates of birth beside postcodes");
  return kinds;
}

/** Kinds of numbers in a text that may identify people, and may as well be something else. */
export function chanceNumbersIn(text: string): string[] {
  const plain = text.match(TEN_DIGITS) ?? [];
  const isChance = plain.some(isNhsNumber) && !isMadeOfNhsNumbers(text);
  return [
    ...(isChance ? ["an NHS number"] : []),
    ...(!BIRTH.test(text) && isDateBesidePostcode(text) ? ["a date of birth beside a postcode"] : []),
  ];
}

/** One number of ten digits in eleven passes the check by chance, so a single one proves nothing without its usual blanks. */
function isMadeOfNhsNumbers(text: string): boolean {
  const plain = text.match(TEN_DIGITS) ?? [];
  const passing = plain.filter(isNhsNumber).length;
  return passing > 1 && passing > plain.length / 2;
}

function isDateBesidePostcode(text: string): boolean {
  const lines = text.split("\n");
  const postcodes = lines.flatMap((line, number) => (POSTCODE.test(line) ? [number] : []));
  return postcodes.some((number) =>
    lines.slice(Math.max(0, number - NEAR), number + NEAR + 1).some((line) => DATE.test(line)),
  );
}
