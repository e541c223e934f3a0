import { type Access, strictest } from "@tombolo/bundle/access";
import type { Table } from "apache-arrow";
import { isGeometry } from "../engine/arrow.ts";
import { isNamedByData } from "../engine/column-names.ts";
import { columnMetadata } from "../engine/columns.ts";
import { accessOf } from "../engine/result-columns.ts";
import type { Plan } from "../recipe/plan-types.ts";
import type { Dataset } from "../store/datasets.ts";
import { type ColumnInputs, inputsOf, nodesOf } from "./inputs.ts";

/** A thing with an access label, and what its label comes from. */
export interface LineageNode {
  readonly title: string;
  readonly access: Access;
  readonly from: readonly LineageNode[];
}

/** What a table was made by: a recipe's plan, or the store, which has it under its name; neither where SQL or a hand made it. */
export type MadeFrom = { readonly plan?: Plan | undefined } | "store";

/** Where the labels of a table come from: its columns, what they are computed from, and the datasets that brought it. */
export function lineageOf(
  name: string,
  table: Table,
  made: MadeFrom,
  datasets: readonly Dataset[],
): LineageNode {
  const plan = made === "store" ? undefined : made.plan;
  const columns = table.schema.fields.filter((field) => !isGeometry(field));
  const from = columns.map((field): LineageNode => {
    const { access, source } = columnMetadata(field);
    const column = plan?.columns.find(({ label }) => label === field.name);
    const inputs = column && plan ? inputsOf(plan, nodesOf(column.shape)) : undefined;
    const stored = made === "store" ? datasetsOf(name, field.name, datasets) : [];
    const known = inputs ? describeInputs(inputs, datasets) : stored;
    const told = known.length > 0 || !source ? known : [{ title: source, access, from: [] }];
    const title = isNamedByData(field) ? "a column named by the data" : field.name;
    return { title, access, from: told };
  });
  return { title: name, access: accessOf(table), from };
}

/** The datasets that bring the subjects of a type, and a column of theirs. */
function datasetsOf(type: string, column: string, datasets: readonly Dataset[]): LineageNode[] {
  const isOf = ({ label }: { readonly label: string }) => label === type;
  return datasets
    .filter(({ manifest }) => manifest.subjectTypes.some(isOf))
    .filter(
      ({ manifest }, _, bringing) =>
        ["label", "name"].includes(column) ||
        bringing.length === 1 ||
        manifest.attributes.some(({ label }) => label === column),
    )
    .map(({ manifest }) => describeDataset(manifest));
}

function describeInputs(
  { subjectTypes, attributes }: ColumnInputs,
  datasets: readonly Dataset[],
): LineageNode[] {
  const nodeFor = (provider: string, label: string, of: "subjectTypes" | "attributes"): LineageNode => {
    const bringing = datasets.filter(({ manifest }) =>
      manifest[of].some(
        (entry) =>
          (entry.provider === provider || provider === "*") && (entry.label === label || label === "*"),
      ),
    );
    const from = bringing.map(({ manifest }) => describeDataset(manifest));
    return { title: `${provider}/${label}`, access: strictest(from.map(({ access }) => access)), from };
  };
  return [
    ...subjectTypes.map(({ provider, label }) => nodeFor(provider, label, "subjectTypes")),
    ...attributes.map(({ provider, label }) => nodeFor(provider, label, "attributes")),
  ];
}

function describeDataset({
  title,
  access,
  source,
  unitOfRecord,
  overruled,
}: Dataset["manifest"]): LineageNode {
  const unit = unitOfRecord === undefined ? "unit of record not known" : `unit of record: ${unitOfRecord}`;
  const why = overruled ? `; ${overruled.guess}, overruled: ${overruled.reason}` : "";
  return { title: `${title}, retrieved ${source.retrieved.slice(0, 10)}, ${unit}${why}`, access, from: [] };
}

/** A lineage as lines of text, drawn as a tree. */
export function drawLineage(node: LineageNode): string {
  return [`${node.title} (${node.access})`, ...branches(node.from, "")].join("\n");
}

function branches(nodes: readonly LineageNode[], indent: string): string[] {
  return nodes.flatMap((node, index) => {
    const last = index === nodes.length - 1;
    const line = `${indent}${last ? "└─ " : "├─ "}${node.title} (${node.access})`;
    return [line, ...branches(node.from, `${indent}${last ? "   " : "│  "}`)];
  });
}
