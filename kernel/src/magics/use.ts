import { join } from "node:path";
import { isGeometry } from "../engine/arrow.ts";
import { isNumeric } from "../engine/result-columns.ts";
import { UserError } from "../errors.ts";
import { map } from "../map/map.ts";
import { plainText } from "../markdown.ts";
import { builtInModels } from "../models/built-in.ts";
import { type Change, describeChanges } from "../pack/changes.ts";
import { inputName, ownInputs } from "../pack/contract.ts";
import { describeCode } from "../pack/importers/accepted.ts";
import { makersText } from "../pack/makers.ts";
import { type Pin, packsFolder } from "../pack/pins.ts";
import type { Pack } from "../pack/read-pack.ts";
import { type Taken, takePack } from "../pack/take-pack.ts";
import { type PackResults, tryPack } from "../pack/use-pack.ts";
import { version } from "../version.ts";
import { markdown } from "./documentation.ts";
import { defineMagic } from "./magic.ts";
import { nameRecipe, rememberRecipe } from "./recipe.ts";
import type { Session } from "./session.ts";
import { rememberPreset, usePack } from "./used-pack.ts";

/** `%use`: takes a pack and computes it on dummy data. */
export const useMagic = defineMagic({
  name: "use",
  kinds: ["line"],
  summary:
    "Takes a pack from a folder, a Git address or npm and computes its recipes on dummy data; each result goes into a variable of its name.",
  arguments: [
    {
      name: "pack",
      doc: "a folder, a Git address such as git:owner/name#v1.0.0, or a name on npm such as name@1.0.0",
      required: true,
      completes: "file",
    },
  ],
  options: {
    upgrade: { type: "flag", doc: "take another version than the one used before, whose changes were shown" },
    "no-map": { type: "flag", doc: "do not show maps of the results" },
  },
  examples: ["%use ./packs/cycling-near-parks"],
  async run(session, { words: [text = ""], options }) {
    const work = session.work();
    const store = await session.store();
    const taken = await takePack(text, {
      ...work,
      folder: session.folder,
      cache: packsFolder(store),
      upgrade: options.upgrade,
      version,
      builtIn: builtInModels,
    });
    if ("offered" in taken) return showOffered(session, taken, text);
    const { pack, pin, changes } = taken;
    const results = await tryPack(pack, join(store.folder, "dummy"), work);
    usePack(session, { pack, data: "dummy" });
    takeResults(session, pack, results);
    await session.display(markdown([...describePack(pack, pin), ...changedText(changes)].join("\n\n")));
    if (!options["no-map"]) await showMaps(session, results, "dummy data");
    return undefined;
  },
});

/** Shows what another version changes. Throws, because the cell has not done what it says. */
async function showOffered(
  session: Session,
  { offered, pin, changes }: Extract<Taken, { offered: Pack }>,
  text: string,
): Promise<never> {
  await session.display(markdown(changedText(changes).join("\n\n")));
  const other =
    offered.version === pin.version
      ? `this ${pin.version} is another`
      : `${offered.version} changes what is shown above`;
  throw new UserError(
    `The pack ${pin.name} is in use here at ${pin.version}, and ${other}; nothing was taken`,
    {
      where: text,
      hint: `\`%use ${text} --upgrade\` takes it, \`%use ${pin.name}@${pin.version}\` stays with it.`,
      code: "pack-changed",
    },
  );
}

const changedText = (changes: readonly Change[]): string[] =>
  changes.length === 0 ? [] : ["**What changed**", describeChanges(changes)];

/** Puts the results of a pack into the notebook's variables. */
export function takeResults(session: Session, pack: Pack, results: PackResults): void {
  for (const [name, table] of results) {
    session.variables.set(name, table);
    const recipe = pack.recipes.get(name);
    if (recipe) rememberRecipe(table, recipe);
    nameRecipe(table, name, true);
    rememberPreset(table, pack.preset);
  }
}

/** Shows each result that has shapes as a map whose title says what it is made from. */
export async function showMaps(session: Session, results: PackResults, from: string): Promise<void> {
  for (const [name, table] of results) {
    if (!table.schema.fields.some(isGeometry)) continue;
    // The first column is what the pack is about, those after it are its parts.
    const column = table.schema.fields.find(isNumeric)?.name;
    await session.display(map(table, { title: `${name} (${from})`, column }));
  }
}

function describePack(pack: Pack, pin: Pin): string[] {
  const { name, version: number, title, description, licence, contract, importers, recipes } = pack;
  const code = importers.filter(({ text }) => text !== undefined);
  const own = ownInputs(contract);
  const binds = own.map((input) => `%bind ${inputName(input, contract)}=./your-file.csv`);
  const more = description === title ? "" : ` ${plainText(description)}`;
  const makers = makersText(pack);
  const by = makers === "" ? "" : `, by ${plainText(makers)}`;
  const commit = pin.commit === undefined ? "" : `, commit ${pin.commit.slice(0, 12)}`;
  return [
    `**${plainText(title)}** (${name} ${number}${by}, ${plainText(licence)}).${more}`,
    `**Dummy data**: what follows is made up from the pack's contract and says nothing of any place. In the notebook: ${[...recipes.keys()].map((variable) => `\`${variable}\``).join(", ")}.`,
    own.length > 0
      ? `Your own data: \`${binds.join("` and `")}\`.`
      : "All it reads is public: `%bind --public` imports that and computes it anew.",
    `Pinned: \`%use ${name}\` uses this ${number}${plainText(commit)} until you take another; \`%packs\` shows whether there is a newer one.`,
    ...code.map(
      (importer) => `**Code**: ${describeCode(importer)}. Nothing of it has run; \`%bind\` asks first.`,
    ),
  ];
}
