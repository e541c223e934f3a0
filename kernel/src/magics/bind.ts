import { join, resolve } from "node:path";
import { UserError } from "../errors.ts";
import { importDatasource } from "../importers/run.ts";
import { didYouMean } from "../nearest.ts";
import { checkContract, describeMismatches } from "../pack/bind.ts";
import { requireAccepted } from "../pack/importers/accepted.ts";
import { asImporter } from "../pack/importers/as-importer.ts";
import type { Pack } from "../pack/read-pack.ts";
import { runRecipe } from "../recipe/run.ts";
import { wordList } from "../word-list.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import type { Session } from "./session.ts";
import { showMaps, takeResults, usedPack } from "./use.ts";

/** `%bind`: gives one's own files to the pack used last, and computes it on real data. */
export const bindMagic = defineMagic({
  name: "bind",
  kinds: ["line"],
  summary:
    "Gives files of one's own to the pack that %use has taken, imports what is public, and computes the recipes on real data.",
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
    label: { type: "text", doc: "column with the label of each row of the files" },
    x: { type: "text", doc: "column with the longitude or easting" },
    y: { type: "text", doc: "column with the latitude or northing" },
    crs: { type: "text", doc: "coordinate system of the coordinates, such as EPSG:27700" },
    when: { type: "text", doc: "column with the time of each row" },
    accept: {
      type: "text",
      doc: "digests of code of the pack's importers that may run, as %bind has shown them; separated by commas",
    },
    "no-map": { type: "flag", doc: "do not show maps of the results" },
  },
  examples: ["%bind clinics=./clinics.csv"],
  async run(session, { words, options }) {
    const pack = usedPack(session);
    if (!pack) throw new UserError("No pack is in use", { hint: "Write %use and the pack first." });
    const { "no-map": noMap, accept, ...how } = options;
    const store = await session.store();
    const work = session.work();
    const bound = new Map(bindings(pack, words));
    const importing = { ...work, folder: session.folder };
    // Nothing is imported before all code is accepted.
    for (const importer of pack.importers)
      if (importer.text !== undefined)
        requireAccepted(pack.name, importer, join(store.folder, "packs", "accepted.json"), wordList(accept));
    for (const importer of pack.importers) {
      const file = bound.get(importer.subjectType.label);
      const place = {
        folder: pack.folder,
        ...(file !== undefined && { bound: resolve(session.folder, file) }),
      };
      const isCode = importer.text !== undefined;
      await importDatasource(store, asImporter(importer, place), { ...importing, force: isCode });
      if (isCode) bound.delete(importer.subjectType.label);
    }
    for (const [input, file] of bound)
      await importDatasource(store, file, { ...how, ...importing, as: input });
    await store.refresh();
    const mismatches = checkContract(pack.contract, store.catalogue());
    if (mismatches.length > 0) return markdown(describeMismatches(mismatches));
    const results = await computeAll(session, pack);
    takeResults(session, pack, results);
    const names = [...results.keys()].map((name) => `\`${name}\``).join(", ");
    await session.display(markdown(`**Real data**: ${names} computed anew from your store.`));
    if (!noMap) await showMaps(session, results, pack.title);
    return undefined;
  },
});

async function computeAll(session: Session, pack: Pack) {
  const results = new Map();
  const store = await session.store();
  for (const [name, recipe] of pack.recipes)
    results.set(name, await runRecipe(store, recipe, { ...session.work(), models: pack.models }));
  return results;
}

function bindings({ contract }: Pack, words: readonly string[]): [string, string][] {
  const inputs = contract.inputs
    .filter(({ access }) => access !== "public")
    .map(({ subjectType }) => subjectType);
  return words.map((word): [string, string] => {
    const [, input = "", file = ""] = /^([^=]+)=(.+)$/.exec(word) ?? [];
    if (file === "")
      throw new UserError(`%bind does not understand "${word}"`, { hint: "Write input=file." });
    if (inputs.includes(input)) return [input, file];
    throw new UserError(`The pack has no input "${input}" of one's own`, {
      where: input,
      hint: didYouMean(input, inputs),
    });
  });
}
