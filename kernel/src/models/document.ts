import { stringify } from "yaml";
import { fenced, markdownTable } from "../markdown.ts";
import type { Model, ModelLibrary } from "../recipe/model.ts";
import { labelOf } from "./recipe-of-model.ts";

/** Models in one table of Markdown: name, title and unit. */
export function listModels(models: ModelLibrary, names: readonly string[]): string {
  const rows = names.map((name) => {
    const { title = "", unit = "" } = models.find(name) ?? {};
    return [name, title, unit];
  });
  return markdownTable(["model", "what it is", "unit"], rows);
}

/** The help page of a model in Markdown. */
export function documentModel(model: Model): string {
  const { name, title, description, version, unit, kind, parameters, datasources, field, columns } = model;
  const facts = [
    ["version", String(version)],
    ...(unit === undefined ? [] : [["unit", unit]]),
    ...(kind === undefined ? [] : [["kind", kind]]),
    ...Object.entries(parameters).map(([parameter, standard]) => [
      `parameter ${parameter}`,
      String(standard),
    ]),
    ...datasources.map(({ importerClass, datasourceId, geographyScope }) => [
      "imports",
      [importerClass, datasourceId, ...(geographyScope ? [`(${geographyScope.join(", ")})`] : [])].join(" "),
    ]),
  ];
  const content = Object.keys(columns).length > 0 ? { columns } : { field };
  const yaml = stringify(content, { lineWidth: 110, nullStr: "" }).trimEnd();
  return [
    `### ${title}`,
    `\`${name}\``,
    description,
    markdownTable(["", ""], facts),
    fenced("yaml", yaml),
    `\`%model run ${labelOf(name)} for lsoa in "Leeds"\` computes it, \`%model open ${labelOf(name)}\` makes a recipe cell of it.`,
  ].join("\n\n");
}
