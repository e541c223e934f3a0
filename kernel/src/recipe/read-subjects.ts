import { didYouMean } from "../nearest.ts";
import { type Path, RecipeMistake, shown } from "./mistake.ts";
import type { GeoRelation } from "./plan-types.ts";
import { readCondition } from "./read-condition.ts";
import type { ReadContext } from "./read-field.ts";
import { ANY_PROVIDER, type GeoMatchRule, isRecord, type MatchRule, type SubjectRecipe } from "./recipe.ts";
import { readSubjectText } from "./subject-text.ts";
import { mistakeInPattern } from "./words.ts";

/** How the shape of a subject can lie to those of others. */
export const GEO_RELATIONS: readonly GeoRelation[] = [
  "within",
  "equals",
  "disjoint",
  "intersects",
  "touches",
  "crosses",
  "contains",
  "overlaps",
];

/** What subjects may say. */
export const SUBJECT_PROPERTIES: readonly string[] = [
  "provider",
  "subjectType",
  "matchRule",
  "geoMatchRule",
  "where",
];

/** Deeper than parents of parents of parents; a deeper nest would end in a full stack. */
const DEEPEST = 60;

/** Subjects as one or as a list. */
export function readSubjects(value: unknown, path: Path, context: ReadContext): SubjectRecipe[] {
  return Array.isArray(value)
    ? value.map((subject, index) => readSubject(subject, [...path, index], context))
    : [readSubject(value, path, context)];
}

/** Subjects in words, such as `lsoa in "Leeds"`, or as an object. */
export function readSubject(value: unknown, path: Path, context: ReadContext): SubjectRecipe {
  if (path.length > DEEPEST) throw new RecipeMistake(path.slice(0, 6), "the recipe is nested too deeply");
  if (typeof value === "string" && value.trim() !== "" && !context.original)
    return readSubjectText(value, path, context);
  if (!isRecord(value)) throw new RecipeMistake(path, "a subject type is expected", "Such as borough.");
  const other = Object.keys(value).find((name) => !SUBJECT_PROPERTIES.includes(name));
  if (other !== undefined) {
    const hint = didYouMean(other, SUBJECT_PROPERTIES);
    throw new RecipeMistake([...path, other], `subjects have no property "${other}"`, hint);
  }
  const { provider, subjectType, matchRule, geoMatchRule, where } = value;
  if (typeof subjectType !== "string")
    throw new RecipeMistake([...path, "subjectType"], "a subject type is expected");
  if (provider === undefined && context.original)
    throw new RecipeMistake(path, 'subjects need a "provider"', "* stands for any.");
  if (provider !== undefined && typeof provider !== "string")
    throw new RecipeMistake([...path, "provider"], "a provider is a text");
  return {
    provider: provider ?? ANY_PROVIDER,
    subjectType,
    ...(present(matchRule) && { matchRule: readMatchRule(matchRule, [...path, "matchRule"]) }),
    ...(present(geoMatchRule) && {
      geoMatchRule: readGeoRule(geoMatchRule, [...path, "geoMatchRule"], context),
    }),
    ...(present(where) && { where: readCondition(where, [...path, "where"], context) }),
  };
}

const present = (value: unknown): boolean => value !== undefined && value !== null;

function readMatchRule(value: unknown, path: Path): MatchRule {
  if (!isRecord(value)) throw new RecipeMistake(path, "a rule has an attribute and a pattern");
  refuseOthers(value, ["attribute", "pattern"], path);
  const { attribute, pattern } = value;
  if (attribute !== "label" && attribute !== "name") {
    const message = `subjects are chosen by label or name, not by "${shown(attribute)}"`;
    throw new RecipeMistake([...path, "attribute"], message, "Choose by a value with where.");
  }
  if (typeof pattern !== "string")
    throw new RecipeMistake([...path, "pattern"], "a pattern is a text, such as E09%");
  const wrong = mistakeInPattern(pattern);
  if (wrong !== undefined) throw new RecipeMistake([...path, "pattern"], wrong);
  return { attribute, pattern };
}

function readGeoRule(value: unknown, path: Path, context: ReadContext): GeoMatchRule {
  if (!isRecord(value)) throw new RecipeMistake(path, "a rule has a geoRelation and subjects");
  refuseOthers(value, ["geoRelation", "subjects"], path);
  const geoRelation = GEO_RELATIONS.find((known) => known === value.geoRelation);
  if (!geoRelation) {
    const wanted = shown(value.geoRelation);
    const hint = didYouMean(wanted, GEO_RELATIONS);
    throw new RecipeMistake([...path, "geoRelation"], `unknown relation "${wanted}"`, hint);
  }
  const { subjects } = value;
  if (!Array.isArray(subjects))
    throw new RecipeMistake([...path, "subjects"], "a list of subjects is expected");
  return { geoRelation, subjects: readSubjects(subjects, [...path, "subjects"], context) };
}

function refuseOthers(value: Readonly<Record<string, unknown>>, known: readonly string[], path: Path): void {
  const other = Object.keys(value).find((name) => !known.includes(name));
  if (other === undefined) return;
  throw new RecipeMistake([...path, other], `a rule has no property "${other}"`, didYouMean(other, known));
}
