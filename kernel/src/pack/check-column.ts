import { nearestNames } from "../nearest.ts";
import type { CatalogueAttribute } from "../store/store.ts";
import type { CheckedStore, InputCalled, Mismatch } from "./check-contract.ts";
import { type ContractAttribute, type ContractInput, isOwn, isOwnAttribute } from "./contract.ts";

/** How the values of an attribute that one brings oneself differ from what a contract says of them. */
export async function checkColumn(
  input: ContractInput,
  attribute: ContractAttribute,
  store: CheckedStore,
  called: InputCalled,
): Promise<Mismatch[]> {
  if (!isOwnAttribute(input, attribute)) return [];
  const found = attributesOf(input, attribute, store).find(({ label }) => label === attribute.label);
  const mismatch = found
    ? (differsInTime(attribute, found) ??
      differsInUnit(attribute, found) ??
      (await differsInType(input, attribute, store)) ??
      (await lacksCodes(input, attribute, store)))
    : missing(input, attribute, store, called);
  return mismatch ? [{ input: called.name, column: attribute.label, ...mismatch }] : [];
}

/** So many columns are named when none is spelled nearly like the one that is missing. */
const MOST_SHOWN = 6;

type Difference = Pick<Mismatch, "expected" | "found" | "remedy">;

/** The attributes of the provider that are measured for these subjects, as far as the store tells. */
function attributesOf(
  input: ContractInput,
  attribute: ContractAttribute,
  store: CheckedStore,
): readonly CatalogueAttribute[] {
  const all = store.catalogue().attributes.filter((each) => each.provider === attribute.provider);
  // Values of areas that everyone knows lie in datasets without subjects of their own.
  if (!isOwn(input)) return all;
  const { provider, subjectType } = input;
  const own = store
    .datasets()
    .filter(({ manifest }) =>
      manifest.subjectTypes.some((type) => type.provider === provider && type.label === subjectType),
    )
    .flatMap(({ manifest }) => manifest.attributes.map(({ label }) => label));
  return all.filter(({ label }) => own.includes(label));
}

const typeText = ({ type, values, unit, kind }: ContractAttribute): string =>
  [
    kind === "rate" || kind === undefined ? "" : `${kind}: `,
    type === "number" ? "numbers" : "texts",
    unit === undefined ? "" : ` in ${unit}`,
    values === "timed" ? " with times" : "",
  ].join("");

function missing(
  input: ContractInput,
  attribute: ContractAttribute,
  store: CheckedStore,
  { name, isAlone }: InputCalled,
): Difference {
  const { label } = attribute;
  const there = attributesOf(input, attribute, store);
  const known = there.map((each) => each.label);
  const near = nearestNames(label, known);
  const shown = near.length > 0 ? near : known.slice(0, MOST_SHOWN);
  const others = shown.length === 0 ? "" : `; there ${shown.length === 1 ? "is" : "are"} ${shown.join(", ")}`;
  const nearest = there.find((each) => each.label === near[0])?.unit;
  const isOtherUnit = attribute.unit !== undefined && nearest !== undefined && nearest !== attribute.unit;
  return {
    expected: typeText(attribute),
    found: `no such column${others}`,
    remedy: `${isOtherUnit ? `Convert its values to ${attribute.unit}. ` : ""}Name the column that has it: --rename ${quoted(`${isAlone ? "" : `${name}:`}${label}=${shown[0] ?? "your-column"}`)}`,
  };
}

const quoted = (text: string): string => (/\s/.test(text) ? `"${text}"` : text);

function differsInTime(attribute: ContractAttribute, found: CatalogueAttribute): Difference | undefined {
  if (found.values === attribute.values) return undefined;
  return attribute.values === "timed"
    ? {
        expected: typeText(attribute),
        found: "values without times",
        remedy: "Name the column with the time of each row: --when",
      }
    : {
        expected: "one value a row",
        found: "values with times",
        remedy: "Bind a file with one row for each, and leave --when out.",
      };
}

function differsInUnit({ unit }: ContractAttribute, found: CatalogueAttribute): Difference | undefined {
  if (unit === undefined || found.unit === undefined || found.unit === unit) return undefined;
  return {
    expected: `values in ${unit}`,
    found: `values in ${found.unit}`,
    remedy: `Convert the column to ${unit}, and write the unit into its heading.`,
  };
}

/** Timed values are numbers whatever was in the file; fixed values are texts that may be none. */
async function differsInType(
  { provider, subjectType }: ContractInput,
  { provider: owner, label, type, values }: ContractAttribute,
  { engine }: CheckedStore,
): Promise<Difference | undefined> {
  if (type !== "number" || values !== "fixed") return undefined;
  const counted = await engine.query(
    `SELECT count(*)::INTEGER AS all_rows, (count(*) FILTER (WHERE TRY_CAST(value AS DOUBLE) IS NULL))::INTEGER AS odd
     FROM fixed_values WHERE subject_provider = ? AND subject_type = ? AND provider = ? AND attribute = ?`,
    { parameters: [provider, subjectType, owner, label] },
  );
  const [odd, all] = ["odd", "all_rows"].map((column) => Number(counted.getChild(column)?.get(0) ?? 0));
  if (odd === 0) return undefined;
  return {
    expected: "numbers",
    found: `${odd} of ${all} values are no numbers`,
    remedy: "Correct these values, or empty them where the number is not known.",
  };
}

/** A recipe that looks for codes of which none is there finds nothing; that some are not there is not unusual. */
async function lacksCodes(
  { provider, subjectType }: ContractInput,
  { provider: owner, label, categories = [] }: ContractAttribute,
  { engine }: CheckedStore,
): Promise<Difference | undefined> {
  if (categories.length === 0) return undefined;
  const places = categories.map(() => "?").join(", ");
  const counted = await engine.query(
    `SELECT count(DISTINCT value)::INTEGER AS codes, (count(*) FILTER (WHERE value IN (${places})))::INTEGER AS known
     FROM fixed_values WHERE subject_provider = ? AND subject_type = ? AND provider = ? AND attribute = ?`,
    { parameters: [...categories, provider, subjectType, owner, label] },
  );
  if (Number(counted.getChild("known")?.get(0) ?? 0) > 0) return undefined;
  return {
    expected: `some of ${categories.slice(0, 8).join(", ")}${categories.length > 8 ? ", …" : ""}`,
    found: `none of these among ${counted.getChild("codes")?.get(0)} codes`,
    remedy: "Write the codes as the recipe looks for them: capitals and blanks count.",
  };
}
