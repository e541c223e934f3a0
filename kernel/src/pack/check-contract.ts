import { markdownTable } from "../markdown.ts";
import { nearestNames } from "../nearest.ts";
import type { Store } from "../store/store.ts";
import { checkColumn } from "./check-column.ts";
import { type Contract, type ContractInput, inputName, isOwn, ownInputs } from "./contract.ts";

/** Something that a contract asks for and the store has not, or has otherwise. No value of the data is in it. */
export interface Mismatch {
  /** Label of the input. */
  readonly input: string;
  /** Its attribute; undefined when it is about the input as a whole. */
  readonly column?: string;
  readonly expected: string;
  readonly found: string;
  /** The way out. */
  readonly remedy: string;
}

/** What an input is called where a file is bound to it. */
export interface InputCalled {
  readonly name: string;
  /** Whether it is the only one that files are bound to. */
  readonly isAlone: boolean;
}

/** What of a store is looked at. */
export type CheckedStore = Pick<Store, "catalogue" | "datasets" | "engine">;

/** What a store lacks of the inputs of a contract that its user brings himself; public inputs are imported by the recipes. */
export async function checkContract(contract: Contract, store: CheckedStore): Promise<Mismatch[]> {
  const own = ownInputs(contract);
  const mismatches: Mismatch[] = [];
  for (const input of contract.inputs) {
    const name = inputName(input, contract);
    const type = typeOf(input, store);
    const vintage = input.vintage !== undefined && type?.vintage !== undefined && type.vintage;
    if (vintage && vintage !== input.vintage)
      mismatches.push({
        input: name,
        expected: `areas of ${input.vintage}`,
        found: `areas of ${vintage}`,
        remedy: "Areas of different years do not join: bind a file for the same ones, or convert it first.",
      });
    if (own.includes(input))
      mismatches.push(...(await checkInput(input, { name, isAlone: own.length === 1 }, store)));
  }
  return mismatches;
}

const typeOf = ({ provider, subjectType }: ContractInput, store: CheckedStore) =>
  store.catalogue().subjectTypes.find((type) => type.provider === provider && type.label === subjectType);

const ARTICLES = { area: "areas", line: "lines", point: "points" };

async function checkInput(
  input: ContractInput,
  called: InputCalled,
  store: CheckedStore,
): Promise<Mismatch[]> {
  const { name } = called;
  const { subjectType, provider } = input;
  if (!typeOf(input, store)) {
    const labels = store
      .catalogue()
      .subjectTypes.filter((type) => type.provider === provider)
      .map(({ label }) => label);
    const near = nearestNames(subjectType, labels);
    const found = near.length === 0 ? "nothing" : `nothing of that name; in the store: ${near.join(", ")}`;
    const remedy = isOwn(input)
      ? `Write %bind ${name}=./your-file.csv`
      : `Import these first, with %import; then %bind ${name}=./your-file.csv hangs values on them.`;
    return [{ input: name, expected: input.title, found, remedy }];
  }
  const mismatches = [await checkShapes(input, name, store), await checkPatterns(input, name, store)].filter(
    (mismatch) => mismatch !== undefined,
  );
  for (const attribute of input.attributes)
    mismatches.push(...(await checkColumn(input, attribute, store, called)));
  return mismatches;
}

/** Only one's own subjects can have the wrong shapes; those that everyone knows are imported with theirs. */
async function checkShapes(
  input: ContractInput,
  name: string,
  { engine }: CheckedStore,
): Promise<Mismatch | undefined> {
  if (!isOwn(input)) return undefined;
  const { subjectType, provider, shape } = input;
  const counted = await engine.query(
    `SELECT count(*)::INTEGER AS all_rows, count(shape)::INTEGER AS shapes, max(ST_Dimension(shape))::INTEGER AS dimension
     FROM subjects WHERE provider = ? AND subject_type = ?`,
    { parameters: [provider, subjectType] },
  );
  const number = (column: string) => Number(counted.getChild(column)?.get(0) ?? 0);
  const found = (["point", "line", "area"] as const)[number("dimension")] ?? "point";
  if (number("shapes") > 0 && found === shape) return undefined;
  const isPlaced = number("shapes") > 0;
  return {
    input: name,
    expected: ARTICLES[shape],
    found: isPlaced ? ARTICLES[found] : `${number("all_rows")} rows without a place`,
    remedy:
      shape === "point" && !isPlaced
        ? "Name the columns with the coordinates: --x, --y and --crs"
        : `Bind a file with ${ARTICLES[shape]}, such as GeoJSON, GeoPackage or a column of well-known text.`,
  };
}

/** A recipe that chooses by name or label chooses nothing where no subject is like that. */
async function checkPatterns(
  input: ContractInput,
  name: string,
  { engine }: CheckedStore,
): Promise<Mismatch | undefined> {
  if (!isOwn(input)) return undefined;
  const { subjectType, provider, names, labels } = input;
  for (const [column, patterns] of [
    ["name", names],
    ["label", labels],
  ] as const)
    for (const pattern of patterns) {
      const counted = await engine.query(
        `SELECT count(*)::INTEGER AS all_rows, (count(*) FILTER (WHERE ${column} ILIKE ?))::INTEGER AS chosen
         FROM subjects WHERE provider = ? AND subject_type = ?`,
        { parameters: [pattern, provider, subjectType] },
      );
      if (Number(counted.getChild("chosen")?.get(0)) > 0) continue;
      return {
        input: name,
        column,
        expected: `some like ${pattern}`,
        found: `none of ${counted.getChild("all_rows")?.get(0)}`,
        remedy: `Name the column with the ${column} of each row: --${column}`,
      };
    }
  return undefined;
}

/** Mismatches as a table in Markdown. */
export function describeMismatches(mismatches: readonly Mismatch[]): string {
  const inputs = new Set(mismatches.map(({ input }) => input)).size;
  const rows = mismatches.map(({ input, column = "(rows)", expected, found, remedy }) => [
    ...[input, column, expected, found, remedy],
  ]);
  return [
    `**Nothing was computed**: ${inputs === 1 ? "an input does" : `${inputs} inputs do`} not fit the pack's contract yet.`,
    markdownTable(["input", "column", "expected", "found", "way out"], rows),
    "Bind again with these options; the file that is bound then takes the place of this one.",
  ].join("\n\n");
}
