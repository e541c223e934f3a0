import { OSM_CATEGORIES } from "../importers/osm/categories.ts";
import { didYouMean } from "../nearest.ts";
import { defineField } from "./field.ts";
import { acceptedValues, planMatcher } from "./matcher.ts";
import { attributesParameter } from "./parameters.ts";

const PROVIDER = "org.openstreetmap";

/** The tags of each group by its name: the same that decide what the importer keeps. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = Object.fromEntries(
  Object.values(OSM_CATEGORIES).map(({ matcher, tags }) => [
    matcher,
    Object.fromEntries(Object.entries(tags).map(([tag, values]) => [tag, spellings(values)])),
  ]),
);

/** The recipes of 2019 say post-box, OpenStreetMap itself writes post_box. */
function spellings(values: readonly string[]): readonly string[] {
  return values.includes("post-box") ? [...values, "post_box"] : values;
}

/** A field for the subjects whose tags belong to a group, and 0 for the others. */
export const osmBuiltInAttributeMatcher = defineField({
  name: "osm-built-in-attribute-matcher",
  fieldClass: "uk.org.tombolo.field.assertion.OSMBuiltInAttributeMatcherField",
  doc: `The value of a field for things of OpenStreetMap that belong to a group, and 0 for the others. Groups: ${Object.keys(GROUPS).join(", ")}.`,
  example: "green: { osm: built-in-greenspace, field: 1 }",
  main: "attributes",
  words: { osm: {} },
  properties: {
    attributes: { type: "attributes", doc: "the groups, each as the label of an attribute" },
    field: { type: "field", doc: "the value of the things that belong" },
  },
  plan(parameters, context) {
    const tests = attributesParameter(parameters, "attributes").flatMap(({ label }, index) => {
      const tags = Object.hasOwn(GROUPS, label) ? GROUPS[label] : undefined;
      if (!tags) {
        const hint = didYouMean(label, Object.keys(GROUPS));
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
