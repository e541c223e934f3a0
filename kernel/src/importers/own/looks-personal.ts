import type { UnitOfRecord } from "../../store/unit-of-record.ts";

/** A column of a file: its heading and some of its texts. */
export interface SampledColumn {
  readonly name: string;
  readonly values: readonly string[];
}

/** Why a file looks like records about people, and about whom. */
export interface Personal {
  /** Such as `NHS numbers in "nhs_no"`: headings, never values. */
  readonly sentence: string;
  readonly unit: UnitOfRecord;
}

/**
 * Why a file looks like records about people; undefined when it does not. Looks for numbers that identify a person or a home
 * (NHS, national insurance, property reference) and for headings that together single people out. Such a file is
 * `sensitive` until its owner says otherwise.
 */
export function looksPersonal(columns: readonly SampledColumn[]): Personal | undefined {
  return personalNumbers(columns) ?? personalNames(columns) ?? personalHeadings(columns);
}

function personalNumbers(columns: readonly SampledColumn[]): Personal | undefined {
  for (const { name, values } of columns) {
    if (mostly(values, isNhsNumber) && new Set(values).size > 1) return person(`NHS numbers in "${name}"`);
    if (mostly(values, isNationalInsuranceNumber)) return person(`national insurance numbers in "${name}"`);
    if (/\buprn\b|\bunique property reference/.test(plain(name)) && mostly(values, isUprn))
      return { sentence: `property reference numbers in "${name}"`, unit: "household" };
    if (mostly(values, (text) => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text)))
      return person(`e-mail addresses in "${name}"`);
  }
  return undefined;
}

/** Names with a form of address, and a column of names beside what only people have. */
function personalNames(columns: readonly SampledColumn[]): Personal | undefined {
  const addressed = columns.find(({ values }) =>
    mostly(values, (text) => /^(mr|mrs|ms|miss|mx|dr|prof)\.? +\p{L}/iu.test(text)),
  );
  if (addressed) return person(`names of people in "${addressed.name}"`);
  const named = columns.find(({ name }) =>
    /^(full |first |last |patient |client |pupil )?names?$/.test(plain(name)),
  );
  const own = columns.find(({ name }) =>
    /^(dob|date of birth|birth ?date|born|age|sex|gender|ethnicity|nhs( no| number)?|phone|mobile)$/.test(
      plain(name),
    ),
  );
  if (named && own && !areAggregates(columns))
    return person(`names of people in "${named.name}" beside "${own.name}"`);
  return undefined;
}

/** Whether rows count people rather than being about one each. */
function areAggregates(columns: readonly SampledColumn[]): boolean {
  return columns.some(({ name }) =>
    /\b(count|total|people|population|frequency|rank|rate|percent)\b/.test(plain(name)),
  );
}

function personalHeadings(columns: readonly SampledColumn[]): Personal | undefined {
  const named = (pattern: RegExp) => columns.find(({ name }) => pattern.test(plain(name)));
  const household = named(/\b(household|dwelling|tenancy) ?(id|no|number|ref)\b/);
  const birth = named(/\b(dob|date of birth|birth ?date|born)\b/);
  const postcode =
    named(/\bpost ?code\b/) ?? columns.find(({ values }) => mostly(values, (text) => POSTCODE.test(text)));
  const surname = named(/\b(surname|last ?name|family name)\b/);
  const forename = named(/\b(forename|first ?name|given name)s?\b/);
  const single = named(/\b(patient|pupil|client|service user|resident|tenant) ?(id|no|number|name|ref)\b/);
  if (birth && postcode)
    return person(`dates of birth and postcodes in "${birth.name}" and "${postcode.name}"`);
  if (surname && (forename || birth || postcode || !areAggregates(columns)))
    return person(`names of people in "${surname.name}"`);
  if (forename && birth) return person(`names of people in "${forename.name}"`);
  if (single) return person(`one row a person in "${single.name}"`);
  return household && { sentence: `one row a household in "${household.name}"`, unit: "household" };
}

const person = (sentence: string): Personal => ({ sentence, unit: "person" });

const POSTCODE = /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i;

/** Whether a heading is one by which registers of organisations number them. */
export function namesOrganisations(columns: readonly SampledColumn[]): boolean {
  return columns.some(({ name }) =>
    /\b(company|charity) (no|number)\b|\b(urn|ukprn|ods code|organisation)\b/.test(plain(name)),
  );
}

/** Whether a heading is one by which something that has happened is numbered or told. */
export function namesEvents(columns: readonly SampledColumn[]): boolean {
  return columns.some(({ name }) =>
    /\b(event|incident|crime|offence|accident|collision|complaint|call) ?(id|no|number|ref|reference|date|time)\b/.test(
      plain(name),
    ),
  );
}

/** Ten digits whose last is a check digit of the first nine, weighted 10 to 2, modulo 11. */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  if (!/^\d{10}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const sum = [...digits]
    .slice(0, 9)
    .reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

/** Two letters, six digits, and a letter A to D; some letters and prefixes are never given out. */
export function isNationalInsuranceNumber(text: string): boolean {
  const plain = text.replace(/[ -]/g, "").toUpperCase();
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(plain);
}

/** A unique property reference number has at most twelve digits and no check digit, so only its heading tells it. */
function isUprn(text: string): boolean {
  return /^\d{5,12}$/.test(text);
}

function mostly(values: readonly string[], test: (text: string) => boolean): boolean {
  const present = values.map((value) => value.trim()).filter((value) => value !== "");
  return present.length > 0 && present.filter(test).length >= present.length * 0.9;
}

/** A heading as words: `DateOfBirth`, `date_of_birth` and `Date of birth` are one. */
function plain(name: string): string {
  return name
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}
