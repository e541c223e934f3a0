import { resolve } from "node:path";
import { UserError } from "../errors.ts";
import { importDatasource } from "../importers/run.ts";
import { didYouMean } from "../nearest.ts";
import type { Work } from "../progress.ts";
import { planImports } from "../recipe/imports.ts";
import type { Store } from "../store/store.ts";
import { type BindOptions, optionsOf } from "./bind-options.ts";
import { boundDataset, boundImporter } from "./bound.ts";
import { type ContractInput, inputName, isOwn, ownInputs } from "./contract.ts";
import { asImporter } from "./importers/as-importer.ts";
import type { PackImporter } from "./importers/read-importers.ts";
import type { Pack } from "./read-pack.ts";

/** Files by the inputs that they are bound to, as a user writes them: `clinic=./clinics.csv`. */
export function bindings(
  { contract }: Pick<Pack, "contract">,
  words: readonly string[],
): Map<string, string> {
  const inputs = ownInputs(contract).map((input) => inputName(input, contract));
  return new Map(
    words.map((word): [string, string] => {
      const [, input = "", file = ""] = /^([^=]+)=(.+)$/.exec(word) ?? [];
      if (file === "")
        throw new UserError(`%bind does not understand "${word}"`, { hint: "Write input=file." });
      if (inputs.includes(input)) return [input, file];
      throw new UserError(`The pack has no input "${input}" of one's own`, {
        where: input,
        hint:
          inputs.length === 0 ? "All it reads is public: write %bind --public" : didYouMean(input, inputs),
      });
    }),
  );
}

/**
 * Imports the files that are bound to inputs of a pack, and what its importers bring. The files are read as `options` say,
 * relative paths start at `folder`.
 */
export async function importBound(
  store: Store,
  pack: Pack,
  files: ReadonlyMap<string, string>,
  { options, folder, ...work }: Work & { readonly options: BindOptions; readonly folder: string },
): Promise<void> {
  const inputs = ownInputs(pack.contract).map((input) => {
    const name = inputName(input, pack.contract);
    const file = files.get(name);
    return { input, name, file: file === undefined ? undefined : resolve(folder, file) };
  });
  const importing = { ...work, folder };
  for (const importer of pack.importers) {
    const own = inputs.find(({ input }) => isOf(importer, input));
    const isCode = importer.text !== undefined;
    // A file of one's own takes the place of what the publisher has.
    if (!isCode && own && (own.file !== undefined || boundDataset(own.input, store.datasets()))) continue;
    const place = { folder: pack.folder, ...(own?.file !== undefined && { bound: own.file }) };
    await importDatasource(store, asImporter(importer, place), { ...importing, force: isCode });
  }
  const byCode = ({ input }: { readonly input: ContractInput }) =>
    pack.importers.some((importer) => importer.text !== undefined && isOf(importer, input));
  const left = inputs.filter((each) => each.file !== undefined && !byCode(each));
  // Values hang on areas that everyone knows, which have to be there before them.
  if (!left.every(({ input }) => isOwn(input)))
    for (const recipe of pack.recipes.values())
      for (const request of planImports(recipe, pack.models))
        await importDatasource(store, request, importing);
  const names = left.map(({ name }) => name);
  for (const { input, name, file = "" } of left) {
    const { importer, reading } = boundImporter(input, file, optionsOf(name, options, names));
    // The same file read in another way is another import.
    await importDatasource(store, importer, { ...reading, ...importing, force: true });
  }
}

const isOf = ({ provider, subjectType }: PackImporter, input: ContractInput): boolean =>
  provider.label === input.provider && subjectType.label === input.subjectType;
