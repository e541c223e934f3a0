import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import { type Change, changesBetween, describeChanges } from "../../kernel/src/pack/changes.ts";
import { findNewer } from "../../kernel/src/pack/newer.ts";
import { readPins } from "../../kernel/src/pack/pins.ts";
import { readPack } from "../../kernel/src/pack/read-pack.ts";
import { packsIn } from "../../kernel/src/pack/search.ts";
import { SHIPPED_PACKS } from "../../kernel/src/pack/shipped.ts";
import { takePack } from "../../kernel/src/pack/take-pack.ts";
import { temporaryFolder } from "../support/store.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

const own = { version: "0.1.0", builtIn: builtInModels };
let count = 0;
/** A folder of a notebook that nobody has used yet. */
let here = "";
beforeEach(() => {
  here = join(folder.path, String(++count));
  mkdirSync(here);
});

const cache = () => join(here, "store", "packs");
const take = (text: string, upgrade = false) =>
  takePack(text, { ...own, folder: here, cache: cache(), upgrade });

type Json = Record<string, unknown>;

function edit(place: string, file: string, change: (value: Json) => object): void {
  const path = join(place, file);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, "utf8")))));
}

const IMPORTER = {
  title: "Clinics",
  provider: { label: "org.example" },
  licence: "CC0",
  attribution: "Example",
  access: "public",
  unitOfRecord: "organisation",
  subjectType: { label: "clinic" },
  code: "clinics.js",
  permissions: { hosts: ["data.example.org"] },
  columns: { label: "id", x: "lon", y: "lat" },
  attributes: [{ label: "seen", unit: "people" }],
};

/** A pack as its maker has it at version 1.0.0, with an importer whose code nobody runs here. */
function packAt(place: string): string {
  cpSync(join(SHIPPED_PACKS, "green-space"), place, { recursive: true });
  edit(place, "tombolo.json", (file) => ({ ...file, name: "green-town" }));
  mkdirSync(join(place, "importers"));
  writeFileSync(join(place, "importers", "clinics.json"), JSON.stringify(IMPORTER));
  writeFileSync(join(place, "importers", "clinics.js"), "async function read() { return [] }");
  return place;
}

/** What its maker does for version 1.1.0. */
function develop(place: string): void {
  edit(place, "tombolo.json", (file) => ({ ...file, version: "1.1.0", preset: "nhs-hes" }));
  edit(place, "contract.json", ({ inputs, ...contract }) => {
    if (!Array.isArray(inputs)) throw new Error("a contract has inputs");
    const [areas, spaces] = inputs;
    const [leisure, landuse] = spaces.attributes;
    const attributes = [{ ...leisure, unit: "kind" }, landuse, { ...leisure, label: "surface" }];
    return { ...contract, inputs: [areas, { ...spaces, access: "internal", attributes }] };
  });
  const recipe = join(place, "recipes", "green_space.yaml");
  const text = readFileSync(recipe, "utf8");
  writeFileSync(recipe, `${text.replace("  area:\n", "  land:\n")}  north: { area: km² }\n`);
  writeFileSync(
    join(place, "importers", "clinics.json"),
    JSON.stringify({ ...IMPORTER, permissions: { hosts: ["data.example.org", "other.example.org"] } }),
  );
}

const CHANGED: readonly Change[] = [
  { part: "pack", what: "version", before: "1.0.0", after: "1.1.0" },
  { part: "pack", what: "preset of releases", before: "public", after: "nhs-hes" },
  { part: "input org.openstreetmap/OSMEntity", what: "access", before: "public", after: "internal" },
];

function repository(): { address: string; place: string; git: (...parameters: string[]) => void } {
  const place = packAt(join(here, "repository"));
  const git = (...parameters: string[]) =>
    void execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...parameters], {
      cwd: place,
    });
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "pack");
  git("tag", "v1.0.0");
  return { address: `git+file://${place}`, place, git };
}

