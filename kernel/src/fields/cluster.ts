import { defineField } from "./field.ts";
import { fieldsParameter, numberParameter } from "./parameters.ts";
import { plannedNumber } from "./planned.ts";

/** Groups of subjects that are alike. */
export const cluster = defineField({
  name: "cluster",
  fieldClass: "cluster",
  doc: "Groups of subjects whose values are alike: k-means over the fields, each brought to mean 0 and standard deviation 1. Groups are numbered from 1 by their mean of the first field; the same seed gives the same groups.",
  example: "group: { cluster: [tube_km, area_km2], count: 3 }",
  main: "fields",
  properties: {
    fields: { type: "fields", doc: "the values by which subjects are alike" },
    count: { type: "integer", doc: "number of groups", minimum: 1, maximum: 1000 },
    seed: {
      type: "integer",
      doc: "where the random numbers begin",
      default: 1,
      minimum: 0,
      maximum: 4_294_967_295,
    },
  },
  plan(parameters, context) {
    const fields = fieldsParameter(parameters, "fields");
    if (fields.length === 0) context.mistake(["fields"], "clusters need at least one field");
    const members = fields.map((field, index) => context.single(field, "fields", index));
    const node = context.node("number", {
      op: "cluster",
      members: members.map((member) => member.node),
      count: numberParameter(parameters, "count"),
      seed: numberParameter(parameters, "seed"),
      missing: context.reason("one of the values is missing"),
    });
    return plannedNumber(node, members, { kind: "category" });
  },
});
