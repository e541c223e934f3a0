import { UserError } from "../errors.ts";
import { areaKindNamed } from "../importers/areas/area.ts";
import { type AreaStore, findArea } from "../importers/areas/find-area.ts";
import { areasWithin } from "../importers/areas/members.ts";
import { ANY_PROVIDER, isRecord, type Recipe, type SubjectRecipe } from "./recipe.ts";

/** Labels of the areas inside an area that a recipe names in words, by {@link areaKey}. */
export type AreaMembers = ReadonlyMap<string, readonly string[]>;

/** A longer list of labels is no quicker than comparing shapes. */
const MOST_MEMBERS = 10_000;

/** Under which the members of a type in some areas are kept. */
export const areaKey = (subjectType: string, words: readonly string[]): string =>
  JSON.stringify([subjectType, ...words]);

/**
 * The words of a rule such as `lsoa in "Leeds" or "York"`: areas of a kind that has codes, in areas that are named and nothing else; none
 * for any other rule.
 */
export function areaWordsOf({ subjectType, geoMatchRule }: SubjectRecipe): string[] {
  if (geoMatchRule?.geoRelation !== "within" || areaKindNamed(subjectType) === undefined) return [];
  const words = geoMatchRule.subjects.flatMap((place) => nameOf(place) ?? []);
  return words.length === geoMatchRule.subjects.length ? words : [];
}

/** The name by which a place is chosen, where it is chosen by nothing else. */
function nameOf(place: SubjectRecipe): string | undefined {
  if (place.subjectType !== "*" || place.provider !== ANY_PROVIDER) return undefined;
  if (place.geoMatchRule || place.where || place.matchRule?.attribute !== "name") return undefined;
  const { pattern } = place.matchRule;
  return /[%_\\]/.test(pattern) ? undefined : pattern;
}

/**
 * Finds the areas that a recipe names in words by their codes, so that neither their boundary is needed nor boundaries drawn at different times have to
 * fit each other. What codes and names cannot tell is left to the shapes.
 */
export async function findAreaMembers(store: AreaStore, recipe: Recipe): Promise<AreaMembers> {
  const members = new Map<string, readonly string[]>();
  for (const subject of subjectsIn(recipe.dataset)) {
    const words = areaWordsOf(subject);
    const key = areaKey(subject.subjectType, words);
    if (words.length === 0 || members.has(key)) continue;
    const labels = await labelsInAll(store, subject.subjectType, words);
    if (labels.length > 0 && labels.length <= MOST_MEMBERS) members.set(key, labels);
  }
  return members;
}

/** Those in any of the areas; none where codes do not tell them of each. */
async function labelsInAll(
  store: AreaStore,
  subjectType: string,
  words: readonly string[],
): Promise<string[]> {
  const labels = new Set<string>();
  for (const area of words) {
    const found = await labelsIn(store, subjectType, area);
    if (!found) return [];
    for (const label of found) labels.add(label);
  }
  return [...labels];
}

async function labelsIn(
  store: AreaStore,
  subjectType: string,
  words: string,
): Promise<readonly string[] | undefined> {
  try {
    const found = await areasWithin(subjectType, await findArea(words, store), store);
    return found.map(({ code }) => code);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** All subjects that a recipe names, those of its fields too. */
function subjectsIn(value: unknown): SubjectRecipe[] {
  if (Array.isArray(value)) return value.flatMap(subjectsIn);
  if (!isRecord(value)) return [];
  return [...(isSubject(value) ? [value] : []), ...Object.values(value).flatMap(subjectsIn)];
}

function isSubject(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & SubjectRecipe {
  return typeof value.subjectType === "string" && isRecord(value.geoMatchRule);
}
