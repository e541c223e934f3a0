import { strictest } from "@tombolo/bundle/access";
import type { Field, PlanContext, PlannedSet, PlannedValue } from "../fields/field.ts";
import { fields } from "../fields/index.ts";
import { plannedValue } from "../fields/planned.ts";
import { builtInModels } from "../models/built-in.ts";
import type { Catalogue } from "../store/store.ts";
import type { AreaMembers } from "./areas-by-words.ts";
import { findAttribute } from "./find-attribute.ts";
import { type Path, RecipeMistake, type Step } from "./mistake.ts";
import { findModel, type ModelLibrary } from "./model.ts";
import { fieldOfModel } from "./model-field.ts";
import { type DatasetNames, modelKey, type OwnDatasets } from "./own-datasets.ts";
import { PlanBuilder } from "./plan-builder.ts";
import { countSubjects, planSubjects } from "./plan-subjects.ts";
import type { Plan, Planned, PlannedColumn, SetId } from "./plan-types.ts";
import type { FieldRecipe, Recipe } from "./recipe.ts";

/** How a recipe is planned. */
export interface PlanOptions {
  /** The built-in models unless told otherwise. */
  readonly models?: ModelLibrary | undefined;
  /** Whether fields without a class, as a template has them, are let pass with a warning. */
  readonly draft?: boolean | undefined;
  /** Areas that the recipe names in words, found by their codes. */
  readonly areas?: AreaMembers | undefined;
  /** Datasets that the recipe takes the subjects of a shared type from; of all other types it takes every subject. */
  readonly own?: OwnDatasets | undefined;
  /** Where the recipe's parts stand in the text: `dataset.fields[2]` or `fields.area`; the latter unless told otherwise. */
  readonly placeOf?: ((part: "subjects" | "fields", index: number) => Path) | undefined;
}

/** What the parts of a plan share while it is made. */
export interface Planning {
  readonly builder: PlanBuilder;
  /** Undefined when a recipe is checked without a store: then every name is taken as known. */
  readonly catalogue: Catalogue | undefined;
  readonly models: ModelLibrary;
  readonly draft: boolean;
  readonly areas: AreaMembers;
  /** Of the recipe, or of the model that is being planned. */
  readonly own: DatasetNames;
  readonly ownOfModels: OwnDatasets["ofModels"];
  /** How models are planned that take the same of the store, by what they take. */
  readonly inModels: Map<string, Planning>;
  /** Fields that are planned, by the set that they are planned for. */
  readonly planned: Map<SetId, WeakMap<FieldRecipe, Planned>>;
  /** Root fields of models, by name and parameters. */
  readonly roots: Map<string, FieldRecipe>;
  readonly warnings: Set<string>;
  /** Labels of the columns. */
  readonly columns: ReadonlySet<string>;
  /** The models that are being planned, outermost first. */
  readonly openModels: string[];
}

/** Where in the recipe planning is. */
export interface Place {
  readonly path: Path;
  /** Label of the column. */
  readonly column: string;
}

/**
 * A recipe, checked against what the catalogue holds, as a plan with types, units and access labels. Without a catalogue
 * only what needs no store is checked. Throws a RecipeMistake with the place and the nearest names.
 */
export function planRecipe(
  recipe: Recipe,
  catalogue: Catalogue | undefined,
  options: PlanOptions = {},
): Plan {
  const { subjects, fields: columns } = recipe.dataset;
  const placeOf = options.placeOf ?? ((part, index) => defaultPlace(recipe, part, index));
  const planning: Planning = {
    builder: new PlanBuilder(),
    catalogue,
    models: options.models ?? builtInModels,
    draft: options.draft ?? false,
    areas: options.areas ?? new Map(),
    own: options.own?.ofRecipe ?? new Map(),
    ownOfModels: options.own?.ofModels ?? new Map(),
    inModels: new Map(),
    planned: new Map(),
    roots: new Map(),
    warnings: new Set(),
    columns: new Set(columns.map(({ label = "" }) => label)),
    openModels: [],
  };
  const rows = planSubjects(subjects, planning, { path: placeOf("subjects", -1), column: "" });
  const planned = columns.flatMap((field, index): PlannedColumn[] => {
    const label = field.label ?? "";
    const path = placeOf("fields", index);
    refuseReserved(label, path);
    const context = contextFor(planning, rows, { path, column: label });
    const { companions = [], ...column } = context.plan(field);
    for (const companion of companions) refuseReserved(companion.label, [...path, "levelLabel"]);
    return [{ ...column, label }, ...companions];
  });
  warnAboutLabels(planned, planning);
  const { builder, warnings } = planning;
  return {
    sets: builder.sets,
    nodes: builder.nodes,
    subjects: rows.id,
    ofTypes: countSubjects(subjects, catalogue),
    columns: planned.map((column) => ({ ...column, access: strictest([column.access, rows.access]) })),
    reasons: builder.reasons,
    access: rows.access,
    sources: rows.sources,
    warnings: [...warnings],
  };
}

function defaultPlace(recipe: Recipe, part: "subjects" | "fields", index: number): Path {
  return part === "subjects" ? ["subjects"] : ["fields", recipe.dataset.fields[index]?.label ?? index];
}

/** Labels that every result has already. */
export const RESERVED_LABELS: readonly string[] = ["label", "name", "geometry"];

