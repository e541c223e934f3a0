import { defineField } from "./field.ts";
import { attributeParameter } from "./parameters.ts";
import { origins, plannedValue, titleOf, warnAboutAttribute } from "./planned.ts";
import { describeWindow, TIME_PROPERTIES, timeWindow } from "./time-window.ts";

/** The newest value of an attribute, whether it has times or not. */
export const value = defineField({
  name: "value",
  fieldClass: "value",
  doc: "The subject's value of an attribute, the newest where there are several. What provider/label alone means.",
  example: "cars: { value: uk.gov.dft/CountCarsTaxis }",
  main: "attribute",
  properties: {
    attribute: { type: "attribute", doc: "the attribute, as provider/label or its label alone" },
    ...TIME_PROPERTIES,
  },
  plan(parameters, context) {
    const found = context.attribute(attributeParameter(parameters, "attribute"), "attribute");
    warnAboutAttribute(found, titleOf(parameters.label, context), context);
    const { provider, label, unit, kind } = found;
    const window = timeWindow(parameters);
    const missing = context.reason(
      `the subject has no value of ${provider}/${label}${describeWindow(window)}`,
    );
    const from = [context.subjects, found];
    const reference = { provider, attribute: label, missing };
    if (found.values === "fixed")
      return plannedValue(context.node("text", { op: "fixed", ...reference }), "either", from, {
        unit,
        kind,
      });
    const latest = context.node("number", { op: "latest", ...reference, ...window });
    return { node: latest, shape: { form: "timed", node: latest }, unit, kind, ...origins(from) };
  },
});
