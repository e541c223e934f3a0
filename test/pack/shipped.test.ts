import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { makePack } from "../../kernel/src/pack/make-pack.ts";
import { readPack } from "../../kernel/src/pack/read-pack.ts";
import { SHIPPED_PACKS } from "../../kernel/src/pack/shipped.ts";
import { tryPack } from "../../kernel/src/pack/use-pack.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { version } from "../../kernel/src/version.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
let store: Store & { remove(): void };
beforeAll(async () => {
  store = await temporaryStore();
});
afterAll(() => {
  store.remove();
  folder.remove();
});

describe.each(readdirSync(SHIPPED_PACKS))("the pack %s", (name) => {
  const place = join(SHIPPED_PACKS, name);

  it("runs on its dummy data, and its tests pass", async () => {
    const pack = readPack(place, { version, builtIn: builtInModels });
    expect(pack.shapes).toBeDefined();
    const results = await tryPack(pack, join(folder.path, name));
    for (const table of results.values()) expect(table.numRows).toBe(144);
  });

  it("is what its recipes and today's importers make it", async () => {
    const pack = readPack(place, { version, builtIn: builtInModels });
    const {
      folder: _folder,
      models,
      recipes,
      contract: _contract,
      importers: _importers,
      shapes: _shapes,
      ownModels: _ownModels,
      files: _files,
      digest: _digest,
      ...file
    } = pack;
    const made = join(folder.path, `${name}-made`);
    const files = await makePack(store, { file, recipes, models, builtIn: builtInModels }, made);
    const texts = (at: string) =>
      Object.fromEntries(files.map((each) => [each, readFileSync(join(at, each), "utf8")]));
    expect(texts(place)).toEqual(texts(made));
  });
});
