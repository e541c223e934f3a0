import type { PlannedAttribute } from "../fields/field.ts";
import { didYouMean, nearestNames } from "../nearest.ts";
import { RecipeMistake } from "./mistake.ts";
import type { Place, Planning } from "./plan.ts";
import type { AttributeRecipe } from "./recipe.ts";

/**
 * What the catalogue knows of an attribute. One that is named in full and not there has no values, which is told in a
 * warning; a label alone must be found, else it is a mistake.
 */
export function findAttribute(
  { provider, label }: AttributeRecipe,
  { catalogue, warnings, columns }: Planning,
  { path, column }: Place,
): PlannedAttribute {
  if (!catalogue) return { provider: provider ?? "*", label, known: true, access: "public", sources: [] };
  const exact = catalogue.attributes.filter(
    (known) => known.label === label && (provider ?? known.provider) === known.provider,
  );
  // A label alone may have a slash in it, as in "NO2 in ug/m3".
  const found =
    exact.length > 0 ? exact : catalogue.attributes.filter((known) => known.label === `${provider}/${label}`);
  const [first, second] = found;
  if (second) {
    const names = found.map((attribute) => `"${attribute.provider}/${attribute.label}"`);
    throw new RecipeMistake(
      path,
      `several providers have the attribute "${label}"`,
      `Write ${names.join(" or ")}.`,
    );
  }
  if (first) {
    const { source, description: _description, ...rest } = first;
    return { ...rest, known: true, sources: [source] };
  }
  const name = provider === undefined ? label : `${provider}/${label}`;
  const known = catalogue.attributes.map((attribute) => `${attribute.provider}/${attribute.label}`);
  const near = didYouMean(name, known);
  const hint =
    nearestNames(name, known).length > 0 ? near : `${near} %find ${label} tells what to import.`.trimStart();
  if (provider === undefined) {
    // A condition on rows may name a column as well.
    const isColumn = path.includes("where") && nearestNames(name, columns).length > 0;
    const way = isColumn ? didYouMean(name, columns) : hint;
    throw new RecipeMistake(path, `there is no attribute "${name}" in the store`, way);
  }
  const who = column === "" ? "" : `${column}: `;
  warnings.add(`${who}the store has no attribute "${name}". ${hint}`);
  return { provider, label, known: false, access: "public", sources: [] };
}
