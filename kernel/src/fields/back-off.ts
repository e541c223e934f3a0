import { type FieldRecipe, isRecord, isSubjectRecipe } from "../recipe/recipe.ts";
import { defineField, type PlanContext, type PlannedValue } from "./field.ts";
import { mapToContainingSubject } from "./map-to-containing-subject.ts";
import { fieldsParameter, optionalText, textsParameter } from "./parameters.ts";
import { commonUnit, origins, plannedValue, textFormOf, textFormsOf, titleOf } from "./planned.ts";

/** The first of several fields that has a value. */
export const backOff = defineField({
  name: "back-off",
  fieldClass: "uk.org.tombolo.field.aggregation.BackOffField",
  doc: "The first of several fields that has a value, such as the area's own and then that of the district around it. Zero is a value.",
  example: "no2: { back-off: [tube_km, area_km2], levelLabel: no2_level }",
  main: "fields",
  properties: {
    fields: { type: "fields", doc: "the fields, first the one that is wanted most" },
    to: {
      type: "subjects",
      doc: "subject types, from near to far, whose values stand in for a field: shorthand for one containing each",
      optional: true,
    },
    levelLabel: {
      type: "text",
      doc: "label of a second column, which says from which level each value is",
      optional: true,
    },
    levels: {
      type: "texts",
      doc: "names of the levels; their subject types unless told otherwise",
      optional: true,
    },
  },
  expand({ to, ...parameters }) {
    const fields: readonly unknown[] = Array.isArray(parameters.fields) ? parameters.fields : [];
    const [field] = fields;
    if (!Array.isArray(to) || !isRecord(field)) return parameters;
    const around = to.filter(isSubjectRecipe).map((subject) => ({
      fieldClass: mapToContainingSubject.fieldClass,
      subject,
      field,
      match: "within",
    }));
    return { ...parameters, fields: [...fields, ...around] };
  },
  plan(parameters, context) {
    const fields = fieldsParameter(parameters, "fields");
    checkLevels(parameters, fields.length, context);
    const members = fields.map((field, index) => context.single(field, "fields", index));
    const nodes = members.map((member) => member.node);
    const isNumber = nodes.length > 0 && nodes.every((node) => context.get(node).type === "number");
    const none = context.reason("no member of the back-off has a value");
    const node = context.node(isNumber ? "number" : "text", { op: "choose", members: nodes, none });
    const measured = members.filter((member) => context.get(member.node).op !== "constant");
    const unit = commonUnit(measured, `${titleOf(parameters.label, context)} mixes`, context);
    const planned: PlannedValue = {
      node,
      shape: { form: "value", node, ...formsOf(members, context) },
      unit,
      kind: members[0]?.kind,
      ...origins(members),
    };
    const label = optionalText(parameters, "levelLabel");
    return label === undefined
      ? planned
      : { ...planned, companions: [{ ...planLevels(parameters, fields, nodes, members, context), label }] };
  },
});

function checkLevels(parameters: FieldRecipe, members: number, context: PlanContext): void {
  const levels = textsParameter(parameters, "levels").length;
  if (levels > members)
    context.mistake(["levels"], `${levels} levels do not go with ${members} fields`, "Each field has one.");
}

/** How the value becomes text: as that of its member does. */
function formsOf(members: readonly PlannedValue[], context: PlanContext) {
  const forms = members.map((member) => textFormOf(member));
  const [text = "either"] = forms;
  if (forms.every((form) => form === text && (form === "number" || form === "two-decimals"))) return { text };
  const none = context.reason("no member of the back-off has a value");
  const choices = members.map((member) => textFormsOf(member, context));
  return { text: "either", textBy: context.node("text", { op: "choose", members: choices, none }) } as const;
}

function planLevels(
  parameters: FieldRecipe,
  fields: readonly FieldRecipe[],
  members: readonly number[],
  from: readonly PlannedValue[],
  context: PlanContext,
): PlannedValue {
  const given = textsParameter(parameters, "levels");
  const levels = fields.map((field, index) => given[index] ?? levelOf(field, context));
  return plannedValue(context.node("text", { op: "choose-level", members, levels }), "text", from, {
    kind: "category",
  });
}

/** The subject type from which a member's value is. */
function levelOf(field: FieldRecipe, context: PlanContext): string {
  const { subject } = field;
  if (field.fieldClass === mapToContainingSubject.fieldClass && isSubjectRecipe(subject))
    return subject.subjectType;
  return field.fieldClass.endsWith(".ConstantField") ? "constant" : context.subjects.title;
}
