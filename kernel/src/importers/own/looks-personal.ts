/** A column of a file: its heading and some of its texts. */
export interface SampledColumn {
  readonly name: string;
  readonly values: readonly string[];
}

/**
 * Why a file looks like records about people, in words such as `NHS numbers in "nhs_no"`; undefined when it does not. Looks for numbers that
 * identify a person or a home (NHS, national insurance, property reference) and for headings that together single
 * people out. Such a file is `sensitive` until its owner says otherwise.
 */
export function looksPersonal(columns: readonly SampledColumn[]): string | undefined {
  return personalNumbers(columns) ?? personalHeadings(columns);
}

function personalNumbers(columns: readonly SampledColumn[]): string | undefined {
  for (const { name, values } of columns) {
    if (mostly(values, isNhsNumber) && new Set(values).size > 1) return `NHS numbers in "${name}"`;
    if (mostly(values, isNationalInsuranceNumber)) return `national insurance numbers in "${name}"`;
    if (/\buprn\b/.test(plain(name)) && mostly(values, isUprn))
      return `property reference numbers in "${name}"`;
    if (mostly(values, (text) => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(text)))
      return `e-mail addresses in "${name}"`;
  }
  return undefined;
}

function personalHeadings(columns: readonly SampledColumn[]): string | undefined {
  const named = (pattern: RegExp) => columns.find(({ name }) => pattern.test(plain(name)));
  const birth = named(/\b(dob|date of birth|birth ?date|born)\b/);
  const postcode = named(/\bpost ?code\b/);
  const surname = named(/\b(surname|last ?name|family name)\b/);
  const forename = named(/\b(forename|first ?name|given name)s?\b/);
  const person = named(/\b(patient|pupil|client|service user|resident|tenant) ?(id|no|number|name|ref)\b/);
  if (birth && postcode) return `dates of birth and postcodes in "${birth.name}" and "${postcode.name}"`;
  if (surname && (forename || birth || postcode)) return `names of people in "${surname.name}"`;
  if (forename && birth) return `names of people in "${forename.name}"`;
  return person && `one row a person in "${person.name}"`;
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
