import { UserError } from "../errors.ts";
import { isRecord } from "../recipe/recipe.ts";
import type { Store } from "../store/store.ts";

/** Shorter texts are found in everything. */
const LEAST = 3;

/**
 * Refuses to let out texts of a recipe that are labels, names or values of data that is not public, such as a person's
 * name in a condition. Throws a UserError with the place, not with the value.
 */
export async function refuseClosedValues(
  store: Store,
  documents: readonly [string, unknown][],
): Promise<void> {
  const closed = store.datasets().filter(({ manifest }) => manifest.access !== "public");
  if (closed.length === 0) return;
  const texts = documents.flatMap(([file, value]) => [...textsIn(value, file)]);
  const schema = new Set(
    store
      .datasets()
      .flatMap(({ manifest }) => [
        ...manifest.subjectTypes.flatMap(({ provider, label }) => [provider, label]),
        ...manifest.attributes.flatMap(({ provider, label }) => [provider, label]),
      ]),
  );
  const names = closed.map(({ name }) => name);
  for (const { text, place } of texts) {
    if (text.length < LEAST || schema.has(text) || !(await holds(store, names, text))) continue;
    throw new UserError(`${place} is a value of data that is not public, which a pack must not hold`, {
      where: place,
    });
  }
}

function* textsIn(value: unknown, place: string): Generator<{ text: string; place: string }> {
  if (typeof value === "string") yield { text: value, place };
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* textsIn(item, `${place}[${index}]`);
  else if (isRecord(value))
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, `${place}.${key}`);
}

async function holds({ engine }: Store, datasets: readonly string[], text: string): Promise<boolean> {
  const places = datasets.map(() => "?").join(", ");
  const found = await engine.query(
    `SELECT 1 FROM subjects WHERE dataset IN (${places}) AND (label = ? OR name = ?)
     UNION ALL SELECT 1 FROM fixed_values WHERE dataset IN (${places}) AND value = ? LIMIT 1`,
    { parameters: [...datasets, text, text, ...datasets, text] },
  );
  return found.numRows > 0;
}