describe("what changes between two versions of a pack", () => {
  it("is named part by part", () => {
    const [before, after] = [packAt(join(here, "before")), packAt(join(here, "after"))];
    develop(after);
    const changes = changesBetween(readPack(before, own), readPack(after, own));
    expect(changes).toEqual(expect.arrayContaining([...CHANGED]));
    expect(changes.map(({ part, what, before: old, after: young }) => [part, what, old, young])).toEqual([
      ["pack", "version", "1.0.0", "1.1.0"],
      ["pack", "preset of releases", "public", "nhs-hes"],
      ["recipe green_space", "column area", expect.stringContaining("lsoaArea"), undefined],
      ["input org.openstreetmap/OSMEntity", "access", "public", "internal"],
      [
        "input org.openstreetmap/OSMEntity",
        "leisure",
        expect.not.stringContaining("unit"),
        expect.stringContaining("unit: kind"),
      ],
      ["input org.openstreetmap/OSMEntity", "natural", expect.stringContaining("categories"), undefined],
      ["recipe green_space", "column land", undefined, expect.stringContaining("lsoaArea")],
      ["recipe green_space", "column north", undefined, expect.stringContaining("km²")],
      ["input org.openstreetmap/OSMEntity", "surface", undefined, expect.any(String)],
      ["importer clinics", "may fetch from other.example.org", undefined, "yes"],
    ]);
    expect(describeChanges(changes)).toContain("`%bind` asks again before it runs");
  });

  it("is nothing between a pack and itself", () => {
    const pack = readPack(packAt(join(here, "pack")), own);
    expect(changesBetween(pack, pack)).toEqual([]);
  });

  it("shows texts of the pack letter by letter", () => {
    const change = { part: "pack", what: "licence", before: undefined, after: "<img src=x>|![a](b)" };
    expect(describeChanges([change])).toContain("| \\<img src=x\\>\\|!\\[a\\](b) |");
  });
});

