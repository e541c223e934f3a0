import { didYouMean } from "../nearest.ts";
import { defineField } from "./field.ts";
import { acceptedValues, planMatcher } from "./matcher.ts";
import { OSM_GROUPS } from "./osm-groups.ts";
import { attributesParameter } from "./parameters.ts";

const PROVIDER = "org.openstreetmap";

/** A field for the subjects whose tags belong to a group, and 0 for the others. */
export const osmBuiltInAttributeMatcher = defineField({
  name: "osm-built-in-attribute-matcher",
  fieldClass: "uk.org.tombolo.field.assertion.OSMBuiltInAttributeMatcherField",
  doc: `The value of a field for things of OpenStreetMap that belong to a group, and 0 for the others. Groups: ${Object.keys(OSM_GROUPS).join(", ")}.`,
  example: "green: { osm: built-in-greenspace, field: 1 }",
  main: "attributes",
  words: { osm: {} },
  properties: {
    attributes: { type: "attributes", doc: "the groups, each as the label of an attribute" },
    field: { type: "field", doc: "the value of the things that belong" },
  },
  plan(parameters, context) {
    const tests = attributesParameter(parameters, "attributes").flatMap(({ label }, index) => {
      const tags = Object.hasOwn(OSM_GROUPS, label) ? OSM_GROUPS[label] : undefined;
      if (!tags) {
        const hint = didYouMean(label, Object.keys(OSM_GROUPS));
        return context.mistake(["attributes", index, "label"], `there is no group "${label}"`, hint);
      }
      return Object.entries(tags).map(([attribute, values]) => ({
        provider: PROVIDER,
        attribute,
        ...acceptedValues(values),
      }));
    });
    return planMatcher(tests, [], parameters, context);
  },
});