function refuseReserved(label: string, path: Path): void {
  if (!RESERVED_LABELS.includes(label)) return;
  throw new RecipeMistake(
    path,
    `"${label}" is a column that every result has`,
    `Give the field another label, such as "the_${label}".`,
    "reserved-label",
  );
}

function warnAboutLabels(columns: readonly PlannedColumn[], { warnings }: Planning): void {
  const seen = new Set<string>();
  for (const { label } of columns) {
    if (seen.has(label))
      warnings.add(`Two columns are called "${label}"; where only one can be shown it is the last.`);
    seen.add(label);
  }
}

/** What a field sees while it is planned for these subjects at this place. */
export function contextFor(planning: Planning, subjects: PlannedSet, place: Place): PlanContext {
  const { builder, warnings } = planning;
  const at = (steps: readonly Step[]): Place => ({ ...place, path: [...place.path, ...steps] });
  const context: PlanContext = {
    subjects,
    column: place.column,
    columns: planning.columns,
    plan(field, ...steps) {
      const ofSet = planning.planned.get(subjects.id) ?? new WeakMap<FieldRecipe, Planned>();
      planning.planned.set(subjects.id, ofSet);
      const known = ofSet.get(field);
      if (known) return known;
      const within = contextFor(planning, subjects, at(steps));
      const planned =
        field.fieldClass === "" ? planBlank(field, planning, within) : findField(field).plan(field, within);
      ofSet.set(field, planned);
      return planned;
    },
    single(field, ...steps) {
      const planned = context.plan(field, ...steps);
      if (isSingle(planned)) return planned;
      throw new RecipeMistake(
        [...place.path, ...steps],
        `${nameOf(field)} has no single value for a subject, and one is needed here`,
        "A series, a wrapper and a model of these cannot be operands.",
        "field-not-single-value",
      );
    },
    on: (set) => contextFor(planning, set, place),
    node: (type, operation) => builder.node(subjects.id, type, operation),
    get: (node) => builder.get(node),
    set: (recipes, ...steps) => planSubjects(recipes, planning, at(steps)),
    attribute: (reference, ...steps) => findAttribute(reference, planning, at(steps)),
    reason: (sentence) => builder.reason(sentence),
    warn(sentence) {
      // What units there are is known with a store only; what a shared model does is for its author to weigh.
      if (planning.catalogue && planning.openModels.length === 0) warnings.add(sentence);
    },
    mistake(steps, message, hint, code = "invalid-parameter") {
      throw new RecipeMistake([...place.path, ...steps], message, hint, code);
    },
    model: (field, parameters, ...steps) => planModel(planning, subjects, at(steps), field, parameters),
  };
  return context;
}

function planBlank(
  { label = "" }: FieldRecipe,
  { draft, warnings }: Planning,
  context: PlanContext,
): Planned {
  if (!draft)
    context.mistake(
      [],
      "the field has no class yet",
      "Such as fieldClass: ConstantField.",
      "unknown-field-class",
    );
  warnings.add(`The field "${label}" has no class yet.`);
  return plannedValue(context.node("text", { op: "constant", value: null }), "text", []);
}

/** Whether a field has one value for each subject. */
export function isSingle(planned: Planned): planned is PlannedValue {
  return planned.node !== undefined;
}

function nameOf(field: FieldRecipe): string {
  const { name } = field.fieldClass === "" ? { name: "field" } : findField(field);
  return field.label === undefined ? name : `"${field.label}" (${name})`;
}

const byClass = new Map<string, Field>();

function findField({ fieldClass }: FieldRecipe): Field {
  // Filled at the first use: fields and plan import each other.
  if (byClass.size === 0) for (const field of fields) byClass.set(field.fieldClass, field);
  const field = byClass.get(fieldClass);
  if (!field) throw new Error(`no field ${fieldClass}: a recipe is planned before it is parsed`);
  return field;
}

/** Plans the root of a model; one that comes back to itself is a mistake. */
function planModel(
  planning: Planning,
  subjects: PlannedSet,
  place: Place,
  field: FieldRecipe,
  parameters: Readonly<Record<string, unknown>>,
): Planned {
  const model = findModel(planning.models, String(field.recipe), place.path);
  const { openModels } = planning;
  if (openModels.includes(model.name)) {
    const round = [...openModels, model.name].join(" → ");
    throw new RecipeMistake(
      place.path,
      `the model ${model.name} is made from itself: ${round}`,
      undefined,
      "invalid-parameter",
    );
  }
  openModels.push(model.name);
  try {
    const key = JSON.stringify([model.name, parameters]);
    const inside = openModels.length === 1 ? insideModel(planning, field) : planning;
    const root = inside.roots.get(key) ?? fieldOfModel(model, parameters, place.path);
    inside.roots.set(key, root);
    const planned = contextFor(inside, subjects, place).plan(root);
    const { unit = planned.unit, kind = planned.kind } = model;
    return { ...planned, unit, kind };
  } finally {
    openModels.pop();
  }
}

/** The planning of a model that a field of the recipe names: of shared subjects it takes what the recipe and the model themselves bring. */
function insideModel(planning: Planning, field: FieldRecipe): Planning {
  const own = planning.ownOfModels.get(modelKey(field));
  if (own === undefined) return planning;
  const key = JSON.stringify([...own]);
  const inside = planning.inModels.get(key) ?? { ...planning, own, planned: new Map(), roots: new Map() };
  planning.inModels.set(key, inside);
  return inside;
}
