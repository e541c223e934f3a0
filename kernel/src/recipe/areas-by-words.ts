import { UserError } from "../errors.ts";
import { areaKindNamed } from "../importers/areas/area.ts";
import { type AreaStore, findArea } from "../importers/areas/find-area.ts";
import { areasWithin } from "../importers/areas/members.ts";
import { ANY_PROVIDER, isRecord, type Recipe, type SubjectRecipe } from "./recipe.ts";

/** Labels of the areas inside an area that a recipe names in words, by {@link areaKey}. */
export type AreaMembers = ReadonlyMap<string, readonly string[]>;

/** A longer list of labels is no quicker than comparing shapes. */
const MOST_MEMBERS = 10_000;

/** Under which the members of a type in an area are kept. */
export const areaKey = (subjectType: string, words: string): string => JSON.stringify([subjectType, words]);

/**
 * The words of a rule such as `lsoa in "Leeds"`: areas of a kind that has codes, in an area that is named and nothing else; undefined for any
 * other rule.
 */
export function areaWordsOf({ subjectType, geoMatchRule }: SubjectRecipe): string | undefined {
  if (geoMatchRule?.geoRelation !== "within" || areaKindNamed(subjectType) === undefined) return undefined;
  const [place, ...others] = geoMatchRule.subjects;
  if (!place || others.length > 0 || place.subjectType !== "*" || place.provider !== ANY_PROVIDER)
    return undefined;
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
    const key = areaKey(subject.subjectType, words ?? "");
    if (words === undefined || members.has(key)) continue;
    const labels = await labelsIn(store, subject.subjectType, words);
    if (labels.length > 0 && labels.length <= MOST_MEMBERS) members.set(key, labels);
  }
  return members;
}

async function labelsIn(store: AreaStore, subjectType: string, words: string): Promise<string[]> {
  try {
    const found = await areasWithin(subjectType, await findArea(words, store), store);
    return found.map(({ code }) => code);
  } catch (error) {
    if (error instanceof UserError) return [];
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
