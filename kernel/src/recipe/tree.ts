import { fields } from "../fields/index.ts";
import { type FieldRecipe, isFieldRecipe, isRecord, isSubjectRecipe, type Recipe } from "./recipe.ts";
import { wordOf } from "./shorten.ts";
import { writeSubjectText } from "./subject-text.ts";

/** A part of a recipe as a drawing shows it. */
export interface TreeNode {
  /** What it is, such as a field's word. */
  readonly title: string;
  /** What is particular about it. */
  readonly detail: string;
  readonly kind: "recipe" | "subjects" | "field" | "datasource";
  readonly children: readonly TreeNode[];
}

/** The parts of a recipe: its subjects, then its columns with all that they are made from. */
export function recipeTree({ dataset }: Recipe): TreeNode {
  const subjects = dataset.subjects.map((subject) => subjectNode(subject));
  const datasources = dataset.datasources.map(
    ({ importerClass, datasourceId }): TreeNode => ({
      title: "datasource",
      detail:
        importerClass === datasourceId ? datasourceId : `${importerClass.split(".").at(-1)} ${datasourceId}`,
      kind: "datasource",
      children: [],
    }),
  );
  const columns = dataset.fields.map((field, index) => fieldNode(field, dataset.fields.slice(0, index)));
  return { title: "recipe", detail: "", kind: "recipe", children: [...subjects, ...datasources, ...columns] };
}

function subjectNode(subject: Parameters<typeof writeSubjectText>[0]): TreeNode {
  const text = writeSubjectText(subject) ?? subject.subjectType;
  return { title: "subjects", detail: text, kind: "subjects", children: [] };
}

/** `before` are the columns that are drawn already: one of them inside another is only named. */
function fieldNode(field: FieldRecipe, before: readonly FieldRecipe[]): TreeNode {
  const definition = fields.find(({ fieldClass }) => fieldClass === field.fieldClass);
  const { properties = {} } = definition ?? {};
  const { word, preset } = definition ? wordOf(definition, field) : { word: "field", preset: {} };
  const given = Object.entries(properties).flatMap(([property, declaration]) => {
    const value = field[property];
    if (value === undefined || value === declaration.default || Object.hasOwn(preset, property)) return [];
    return [{ property, values: Array.isArray(value) ? value.map((item: unknown) => item) : [value] }];
  });
  const children = given
    .flatMap(({ values }) => values)
    .flatMap((part) => {
      if (isFieldRecipe(part)) return [namedAbove(part, before) ?? fieldNode(part, before)];
      return isSubjectRecipe(part) ? [subjectNode(part)] : [];
    });
  const details = given.map(({ property, values }) => {
    const texts = values.filter((part) => !isFieldRecipe(part) && !isSubjectRecipe(part)).map(detailOf);
    const isClear = property === definition?.main || values.some((value) => typeof value === "string");
    const told = texts.filter((text) => text !== "").join(", ");
    return isClear || told === "" || values.some(isRecord) ? told : `${property} ${told}`;
  });
  const label = field.label === undefined ? "" : `${field.label} = `;
  return {
    title: `${label}${word}`,
    detail: details.filter((text) => text !== "").join(", "),
    kind: "field",
    children,
  };
}

/** A column that stands above, by its label alone. */
function namedAbove(field: FieldRecipe, before: readonly FieldRecipe[]): TreeNode | undefined {
  const text = JSON.stringify(field);
  const same = before.find((column) => column.label !== undefined && JSON.stringify(column) === text);
  return same && { title: `${same.label}`, detail: "the column above", kind: "field", children: [] };
}

function detailOf(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  if (!isRecord(value)) return "";
  const values = Array.isArray(value.values) ? ` = ${value.values.join(" or ")}` : "";
  return typeof value.label === "string" ? `${value.label}${values}` : "";
}

/** The tree as text: one part a line, with lines that show what belongs to what. */
export function treeText(node: TreeNode): string {
  const lines = [lineOf(node)];
  const add = (children: readonly TreeNode[], before: string) => {
    children.forEach((child, index) => {
      const last = index === children.length - 1;
      lines.push(`${before}${last ? "└─ " : "├─ "}${lineOf(child)}`);
      add(child.children, `${before}${last ? "   " : "│  "}`);
    });
  };
  add(node.children, "");
  return lines.join("\n");
}

function lineOf({ title, detail }: TreeNode): string {
  return detail === "" ? title : `${title}: ${detail}`;
}
