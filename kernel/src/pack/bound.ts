import { strictest } from "@tombolo/bundle/access";
import type { Importer } from "../importers/importer.ts";
import type { OwnFileOptions } from "../importers/own/options.ts";
import { importerForFile } from "../importers/own/own-file.ts";
import type { Dataset } from "../store/datasets.ts";
import { attributeAccess, type ContractInput, isOwn } from "./contract.ts";

/** Identity of what is bound to an input: another file takes its place in the store. */
const idOf = ({ provider, subjectType }: Pick<ContractInput, "provider" | "subjectType">): string =>
  `bound/${provider}/${subjectType}`;

/** How a file is read that is bound to an input: as its subjects or, where everyone knows those, as values of them. */
function readingOf(input: ContractInput, options: OwnFileOptions): OwnFileOptions {
  const access = strictest(
    input.attributes.map((attribute) => attributeAccess(input, attribute)).concat(input.access),
  );
  return {
    ...options,
    ...(isOwn(input) && { as: input.subjectType }),
    // What the contract calls sensitive stays so, however harmless the file looks.
    ...(access === "sensitive" && { access }),
    ...(input.unitOfRecord && isOwn(input) && { unit: input.unitOfRecord }),
  };
}

/** An importer of the file at a path that binds it to an input of a contract, and how it reads it. */
export function boundImporter(
  input: ContractInput,
  path: string,
  options: OwnFileOptions,
): { readonly importer: Importer; readonly reading: OwnFileOptions } {
  const reading = readingOf(input, options);
  const importer = importerForFile({ path }, reading);
  const datasources = importer.datasources.map((datasource) => ({ ...datasource, id: "bound" }));
  return { importer: { ...importer, id: idOf(input), datasources }, reading };
}

/** The dataset that is bound to an input. */
export function boundDataset(input: ContractInput, datasets: readonly Dataset[]): Dataset | undefined {
  return datasets.find(({ manifest }) => manifest.importer === idOf(input));
}
