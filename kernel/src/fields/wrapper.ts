import type { FieldRecipe } from "../recipe/recipe.ts";
import { defineField } from "./field.ts";
import { fieldsParameter } from "./parameters.ts";
import { origins } from "./planned.ts";

/** Several fields as one object. */
export const wrapper = defineField({
  name: "wrapper",
  fieldClass: "uk.org.tombolo.field.WrapperField",
  doc: "Several fields as one object of a GeoJSON file; those without a value are left out. Not a single value: no operand, no CSV.",
  example: "both: { wrapper: { length: tube_km, area: area_km2 } }",
  main: "fields",
  properties: { fields: { type: "fields", doc: "the fields, each with its label" } },
  plan(parameters, context) {
    const fields = fieldsParameter(parameters, "fields");
    const children = fields.map((field, index) => context.plan(field, "fields", index));
    const entries = children.map(({ shape }, index) => ({
      ...(labelled(fields[index]) ?? unlabelled(fields[index]?.fieldClass)),
      shape,
    }));
    return { shape: { form: "object", omit: true, entries }, ...origins([context.subjects, ...children]) };
  },
});

const labelled = ({ label }: Partial<FieldRecipe> = {}) => (label === undefined ? undefined : { label });

/** What 2019 wrote for a field without a label; for a newest value it depended on whether times are written. */
function unlabelled(fieldClass = ""): { readonly label: string; readonly bareLabel?: string } {
  if (/\.(FixedValueField|BackOffField|FieldValueSumField)$/.test(fieldClass)) return { label: "value" };
  return { label: "null", ...(fieldClass.endsWith(".LatestValueField") && { bareLabel: "value" }) };
}
