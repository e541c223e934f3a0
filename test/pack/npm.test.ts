import { randomBytes } from "node:crypto";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { pack as packArchive } from "tar-stream";
import { packsOnNpm } from "../../kernel/src/pack/search.ts";
import { SHIPPED_PACKS } from "../../kernel/src/pack/shipped.ts";
import { registryUser, startRegistry } from "../support/npm-registry.ts";
import { temporaryFolder } from "../support/store.ts";

const folder = temporaryFolder();
let registry: Awaited<ReturnType<typeof startRegistry>>;

beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(async () => {
  await registry.stop();
  folder.remove();
});

const personCalled = (name: string) => registryUser(registry.address, join(folder.path, name));

/** A copy of a shipped pack under another name. */
function packCalled(name: string, home: string, version = "1.0.0", more: object = {}): string {
  const place = join(home, `${name}-${version}`);
  cpSync(join(SHIPPED_PACKS, "green-space"), place, { recursive: true });
  for (const file of ["tombolo.json", "package.json"]) {
    const own = JSON.parse(readFileSync(join(place, file), "utf8"));
    const extra = file === "package.json" ? more : {};
    writeFileSync(join(place, file), JSON.stringify({ ...own, name, version, ...extra }));
  }
  return place;
}

it("a pack published by one person is used by another without the data, at the version wanted", async () => {
  const maker = personCalled("maker");
  for (const version of ["1.0.0", "2.0.0"])
    expect(await maker.publish(packCalled("green-town", maker.home, version))).toMatchObject({ status: 0 });
  const user = personCalled("user");
  const dummy = { status: 0, text: "green_space: 144 rows of dummy data.\n" };
  expect(await user.tombolo("use", "green-town@1.0.0", "--output", "out")).toEqual(dummy);
  expect(existsSync(join(user.home, "out", "green_space.parquet"))).toBe(true);
  expect(await user.tombolo("use", "green-town@^1")).toEqual(dummy);
  expect(await user.tombolo("use", "green-town")).toEqual(dummy);
  const missing = await user.tombolo("use", "green-town@9");
  expect(missing.text).toMatch(/^The pack green-town cannot be fetched: .+\n$/);
  const pins = JSON.parse(readFileSync(join(user.home, ".tombolo", "packs", "pins.json"), "utf8"));
  expect(pins.packs).toEqual([expect.objectContaining({ name: "green-town", version: "1.0.0" })]);
  const offered = await user.tombolo("use", "green-town@2.0.0");
  expect(offered.text).toContain("pack, version: 1.0.0 → 2.0.0\n");
  expect(offered.text).toContain("The pack green-town is in use here at 1.0.0; nothing was taken");
  expect(offered.status).toBe(1);
  expect(await user.tombolo("use", "green-town@2.0.0", "--upgrade")).toMatchObject({ status: 0 });
  // Without a network the one that is pinned is used.
  expect(await user.tombolo("use", "green-town")).toEqual(dummy);
}, 90_000);

it("published packs are found by words; none are where npm cannot be reached", async () => {
  const before = process.env["NPM_CONFIG_REGISTRY"];
  try {
    process.env["NPM_CONFIG_REGISTRY"] = registry.address;
    expect((await packsOnNpm("green")).packs).toContainEqual(
      expect.objectContaining({ name: "green-town", version: "2.0.0", source: "green-town@2.0.0" }),
    );
    process.env["NPM_CONFIG_REGISTRY"] = "http://127.0.0.1:9/";
    expect(await packsOnNpm("green")).toEqual({ packs: [], silent: expect.stringMatching(/ECONNREFUSED/) });
  } finally {
    if (before === undefined) delete process.env["NPM_CONFIG_REGISTRY"];
    else process.env["NPM_CONFIG_REGISTRY"] = before;
  }
}, 60_000);

it("a pack with an installation script is refused in a sentence, and the script does not run", async () => {
  const maker = personCalled("villain");
  const trace = join(folder.path, "ran");
  const script = `node -e "require('fs').writeFileSync(${JSON.stringify(trace).replaceAll('"', "'")}, '')"`;
  const scripts = { preinstall: script, install: script, postinstall: script };
  await maker.publish(packCalled("hostile-town", maker.home, "1.0.0", { scripts }));
  const user = personCalled("victim");
  expect(await user.tombolo("use", "hostile-town")).toEqual({
    status: 1,
    text: "The pack is not taken: its package.json would run a script at preinstall\n",
  });
  expect(existsSync(trace)).toBe(false);
}, 60_000);

it("a pack that brings another package is refused in a sentence", async () => {
  const maker = personCalled("bringer");
  await maker.publish(packCalled("other-town", maker.home));
  const dependencies = { "other-town": "1.0.0" };
  await maker.publish(packCalled("bringing-town", maker.home, "1.0.0", { dependencies }));
  const { text } = await personCalled("receiver").tombolo("use", "bringing-town");
  expect(text).toBe("The pack bringing-town brings other packages, which a pack must not\n");
}, 60_000);

it("an archive that grows when it is unpacked is refused in a sentence", async () => {
  const archive = packArchive();
  archive.entry({ name: "package/zeros.txt" }, Buffer.alloc(60_000_000, randomBytes(1_000)));
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) if (Buffer.isBuffer(part)) parts.push(part);
  const data = gzipSync(Buffer.concat(parts)).toString("base64");
  const response = await fetch(`${registry.address}bomb-town`, {
    method: "PUT",
    body: JSON.stringify({
      "dist-tags": { latest: "1.0.0" },
      versions: { "1.0.0": { name: "bomb-town", version: "1.0.0" } },
      _attachments: { "bomb-town-1.0.0.tgz": { data } },
    }),
  });
  expect(response.status).toBe(201);
  expect(await personCalled("bombed").tombolo("use", "bomb-town")).toEqual({
    status: 1,
    text: "The pack is not taken: it has more than 10 MB\n",
  });
}, 60_000);
