import { type Access, strictest } from "@tombolo/bundle/access";
import type { Dataset } from "./datasets.ts";
import { namedTypes } from "./subject-type-views.ts";
import { DATASET_COLUMN, DATASET_SUBJECTS, TABLE_NAMES, TABLES } from "./tables.ts";

/** Who may see what SQL reads under a name: label and sources of its rows, and of each column. */
export interface Relation {
  readonly rows: Access;
  /** Labels of columns by name, which has capitals where the column has. */
  readonly columns: ReadonlyMap<string, Access>;
  /** Publishers' lines. */
  readonly sources: readonly string[];
}

/** What the manifests tell of themselves, which `%store` shows to everybody as well. */
const OPEN_VIEWS = {
  datasets: ["dataset", "importer", "title", "access", "licence", "attribution", "retrieved", "vintage"],
  providers: ["label", "name"],
  subject_types: ["provider", "label", "name"],
} as const;

/** The labels of all that the store offers to SQL by name; `reserved` are the names that its views leave alone. */
export function storeRelations(
  datasets: readonly Dataset[],
  reserved: ReadonlySet<string>,
): Map<string, Relation> {
  const relations = new Map<string, Relation>();
  for (const [name, columns] of Object.entries(OPEN_VIEWS))
    relations.set(name, relation("public", new Map(columns.map((column) => [column, "public"])), []));
  for (const table of TABLE_NAMES) {
    const holding = datasets.filter(({ manifest }) =>
      manifest.contents.some((content) => content.table === table),
    );
    const rows = labelOf(holding);
    const names = [...Object.keys(TABLES[table].columns), DATASET_COLUMN];
    relations.set(table, relation(rows, new Map(names.map((name) => [name, rows])), holding));
  }
  const subjects = relations.get("subjects");
  if (subjects) relations.set(DATASET_SUBJECTS, subjects);
  for (const { name, type, attributes } of namedTypes(datasets, reserved)) {
    const making = datasets.filter(({ manifest }) =>
      manifest.subjectTypes.some(({ provider, label }) => provider === type.provider && label === type.label),
    );
    const rows = labelOf(making);
    const columns = new Map<string, Access>(["label", "name", "shape"].map((column) => [column, rows]));
    const measuring = attributes.map(({ provider, label }) => {
      const bringing = datasets.filter(({ manifest }) =>
        manifest.contents.some(
          (content) =>
            content.table === "fixed_values" &&
            content.provider === provider &&
            content.attribute === label &&
            content.subjectProvider === type.provider &&
            content.subjectType === type.label,
        ),
      );
      if (!columns.has(label)) columns.set(label, strictest([rows, labelOf(bringing)]));
      return bringing;
    });
    relations.set(name, relation(rows, columns, [...making, ...measuring.flat()]));
  }
  return relations;
}

const labelOf = (datasets: readonly Dataset[]): Access =>
  strictest(datasets.map(({ manifest }) => manifest.access));

function relation(
  rows: Access,
  columns: ReadonlyMap<string, Access>,
  datasets: readonly Dataset[],
): Relation {
  const sources = [...new Set(datasets.map(({ manifest }) => manifest.attribution))];
  return { rows, columns, sources: sources.filter((source) => source !== "") };
}
