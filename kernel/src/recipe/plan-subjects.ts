import { strictest } from "@tombolo/bundle/access";
import type { PlannedSet } from "../fields/field.ts";
import { warnAboutVintages } from "../fields/planned.ts";
import { didYouMean, nearestNames } from "../nearest.ts";
import type { Catalogue, CatalogueSubjectType } from "../store/store.ts";
import { areaKey, areaWordsOf } from "./areas-by-words.ts";
import { RecipeMistake } from "./mistake.ts";
import { typeKey } from "./own-datasets.ts";
import type { Place, Planning } from "./plan.ts";
import { planCondition } from "./plan-condition.ts";
import type { SubjectSelection } from "./plan-types.ts";
import { ANY_PROVIDER, type SubjectRecipe } from "./recipe.ts";

/** Takes the subjects that a recipe names into the plan. */
export function planSubjects(
  subjects: readonly SubjectRecipe[],
  planning: Planning,
  place: Place,
): PlannedSet {
  const conditions = subjects.filter(({ where }) => where !== undefined);
  if (conditions.length > 0 && subjects.length > 1) {
    throw new RecipeMistake(
      place.path,
      "a condition on values can be given for one subject type only",
      "Write one subject type, or choose by label, name or place.",
    );
  }
  const selections = subjects.map((subject, index) =>
    planSelection(subject, planning, stepTo(place, subjects, index)),
  );
  const id = planning.builder.set({ selections: selections.map(({ selection }) => selection) });
  const set: PlannedSet = {
    id,
    title: selections.map(({ selection }) => selection.subjectType).join(", "),
    access: strictest(selections.flatMap(({ access }) => access)),
    sources: selections.flatMap(({ sources }) => sources),
    vintages: selections.flatMap(({ vintages }) => vintages),
  };
  const where = subjects[0]?.where;
  return where === undefined ? set : planCondition(where, set, planning, place);
}

/** How many subjects a store has of the types that are named; undefined where that is not known. */
export function countSubjects(
  subjects: readonly SubjectRecipe[],
  catalogue: Catalogue | undefined,
): number | undefined {
  if (!catalogue || subjects.some(({ subjectType }) => subjectType === "*")) return undefined;
  const labels = new Set(subjects.map(({ subjectType }) => subjectType));
  return catalogue.subjectTypes
    .filter(({ label }) => labels.has(label))
    .reduce((sum, { count }) => sum + count, 0);
}

const stepTo = (place: Place, subjects: readonly SubjectRecipe[], index: number): Place =>
  subjects.length === 1 ? place : { ...place, path: [...place.path, index] };

interface PlannedSelection extends Pick<PlannedSet, "sources" | "vintages"> {
  readonly selection: SubjectSelection;
  readonly access: readonly PlannedSet["access"][];
}

function planSelection(subject: SubjectRecipe, planning: Planning, place: Place): PlannedSelection {
  const { matchRule, geoMatchRule } = subject;
  const type = findSubjectType(subject, planning, place);
  const labels = planning.areas.get(areaKey(subject.subjectType, areaWordsOf(subject)));
  const datasets = planning.own.get(typeKey(type));
  const rule = labels === undefined ? geoMatchRule : undefined;
  const relation = rule && {
    relation: rule.geoRelation,
    to: planSubjects(rule.subjects, planning, {
      ...place,
      path: [...place.path, "geoMatchRule", "subjects"],
    }),
  };
  const vintages = type.vintage === undefined ? [] : [{ type: type.label, year: type.vintage }];
  if (relation) warnAboutRule({ vintages }, relation.to, planning, place);
  return {
    selection: {
      provider: type.provider,
      subjectType: type.label,
      ...(matchRule && { match: matchRule }),
      ...(relation && { relation: { relation: relation.relation, to: relation.to.id } }),
      ...(labels && { labels }),
      ...(datasets && { datasets }),
    },
    access: [...type.access, ...(relation ? [relation.to.access] : [])],
    sources: [...type.sources, ...(relation?.to.sources ?? [])],
    vintages,
  };
}

/** Areas that are chosen by where they lie to those of another year. What a shared model does is for its author to weigh. */
function warnAboutRule(
  chosen: Pick<PlannedSet, "vintages">,
  by: PlannedSet,
  { openModels, warnings }: Planning,
  { column }: Place,
): void {
  if (openModels.length > 0) return;
  const title = column === "" ? "The choice of subjects" : column;
  warnAboutVintages(chosen, by, title, { warn: (sentence) => warnings.add(sentence) });
}

interface FoundType {
  readonly provider: string;
  readonly label: string;
  readonly access: readonly CatalogueSubjectType["access"][];
  readonly sources: readonly string[];
  readonly vintage?: string | undefined;
}

function findSubjectType(
  { provider, subjectType, matchRule }: SubjectRecipe,
  { catalogue, warnings }: Planning,
  { path }: Place,
): FoundType {
  if (!catalogue || subjectType === "*") {
    const access = subjectType === "*" ? (catalogue?.subjectTypes.map((type) => type.access) ?? []) : [];
    return { provider, label: subjectType, access, sources: [] };
  }
  const types = catalogue.subjectTypes;
  const found = types.filter(
    (type) => type.label === subjectType && (provider === ANY_PROVIDER || provider === type.provider),
  );
  const [first, second] = found;
  if (second) {
    const names = found.map((type) => `"${type.provider}/${type.label}"`);
    throw new RecipeMistake(
      path,
      `several providers have the subject type "${subjectType}"`,
      `Write ${names.join(" or ")}.`,
    );
  }
  if (first) return { ...first, access: [first.access], sources: [first.source] };
  const hint = nearestTypes(provider, subjectType, types);
  if (provider !== ANY_PROVIDER) {
    warnings.add(`The store has no subjects of type "${provider}/${subjectType}". ${hint}`.trimEnd());
    return { provider, label: subjectType, access: [], sources: [] };
  }
  // A word behind `in` is a type, and often meant as a name.
  const isPlace = path.at(-2) === "geoMatchRule" || path.at(-3) === "geoMatchRule";
  const quotes = isPlace && !matchRule ? `Names stand in quotes, such as in "${subjectType}". ` : "";
  throw new RecipeMistake(
    path,
    `there is no subject type "${subjectType}" in the store`,
    `${quotes}${hint}`.trimEnd(),
  );
}

function nearestTypes(provider: string, subjectType: string, types: readonly CatalogueSubjectType[]): string {
  const search = `%find ${subjectType} tells what to import.`;
  if (types.length === 0) return `The store is empty: ${search}`;
  const isAny = provider === ANY_PROVIDER;
  const known = types.map((type) => (isAny ? type.label : `${type.provider}/${type.label}`));
  const asked = isAny ? subjectType : `${provider}/${subjectType}`;
  return nearestNames(asked, known).length > 0
    ? didYouMean(asked, known)
    : `${didYouMean(asked, known)} ${search}`;
}
