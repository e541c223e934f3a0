import { join } from "node:path";
import { checkContract, describeMismatches } from "../pack/check-contract.ts";
import { describeBound } from "../pack/describe-bound.ts";
import { bindings, importBound } from "../pack/import-bound.ts";
import { requireAccepted } from "../pack/importers/accepted.ts";
import { packsFolder } from "../pack/pins.ts";
import type { Pack } from "../pack/read-pack.ts";
import { type PackResults, tryPack } from "../pack/use-pack.ts";
import { runRecipe } from "../recipe/run.ts";
import type { Store } from "../store/store.ts";
import { wordList } from "../word-list.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";
import { showMaps, takeResults } from "./use.ts";
import { usedPack, usePack } from "./used-pack.ts";

const OF_SEVERAL =
  "of several files the input is named before a colon, here and with the other columns: clinic:id,patient:number";

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
      doc: `column with the label of each row; ${OF_SEVERAL}`,
    },
    name: { type: "text", doc: "column with the name of each row" },
    x: { type: "text", doc: "column with the longitude or easting" },
    y: { type: "text", doc: "column with the latitude or northing" },
    crs: { type: "text", doc: "coordinate system of the coordinates, such as EPSG:27700" },
    when: { type: "text", doc: "column with the time of each row" },
    sheet: { type: "text", doc: "sheet of a spreadsheet or layer of a geographic file" },
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
  examples: [
    "%bind clinics=./clinics.csv",
    "%bind clinics=./clinics.csv people=./people.xlsx --label clinics:code,people:id",
    "%bind",
    "%bind --off",
  ],
  async run(session, { words, options }) {
    const { pack, data } = usedPack(session);
    const { "no-map": noMap, accept, off, public: published, ...how } = options;
    const store = await session.store();
    if (off) return useDummy(session, pack, store, noMap);
    const bound = bindings(pack, words);
    const isQuestion = bound.size === 0 && !published && accept === undefined;
    if (isQuestion) return markdown(describeBound(pack, store, data));
    // Nothing is imported before all code is accepted.
    const accepted = join(packsFolder(store), "accepted.json");
    for (const importer of pack.importers)
      if (importer.text !== undefined) requireAccepted(pack.name, importer, accepted, wordList(accept));
    await importBound(store, pack, bound, { ...session.work(), folder: session.folder, options: how });
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

async function computeAll(session: Session, pack: Pack): Promise<PackResults> {
  const results = new Map();
  const store = await session.store();
  for (const [name, recipe] of pack.recipes)
    results.set(name, await runRecipe(store, recipe, { ...session.work(), models: pack.models }));
  return results;
}
