import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { UserError } from "../errors.ts";
import type { Model, ModelLibrary } from "../recipe/model.ts";
import { planRecipe } from "../recipe/plan.ts";
import { isRecord, type Recipe } from "../recipe/recipe.ts";
import { showRecipe } from "../recipe/show.ts";
import type { Catalogue, Store } from "../store/store.ts";
import type { AcceptedPlaces } from "./accepted-places.ts";
import { refuseClosedValues } from "./closed-values.ts";
import type { Contract } from "./contract.ts";
import { asInStore } from "./contract-in-store.ts";
import { contractOf } from "./contract-of.ts";
import { declaredCatalogue } from "./declared.ts";
import { dataPackage, readMe } from "./documents.ts";
import { declarationJson, withImporters } from "./importers/declared.ts";
import type { PackImporter } from "./importers/read-importers.ts";
import { lockOf } from "./lock.ts";
import type { Maker } from "./makers.ts";
import type { PackFile } from "./pack-file.ts";
import { SHAPES_FILE } from "./read-pack.ts";
import { roCrate } from "./ro-crate.ts";
import { shapesOf } from "./shape.ts";
import { type PackResults, type RunnablePack, tryPack } from "./use-pack.ts";
import { withSources } from "./with-sources.ts";

/** What a pack is made from. */
export interface PackContent {
  readonly file: PackFile;
  /** Recipes by the variable that takes each result. */
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly models: ModelLibrary;
  /** Names of the models that come with every Tombolo and are not copied. */
  readonly builtIn: ModelLibrary;
  /** Importers that it brings. */
  readonly importers?: readonly PackImporter[];
  /** Places that are the same as closed values by chance, and why that is known; kept in the lock. */
  readonly accepted?: AcceptedPlaces | undefined;
}

/**
 * Writes a pack into a folder, which appears when all of it is there. Nothing of the store's data goes into it: the contract
 * is made from plans and catalogue. Throws a UserError when anything that its maker has written is a value of data that is not
 * public.
 */
export async function makePack(store: Store, content: PackContent, folder: string): Promise<string[]> {
  const { file, models, importers = [] } = content;
  const own = ownModels(content);
  await refuseClosedValues(store, documentsOf(content, own), content.accepted?.places);
  const known = withImporters(store.catalogue(), importers);
  const catalogue = await declaredCatalogue(content.recipes.values(), models, known);
  const recipes = new Map(
    [...content.recipes].map(([name, recipe]): [string, Recipe] => {
      const reads = contractOf([planRecipe(recipe, catalogue, { models })], catalogue);
      return [name, withSources(recipe, reads, store.datasets(), models)];
    }),
  );
  // Without a catalogue every name counts as known, so that attributes are there which only the publisher's file names.
  const plans = [...recipes.values()].flatMap((recipe) =>
    [catalogue, undefined].map((names) => planRecipe(recipe, names, { models })),
  );
  const contract = await asInStore(store, contractOf(plans, catalogue));
  refuseUnknown(contract, catalogue);
  const lock = lockOf(store, contract, content.accepted);
  const files: Record<string, string> = {
    "tombolo.json": json(file),
    "contract.json": json(contract),
    "tombolo.lock": json(lock),
    "README.md": readMe(file, contract, [...recipes.keys()]),
    "datapackage.json": json(dataPackage(file, contract)),
    "package.json": json(packageJson(file)),
  };
  for (const [name, recipe] of recipes)
    files[`recipes/${name}.yaml`] = showRecipe(recipe, "yaml", catalogue, models);
  files["ro-crate-metadata.json"] = json(roCrate(file, contract, lock, files));
  for (const model of own) files[`models/${model.name}.yaml`] = modelText(model);
  for (const importer of importers) {
    files[`importers/${importer.name}.json`] = json(declarationJson(importer));
    if (importer.code !== undefined) files[`importers/${importer.code}`] = importer.text ?? "";
    for (const [name, text] of importer.beside) files[`importers/${name}`] = text;
  }
  const pack = { ...file, recipes, models, contract, shapes: undefined };
  files[SHAPES_FILE] = json(shapesOf(await tryInTemporaryFolder(pack)));
  writeFiles(folder, files);
  return Object.keys(files).sort();
}

