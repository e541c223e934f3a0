import { join, relative } from "node:path";
import type { Table } from "apache-arrow";
import { UserError } from "../errors.ts";
import { documentModel, listModels } from "../models/document.ts";
import { cellOfModel, labelOf, recipeOfModel } from "../models/recipe-of-model.ts";
import { hasModel, saveModel } from "../models/save-model.ts";
import { modelsWith } from "../models/search.ts";
import { didYouMean } from "../nearest.ts";
import { RecipeMistake } from "../recipe/mistake.ts";
import { findModel, type Model, type ModelLibrary } from "../recipe/model.ts";
import { parseRecipe } from "../recipe/parse.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { modelsOf } from "./own-models.ts";
import { cook, nameRecipe, recipeOf } from "./recipe.ts";
import type { Session } from "./session.ts";

const ACTIONS = ["list", "show", "open", "run", "save"] as const;

/** `%model`: lists, explains, opens, computes and saves models. */
export const modelMagic = defineMagic({
  name: "model",
  kinds: ["line"],
  summary:
    "Lists models, shows one, computes it for subjects, opens it as a recipe cell, or saves a column as one.",
  arguments: [
    { name: "action", doc: ACTIONS.join(", "), required: true },
    { name: "model", doc: "name of the model, or a word to look for", required: false },
    {
      name: "words",
      doc: '`for` and subjects, such as for lsoa in "Leeds"; or the variable of the recipe to save',
      required: false,
      rest: true,
    },
  ],
  options: {
    as: {
      type: "text",
      doc: "run: the variable that takes the table; the model's name unless told otherwise",
    },
    column: { type: "text", doc: "save: label of the column that becomes the model" },
    title: { type: "text", doc: "save: title of the model" },
    description: { type: "text", doc: "save: what it means" },
    unit: { type: "text", doc: "save: unit of its values" },
    version: {
      type: "integer",
      minimum: 1,
      doc: "save: number of the version; one more than that of the model it replaces unless told otherwise",
    },
    parameter: {
      type: "text",
      doc: "save: parameters as name=value,name=value; each value in the recipe becomes one. run: values for the parameters",
    },
    replace: {
      type: "flag",
      doc: "save: replace a model of the same name; what is not said anew stays as it was",
    },
  },
  examples: ["%model list", "%model show social-isolation"],
  run(session, { words, options, text }): Promise<unknown> | unknown {
    const [action = "", name = "", ...rest] = words;
    switch (action) {
      case "list":
        return listWith(modelsOf(session), [name, ...rest].join(" ").trim());
      case "show":
        return markdown(documentModel(chosen(session, name)));
      case "open":
        return openModel(session, chosen(session, name), subjectsIn(text) ?? "lsoa");
      case "run":
        return runModel(session, chosen(session, name), subjectsIn(text), options);
      case "save":
        return save(session, name, rest.filter((word) => word !== "from")[0] ?? "", options);
      default:
        throw new UserError(`%model does not know "${action}"`, {
          where: action,
          hint: didYouMean(action, ACTIONS),
        });
    }
  },
});

function chosen(session: Session, name: string): Model {
  if (name === "") throw new UserError("Which model?", { hint: "%model list shows them." });
  try {
    return findModel(modelsOf(session), name, []);
  } catch (error) {
    if (!(error instanceof RecipeMistake)) throw error;
    const { message } = error;
    throw new UserError(message.charAt(0).toUpperCase() + message.slice(1), {
      where: name,
      ...(error.hint !== undefined && { hint: error.hint }),
    });
  }
}

function listWith(models: ModelLibrary, wanted: string) {
  const found = modelsWith(models, wanted.split(/\s+/));
  if (found.length === 0)
    throw new UserError(`No model has "${wanted}" in it`, {
      where: wanted,
      hint: "%model list shows them all.",
    });
  return markdown(listModels(models, found));
}

function openModel(session: Session, model: Model, subjects: string): void {
  session.setNextInput(cellOfModel(model, subjects), false);
}

/** The subjects after `for`, as they stand: quotes and all. */
function subjectsIn(text: string): string | undefined {
  const subjects = /\sfor\s+(.+)$/s
    .exec(text)?.[1]
    ?.replace(/\s--(as|parameter)(=|\s+)("[^"]*"|'[^']*'|[^\s"'])+/g, "")
    .trim();
  return subjects === "" ? undefined : subjects;
}

async function runModel(
  session: Session,
  model: Model,
  subjects: string | undefined,
  options: { readonly as?: string; readonly parameter?: string },
): Promise<Table> {
  const { as: variable = labelOf(model.name).replace(/\W/g, "_") } = options;
  if (subjects === undefined)
    throw new UserError("For which subjects?", {
      hint: `Such as %model run ${labelOf(model.name)} for lsoa in "Leeds"`,
    });
  const models = modelsOf(session);
  const written = recipeOfModel(model, subjects, false, parametersOf(model, options.parameter));
  const table = await cook(session, parseRecipe(written, { models }));
  session.variables.set(variable, table);
  nameRecipe(table, variable);
  return table;
}

interface SaveOptions {
  readonly column?: string;
  readonly title?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly version?: number;
  readonly parameter?: string;
  readonly replace?: boolean;
}

function save(session: Session, name: string, variable: string, options: SaveOptions) {
  if (name === "" || variable === "")
    throw new UserError("A name and a recipe are needed", { hint: "Write %model save my-index tubes" });
  const folder = join(session.folder, "models");
  const before = hasModel(folder, name) ? modelsOf(session).find(name) : undefined;
  if (before && !options.replace)
    throw new UserError(`There is a model "${name}" already`, {
      where: name,
      hint: "Write --replace to replace it.",
    });
  const parameters = readParameters(options.parameter);
  const path = saveModel(folder, name, recipeOf(session, variable), { ...options, parameters, before });
  // What cannot be read again is not saved quietly.
  const saved = chosen(session, name);
  const lost = Object.keys(before?.parameters ?? {}).filter(
    (known) => !Object.hasOwn(saved.parameters, known),
  );
  const without =
    lost.length === 0 ? "" : `, without ${lost.join(", ")}: nothing in the column has that value`;
  session.write("stdout", `Saved ${relative(session.folder, path)}, version ${saved.version}${without}\n`);
}

/** Values for the parameters of a model; an index that is shown with its parts has none. */
function parametersOf({ name, columns }: Model, text: string | undefined): Model["parameters"] {
  const given = readParameters(text);
  const [first] = Object.keys(given);
  if (first === undefined || Object.keys(columns).length === 0) return given;
  throw new UserError(`The model ${name} has no parameter "${first}"`, {
    where: first,
    hint: "It has none.",
  });
}

function readParameters(text = ""): Record<string, string | number> {
  const pairs = text.split(",").filter((pair) => pair.trim() !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      const number = value.trim() === "" ? Number.NaN : Number(value);
      return [name.trim(), Number.isFinite(number) ? number : value.trim()];
    }),
  );
}
