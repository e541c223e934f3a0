import { knownAreaNames } from "../importers/areas/find-area.ts";
import { didYouMean, nearestNames } from "../nearest.ts";
import type { Store } from "../store/store.ts";
import type { MatchRule, SubjectRecipe } from "./recipe.ts";

/** Comparing more names would take longer than the recipe. */
const MOST_NAMES = 20_000;

/**
 * The way out where a recipe chooses its rows by a name or label that no subject has: those most like it, of public data only, because
 * a warning is saved with the notebook. Empty where none is like it.
 */
export async function nearSubjectNames(
  store: Pick<Store, "engine" | "catalogue">,
  subjects: readonly SubjectRecipe[],
): Promise<string> {
  const chosen = subjects.flatMap((subject) => [subject, ...(subject.geoMatchRule?.subjects ?? [])]);
  const hints: string[] = [];
  for (const { subjectType, matchRule } of chosen) {
    if (matchRule === undefined || /[%_\\]/.test(matchRule.pattern)) continue;
    const names = await namesLike(store, subjectType, matchRule);
    if (subjectType === "*") names.push(...knownAreaNames());
    const { pattern } = matchRule;
    if (names.includes(pattern) || nearestNames(pattern, names).length === 0) continue;
    hints.push(`No subject is called "${pattern}". ${didYouMean(pattern, names)}`);
  }
  return hints.join(" ");
}

/** Names or labels about as long as a text. */
async function namesLike(
  store: Pick<Store, "engine" | "catalogue">,
  subjectType: string,
  { attribute, pattern }: MatchRule,
): Promise<string[]> {
  const types = store
    .catalogue()
    .subjectTypes.filter(({ label, access }) => access === "public" && [label, "*"].includes(subjectType))
    .map(({ label, provider }) => [provider, label]);
  if (types.length === 0) return [];
  const found = await store.engine.query(
    `SELECT DISTINCT ${attribute} AS found FROM subjects
     WHERE (provider, subject_type) IN (${types.map(() => "(?, ?)").join(", ")})
       AND length(${attribute}) BETWEEN ? AND ? ORDER BY found LIMIT ${MOST_NAMES}`,
    { parameters: [...types.flat(), Math.floor(pattern.length / 2), 2 * pattern.length] },
  );
  return found.toArray().map((row) => String(row.found));
}
