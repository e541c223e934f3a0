import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import type { OwnFileOptions } from "../importers/own/options.ts";
import { importDatasource } from "../importers/run.ts";
import { didYouMean } from "../nearest.ts";
import { boundImporter } from "../pack/bound.ts";
import { checkContract, describeMismatches } from "../pack/check-contract.ts";
import { isOwn, ownInputs } from "../pack/contract.ts";
import { describeBound } from "../pack/describe-bound.ts";
import { requireAccepted } from "../pack/importers/accepted.ts";
import { asImporter } from "../pack/importers/as-importer.ts";
import type { Pack } from "../pack/read-pack.ts";
import { type PackResults, tryPack } from "../pack/use-pack.ts";
import { planImports } from "../recipe/imports.ts";
import { runRecipe } from "../recipe/run.ts";
import type { Store } from "../store/store.ts";
import { wordList } from "../word-list.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";
import { packsFolder, showMaps, takeResults } from "./use.ts";
import { usedPack, usePack } from "./used-pack.ts";

/** `%bind`: gives one's own files to the pack used last, and computes it on real data. */
export const bindMagic = defineMagic({
  name: "bind",
  kinds: ["line"],
  summary:
    "Gives files of one's own to the pack that %use has taken, imports what is public, and computes the recipes on real data; without files it shows what is bound.",
  arguments: [
    {
      name: "inputs",
      doc: "input=file, for each input of the contract that is not public",
      required: false,
      rest: true,
      completes: "file",
    },
  ],
  options: {
    label: {
      type: "text",
      doc: "column with the label of each row; of files with other columns bind one at a time",
    },
    name: { type: "text", doc: "column with the name of each row" },
    x: { type: "text", doc: "column with the longitude or easting" },
    y: { type: "text", doc: "column with the latitude or northing" },
    crs: { type: "text", doc: "coordinate system of the coordinates, such as EPSG:27700" },
    when: { type: "text", doc: "column with the time of each row" },
    rename: {
      type: "text",
      doc: "columns that the contract calls otherwise, as people=persons, parted by commas",
    },
    public: { type: "flag", doc: "import what is public and compute, with the files that are bound already" },
    off: { type: "flag", doc: "compute on dummy data again" },
    accept: {
      type: "text",
      doc: "digests of code of the pack's importers that may run, as %bind has shown them; separated by commas",
    },
    "no-map": { type: "flag", doc: "do not show maps of the results" },
  },
  examples: ["%bind clinics=./clinics.csv", "%bind", "%bind --off"],
  async run(session, { words, options }) {
    const { pack, data } = usedPack(session);
    const { "no-map": noMap, accept, off, public: published, ...how } = options;
    const store = await session.store();
    if (off) return useDummy(session, pack, store, noMap);
    const bound = new Map(bindings(pack, words));
    const isQuestion = bound.size === 0 && !published && accept === undefined;
    if (isQuestion) return markdown(describeBound(pack, store, data));
    // Nothing is imported before all code is accepted.
    const accepted = join(packsFolder(store), "accepted.json");
    for (const importer of pack.importers)
      if (importer.text !== undefined) requireAccepted(pack.name, importer, accepted, wordList(accept));
    await importAll(session, pack, bound, how);
    await store.refresh();
    const mismatches = await checkContract(pack.contract, store);
    if (mismatches.length > 0) return markdown(describeMismatches(mismatches));
    const results = await computeAll(session, pack);
    await show(session, pack, results, { data: "real", from: pack.title, noMap });
    return undefined;
  },
});

interface Shown {
  readonly data: "dummy" | "real";
  /** What the titles of maps say that they are made from. */
  readonly from: string;
  readonly noMap: boolean | undefined;
}

async function show(session: Session, pack: Pack, results: PackResults, { data, from, noMap }: Shown) {
  usePack(session, { pack, data });
  takeResults(session, pack, results);
  const names = [...results.keys()].map((name) => `\`${name}\``).join(", ");
  const source = data === "real" ? "**Real data**" : "**Dummy data**";
  const where = data === "real" ? "from your store" : "from made-up data; your files stay in the store";
  await session.display(markdown(`${source}: ${names} computed anew ${where}.`));
  if (!noMap) await showMaps(session, results, from);
}

async function useDummy(session: Session, pack: Pack, store: Store, noMap: boolean | undefined) {
  const results = await tryPack(pack, join(store.folder, "dummy"), session.work());
  await show(session, pack, results, { data: "dummy", from: "dummy data", noMap });
  return undefined;
}

async function importAll(
  session: Session,
  pack: Pack,
  bound: ReadonlyMap<string, string>,
  how: OwnFileOptions,
): Promise<void> {
  const store = await session.store();
  const importing = { ...session.work(), folder: session.folder };
  const left = new Map([...bound].map(([input, file]) => [input, resolve(session.folder, file)]));
  for (const importer of pack.importers) {
    const file = left.get(importer.subjectType.label);
    const place = { folder: pack.folder, ...(file !== undefined && { bound: file }) };
    const isCode = importer.text !== undefined;
    await importDatasource(store, asImporter(importer, place), { ...importing, force: isCode });
    if (isCode) left.delete(importer.subjectType.label);
  }
  const inputs = ownInputs(pack.contract).filter(({ subjectType }) => left.has(subjectType));
  // Values hang on areas that everyone knows, which have to be there before them.
  if (!inputs.every(isOwn))
    for (const recipe of pack.recipes.values())
      for (const request of planImports(recipe, pack.models))
        await importDatasource(store, request, importing);
  for (const input of inputs) {
    const file = left.get(input.subjectType);
    if (file === undefined) continue;
    const { importer, reading } = boundImporter(input, file, how);
    // The same file read in another way is another import.
    await importDatasource(store, importer, { ...reading, ...importing, force: true });
  }
}

async function computeAll(session: Session, pack: Pack): Promise<PackResults> {
  const results = new Map();
  const store = await session.store();
  for (const [name, recipe] of pack.recipes)
    results.set(name, await runRecipe(store, recipe, { ...session.work(), models: pack.models }));
  return results;
}

function bindings({ contract }: Pack, words: readonly string[]): [string, string][] {
  const inputs = ownInputs(contract).map(({ subjectType }) => subjectType);
  return words.map((word): [string, string] => {
    const [, input = "", file = ""] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    if (file === "")
      throw new UserError(`%bind does not understand "${word}"`, { hint: "Write input=file." });
    if (inputs.includes(input)) return [input, file];
    throw new UserError(`The pack has no input "${input}" of one's own`, {
      where: input,
      hint: inputs.length === 0 ? "All it reads is public: write %bind --public" : didYouMean(input, inputs),
    });
  });
}