async function tryInTemporaryFolder(pack: RunnablePack): Promise<PackResults> {
  const place = mkdtempSync(join(tmpdir(), "tombolo-pack-"));
  try {
    return await tryPack(pack, place);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** A contract describes what the catalogue knows; of a subject type that is not there it could say nothing. */
function refuseUnknown({ inputs }: Contract, { subjectTypes }: Catalogue): void {
  for (const { provider, subjectType } of inputs) {
    if (subjectTypes.some((type) => type.provider === provider && type.label === subjectType)) continue;
    throw new UserError(
      `The store has no subject type "${provider}/${subjectType}" to describe in the contract`,
      {
        where: subjectType,
        hint: "Run the recipe once, so that it is imported.",
      },
    );
  }
}

/** All that its maker has written, which could be a value of data. */
function documentsOf(
  { file, recipes, importers = [] }: PackContent,
  models: readonly Model[],
): [string, unknown][] {
  const { name, title, description, keywords, licence, authors, organisation } = file;
  return [
    ["tombolo.json", { name, title, description, keywords, licence, authors, organisation }],
    ["recipes", [...recipes.keys()]],
    ...[...recipes].map(([recipe, value]): [string, unknown] => [`recipes/${recipe}.yaml`, value]),
    ...models.map((model): [string, unknown] => [`models/${model.name}.yaml`, model]),
    ...importers.flatMap((importer): [string, unknown][] => [
      [`importers/${importer.name}.json`, declarationJson(importer)],
      ...(importer.code === undefined
        ? []
        : [[`importers/${importer.code}`, importer.text] as [string, unknown]]),
      ...[...importer.beside].map(([beside, text]): [string, unknown] => [`importers/${beside}`, text]),
    ]),
  ];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** So that the folder can be published to npm as it is. */
function packageJson({ name, version, description, licence, keywords, authors, organisation }: PackFile) {
  const [author = organisation, ...others] = authors;
  return {
    name,
    version,
    description,
    license: licence,
    ...(author && { author: personOf(author) }),
    ...(others.length > 0 && { contributors: others.map(personOf) }),
    keywords: [...new Set(["tombolo-pack", ...keywords])],
  };
}

/** Somebody as npm describes people. */
const personOf = ({ name, address }: Maker) => ({ name, ...(address !== undefined && { url: address }) });

/** The models that the recipes use, directly or through others, as far as they are not everyone's. */
function ownModels({ recipes, models, builtIn }: PackContent): Model[] {
  const found = new Map<string, Model>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isRecord(value)) return;
    const name = value.recipe ?? value.model;
    if (typeof name === "string") visitModel(name);
    Object.values(value).forEach(visit);
  };
  const visitModel = (name: string): void => {
    const model =
      models.find(name) ?? models.find(models.names().find((known) => known.endsWith(`/${name}`)) ?? "");
    if (!model || found.has(model.name) || builtIn.find(model.name) === model) return;
    found.set(model.name, model);
    visit(model.field);
  };
  for (const recipe of recipes.values()) visit(recipe.dataset.fields);
  return [...found.values()];
}

function modelText({ name: _, parameters, datasources, ...rest }: Model): string {
  return stringify({
    ...rest,
    ...(Object.keys(parameters).length > 0 && { parameters }),
    ...(datasources.length > 0 && { datasources }),
  });
}

/** Folders of a pack in which everything is made: what is no longer made there goes. */
const MADE = ["recipes", "models", "importers", "tests"];

/** Writes the files of a pack, all or none; a licence, notebooks and the history of Git that lie beside them stay. */
function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, "tombolo.json")))
    throw new UserError(`${folder} is there and is no pack`, {
      where: folder,
      hint: "Choose another folder.",
    });
  const partial = `${folder}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(partial, name)), { recursive: true });
      writeFileSync(join(partial, name), text);
    }
    if (existsSync(folder)) for (const name of readdirSync(folder)) keepOther(name, folder, partial);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function keepOther(name: string, folder: string, partial: string): void {
  if (!MADE.includes(name) && !existsSync(join(partial, name)))
    renameSync(join(folder, name), join(partial, name));
}