describe("a pack that was taken", () => {
  it("stays as it is until another version is wanted, whose changes are shown first", async () => {
    const { address, place, git } = repository();
    const first = await take(`${address}#v1.0.0`);
    expect(first).toMatchObject({ pack: { version: "1.0.0" }, changes: [] });
    develop(place);
    git("commit", "-qam", "more");
    git("tag", "v1.1.0");
    const offer = await take(`${address}#v1.1.0`);
    expect(offer).toMatchObject({ offered: { version: "1.1.0" }, pin: { version: "1.0.0" } });
    expect(offer.changes).toEqual(expect.arrayContaining([...CHANGED]));
    for (const text of ["green-town", address, `${address}#v1.0.0`])
      expect(await take(text)).toMatchObject({ pack: { version: "1.0.0" } });
    expect(await take(`${address}#v1.1.0`, true)).toMatchObject({ pack: { version: "1.1.0" } });
    expect([...readPins(cache()).values()]).toEqual([
      expect.objectContaining({
        name: "green-town",
        version: "1.1.0",
        source: address,
        wanted: "v1.1.0",
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      }),
    ]);
    // The cell with the upgrade is run again with the rest of the notebook, and finds it in use.
    rmSync(place, { recursive: true });
    expect(await take(`${address}#v1.1.0`, true)).toMatchObject({ pack: { version: "1.1.0" }, changes: [] });
  });

  it("is not replaced by another one under the same version", async () => {
    const { address, place, git } = repository();
    git("branch", "line");
    await take(`${address}#line`);
    edit(place, "contract.json", ({ inputs, ...rest }) => ({ ...rest, inputs: [inputs].flat().slice(0, 1) }));
    git("commit", "-qam", "the same version");
    git("branch", "-f", "line");
    const offer = await take(`${address}#line`);
    expect(offer).toMatchObject({ offered: { version: "1.0.0" } });
    expect(offer.changes[0]).toMatchObject({ part: "pack", what: "digest of its files" });
  });

  it("is not looked for on npm when it came from elsewhere", async () => {
    const { address } = repository();
    await take(address);
    await expect(take("green-town@2.0.0")).rejects.toThrow(
      `The pack green-town that is in use comes from ${address}, not from npm. Another version of it is written ${address}#v1.2.0.`,
    );
  });

  it("is used by its name and version from wherever it came", async () => {
    const { address } = repository();
    await take(`${address}#v1.0.0`);
    expect(await take("green-town@1.0.0")).toMatchObject({ pack: { version: "1.0.0" }, changes: [] });
  });

  it("with Tombolo stays at its version when another Tombolo brings another one", async () => {
    const taken = await take("green-space@^1");
    expect(taken).toMatchObject({ pack: { version: "1.0.0" }, pin: { source: "Tombolo" } });
    // As if the pack had been taken with an earlier Tombolo.
    const { pin } = taken;
    const place = join(cache(), pin.folder);
    edit(place, "tombolo.json", (file) => ({ ...file, version: "0.9.0" }));
    const { digest } = readPack(place, own);
    edit(cache(), "pins.json", () => ({ version: 1, packs: [{ ...pin, version: "0.9.0", digest }] }));
    expect(await take("green-space")).toMatchObject({ offered: { version: "1.0.0" } });
    expect(await take("green-space@0.9.0")).toMatchObject({ pack: { version: "0.9.0" } });
    expect(await take("green-space", true)).toMatchObject({ pack: { version: "1.0.0" } });
  });

  it("with Tombolo is never looked for on npm", async () => {
    await expect(take("green-space@2.0.0")).rejects.toThrow(
      "The pack green-space comes with Tombolo at 1.0.0",
    );
  });

  it("is not looked for on npm when its name is nearly one that is here", async () => {
    await expect(take("green-spaec")).rejects.toThrow(
      "There is no pack green-spaec here; near: green-space. If you mean the one on npm, write %use green-spaec@latest",
    );
  });

  it("is used offline, and another one is not asked for", async () => {
    const { address } = repository();
    await take(address);
    const before = process.env["TOMBOLO_OFFLINE"];
    process.env["TOMBOLO_OFFLINE"] = "1";
    try {
      expect(await take("green-town")).toMatchObject({ pack: { version: "1.0.0" } });
      await expect(take("cycling-paths")).rejects.toThrow(
        "The pack cycling-paths is not here, and nothing is fetched offline",
      );
    } finally {
      if (before === undefined) delete process.env["TOMBOLO_OFFLINE"];
      else process.env["TOMBOLO_OFFLINE"] = before;
    }
  });

  it("in a folder of one's own is seen with each change, and with a new version asked for", async () => {
    const place = packAt(join(here, "mine"));
    await take("./mine");
    writeFileSync(join(place, "README.md"), "Better words");
    expect(await take("./mine")).toMatchObject({ pack: { version: "1.0.0" } });
    develop(place);
    expect(await take("./mine")).toMatchObject({ offered: { version: "1.1.0" } });
    expect(await take("./mine", true)).toMatchObject({ pack: { version: "1.1.0" } });
  });

  it("is kept without what lies beside its files", async () => {
    const place = packAt(join(here, "mine"));
    mkdirSync(join(place, "node_modules"));
    writeFileSync(join(place, "node_modules", "run.js"), "");
    await take("./mine");
    const [kept] = readdirSync(cache()).filter((name) => name.startsWith("green-town"));
    expect(readdirSync(join(cache(), kept ?? ""))).not.toContain("node_modules");
  });

  it("is fetched again when its files were changed behind our back", async () => {
    const { address } = repository();
    const { pin } = await take(`${address}#v1.0.0`);
    writeFileSync(join(cache(), pin.folder, "contract.json"), "{}");
    expect(await take(`${address}#v1.0.0`)).toMatchObject({ pack: { version: "1.0.0" }, changes: [] });
    rmSync(join(cache(), pin.folder), { recursive: true });
    // By its name as well: it comes from where it came before.
    expect(await take("green-town")).toMatchObject({ pack: { version: "1.0.0" }, pin: { source: address } });
  });
});

describe("newer versions", () => {
  it("are found among the tags of the repository", async () => {
    const { address, git } = repository();
    const { pin } = await take(`${address}#v1.0.0`);
    expect(await findNewer(pin, [], here)).toEqual({});
    for (const tag of ["v1.0.1", "v1.10.0", "v1.9.0", "v2.0.0-beta.1", "nightly"]) git("tag", tag);
    expect(await findNewer(pin, [], here)).toEqual({ version: "1.10.0", use: `${address}#v1.10.0` });
  });

  it("are found in folders", async () => {
    const place = packAt(join(here, "mine"));
    const { pin } = await take("./mine");
    develop(place);
    expect(await findNewer(pin, packsIn([here]), here)).toEqual({ version: "1.1.0", use: place });
  });

  it("are not known where the repository does not answer", async () => {
    const { address, place } = repository();
    const { pin } = await take(address);
    rmSync(place, { recursive: true });
    expect(await findNewer(pin, [], here)).toEqual({ silent: expect.stringMatching(/repository/) });
  });
});
