import type { OutputEntry } from "../recipe/plan-types.ts";
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
    const children = fields.map((field, index) => ({
      labels: labelsOf(field),
      ...context.plan(field, "fields", index),
    }));
    const entries = children.map(({ labels, shape }) => ({ ...labels, shape }));
    return { shape: { form: "object", omit: true, entries }, ...origins([context.subjects, ...children]) };
  },
});

/** A field's label, or what 2019 wrote for one without; for a newest value it depended on whether times are written. */
function labelsOf({ label, fieldClass }: FieldRecipe): Pick<OutputEntry, "label" | "bareLabel"> {
  if (label !== undefined) return { label };
  if (/\.(FixedValueField|BackOffField|FieldValueSumField)$/.test(fieldClass)) return { label: "value" };
  return { label: "null", ...(fieldClass.endsWith(".LatestValueField") && { bareLabel: "value" }) };
}
