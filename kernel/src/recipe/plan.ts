import { strictest } from "@tombolo/bundle";
import { UserError } from "../errors.ts";
import type { PlanContext } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { didYouMean } from "../nearest.ts";
import type { Catalogue, CatalogueAttribute, CatalogueSubjectType } from "../store/store.ts";
import type { Measure, Plan, Planned } from "./plan-types.ts";
import type { FieldRecipe, Recipe, SubjectRecipe } from "./recipe.ts";

/**
 * A recipe, checked against what the catalogue holds, as a plan with types, units and access labels. Throws a UserError
 * with the nearest names for subjects and attributes that are not there.
 */
export function planRecipe(recipe: Recipe, catalogue: Catalogue): Plan {
  const subjects = recipe.dataset.subjects.map((subject) => findSubjectType(subject, catalogue, "subjects"));
  const access = strictest(subjects.map((type) => type.access));
  const sources = subjects.map(({ source }) => source);
  const measures = new Map<string, { readonly position: number; readonly measure: Measure }>();
  const planned = new Map<string, Planned>();
  const warnings: string[] = [];
  let column = "";

  const context: PlanContext = {
    subjects: { access, sources },
    plan(field) {
      const key = JSON.stringify({ ...field, label: undefined });
      const known = planned.get(key) ?? findField(field).plan(field, context);
      planned.set(key, known);
      return known;
    },
    measure(measure) {
      const key = JSON.stringify(measure);
      const entry = measures.get(key) ?? { position: measures.size, measure };
      measures.set(key, entry);
      return entry.position;
    },
    subjectType(subject) {
      const { provider, label, ...rest } = findSubjectType(subject, catalogue, `fields.${column}`);
      return { provider, subjectType: label, access: rest.access, source: rest.source };
    },
    attribute: (reference) => findAttribute(reference, catalogue, `fields.${column}`),
    warn: (sentence) => warnings.push(sentence),
  };

  const columns = recipe.dataset.fields.map((field) => {
    column = field.label ?? "";
    return { ...context.plan(field), label: column };
  });
  return {
    subjects: subjects.map(({ provider, label }) => ({ provider, subjectType: label })),
    access,
    sources,
    measures: [...measures.values()].map(({ measure }) => measure),
    columns,
    warnings,
  };
}

function findField({ fieldClass }: FieldRecipe) {
  const field = fields.find((candidate) => candidate.fieldClass === fieldClass);
  if (!field) throw new Error(`no field ${fieldClass}: a recipe is planned before it is parsed`);
  return field;
}

function findSubjectType(
  { provider, subjectType }: SubjectRecipe,
  catalogue: Catalogue,
  where: string,
): CatalogueSubjectType {
  const types = catalogue.subjectTypes;
  const found = types.filter(
    ({ label, provider: owner }) => label === subjectType && (provider ?? owner) === owner,
  );
  const [first, second] = found;
  if (first && !second) return first;
  if (second) {
    const names = found.map(({ provider: owner, label }) => `"${owner}/${label}"`);
    throw new UserError(`${where}: several providers have the subject type "${subjectType}"`, {
      where,
      hint: `Write ${names.join(" or ")}.`,
    });
  }
  const wanted = provider === undefined ? subjectType : `${provider}/${subjectType}`;
  const known =
    provider === undefined
      ? types.map(({ label }) => label)
      : types.map((type) => `${type.provider}/${type.label}`);
  const hint =
    types.length === 0 ? "The store is empty: %import something first." : didYouMean(wanted, known);
  throw new UserError(`${where}: there is no subject type "${wanted}" in the store`, { where, hint });
}

function findAttribute(
  reference: { readonly provider?: string; readonly label: string },
  catalogue: Catalogue,
  where: string,
): CatalogueAttribute {
  const { provider, label } = reference;
  const found = catalogue.attributes.filter(
    (known) => known.label === label && (provider ?? known.provider) === known.provider,
  );
  const [first, second] = found;
  if (first && !second) return first;
  const name = provider === undefined ? label : `${provider}/${label}`;
  const known = catalogue.attributes.map((attribute) => `${attribute.provider}/${attribute.label}`);
  if (second) {
    const names = found.map((attribute) => `"${attribute.provider}/${attribute.label}"`);
    throw new UserError(`${where}: several providers have the attribute "${label}"`, {
      where,
      hint: `Write ${names.join(" or ")}.`,
    });
  }
  throw new UserError(`${where}: there is no attribute "${name}" in the store`, {
    where,
    hint: didYouMean(name, known),
  });
}
