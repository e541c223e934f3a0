import type { FieldRecipe } from "../recipe/recipe.ts";
import type { PlanContext, PropertyDeclaration } from "./field.ts";
import { recordParameter } from "./parameters.ts";

/** The properties of both fields that take a model. */
export const MODEL_PROPERTIES: Readonly<
  Record<"recipe" | "datasources" | "parameters", PropertyDeclaration>
> = {
  recipe: { type: "text", doc: "name of the model, such as census/fraction-renting" },
  datasources: {
    type: "datasources",
    doc: "what to import instead of the datasources of the model and of the models in it",
    optional: true,
  },
  parameters: { type: "parameters", doc: "values for the parameters of the model", optional: true },
};

/** Plans the model that the field names. */
export function planModelField(parameters: FieldRecipe, context: PlanContext) {
  return context.model(parameters, recordParameter(parameters, "parameters"), "recipe");
}
