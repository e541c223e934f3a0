import { strictest } from "@tombolo/bundle/access";
import type { Importer, Provider } from "../importers/importer.ts";
import type { OwnFileOptions } from "../importers/own/options.ts";
import { type FileOwners, importerForFile } from "../importers/own/own-file.ts";
import { OWN_PROVIDER } from "../importers/own/provider.ts";
import type { Dataset } from "../store/datasets.ts";
import { attributeAccess, type ContractInput, isOwn, isOwnAttribute } from "./contract.ts";

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

/** In whose name a file is bound: the recipes look for its subjects and values under the providers of the contract. */
function ownersOf(input: ContractInput): FileOwners {
  const [own = input] = input.attributes.filter((attribute) => isOwnAttribute(input, attribute));
  return { subjects: providerOf(input), values: providerOf(own) };
}

const providerOf = ({ provider }: { readonly provider: string }): Provider =>
  provider === OWN_PROVIDER.label ? OWN_PROVIDER : { label: provider, name: provider };

/** An importer of the file at a path that binds it to an input of a contract, and how it reads it. */
export function boundImporter(
  input: ContractInput,
  path: string,
  options: OwnFileOptions,
): { readonly importer: Importer; readonly reading: OwnFileOptions } {
  const reading = readingOf(input, options);
  const importer = importerForFile({ path }, reading, ownersOf(input));
  const datasources = importer.datasources.map((datasource) => ({ ...datasource, id: "bound" }));
  return { importer: { ...importer, id: idOf(input), datasources }, reading };
}

/** The dataset that is bound to an input. */
export function boundDataset(input: ContractInput, datasets: readonly Dataset[]): Dataset | undefined {
  return datasets.find(({ manifest }) => manifest.importer === idOf(input));
}
