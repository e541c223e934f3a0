import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "@jest/globals";
import { type Header, pack as packArchive } from "tar-stream";
import { unpackArchive } from "../../kernel/src/pack/fetch/archive.ts";
import { withPack } from "../../kernel/src/pack/fetch/fetch-pack.ts";
import { runWatched } from "../../kernel/src/pack/fetch/run-watched.ts";
import { parseSource } from "../../kernel/src/pack/fetch/source.ts";
import { temporaryFolder } from "../support/store.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

type Entry = readonly [Partial<Header> & { name: string }, string | Buffer];

let archives = 0;

/** An archive made by hand, as a registry that means harm could send it. */
async function archiveOf(entries: readonly Entry[]): Promise<string> {
  const archive = packArchive();
  for (const [header, content] of entries) archive.entry(header, content);
  archive.finalize();
  const parts: Buffer[] = [];
  for await (const part of archive) if (Buffer.isBuffer(part)) parts.push(part);
  const file = join(folder.path, `${++archives}.tgz`);
  writeFileSync(file, gzipSync(Buffer.concat(parts)));
  return file;
}

const files = (count: number): Entry[] =>
  Array.from({ length: count }, (_, index) => [{ name: `package/${index}.txt` }, "x"]);

describe("an archive of npm", () => {
  it("is unpacked below one folder", async () => {
    const place = join(folder.path, "good");
    const archive = await archiveOf([
      [{ name: "package/tombolo.json" }, "{}"],
      [{ name: "package/recipes", type: "directory" }, ""],
      [{ name: "package/recipes/a.yaml", mode: 0o777 }, "subjects: lsoa"],
    ]);
    await unpackArchive(archive, place);
    expect(readdirSync(place, { recursive: true }).sort()).toEqual([
      "recipes",
      join("recipes", "a.yaml"),
      "tombolo.json",
    ]);
    expect(readFileSync(join(place, "recipes", "a.yaml"), "utf8")).toBe("subjects: lsoa");
  });

  const hostile: [string, () => readonly Entry[], RegExp][] = [
    [
      "whose path goes up",
      () => [[{ name: "package/../../escaped.txt" }, "x"]],
      /would write to "package\/\.\.\//,
    ],
    [
      "whose path is absolute",
      () => [[{ name: "/tmp/escaped.txt" }, "x"]],
      /would write to "\/tmp\/escaped\.txt"/,
    ],
    ["whose path is one of Windows", () => [[{ name: "package/..\\escaped.txt" }, "x"]], /would write to/],
    [
      "with a file beside its folder",
      () => [[{ name: "escaped.txt" }, "x"]],
      /would write to "escaped\.txt"/,
    ],
    [
      "with a symbolic link",
      () => [[{ name: "package/notes.txt", type: "symlink", linkname: "/etc/passwd" }, ""]],
      /"package\/notes\.txt" in its archive is a link/,
    ],
    [
      "with a hard link",
      () => [[{ name: "package/notes.txt", type: "link", linkname: "/etc/passwd" }, ""]],
      /is a link or a device/,
    ],
    ["with a pipe", () => [[{ name: "package/pipe.txt", type: "fifo" }, ""]], /is a link or a device/],
    ["with too many files", () => files(201), /more than 200 files/],
    ["that is a bomb", () => [[{ name: "package/zeros.txt" }, Buffer.alloc(100_000_000)]], /more than 10 MB/],
    [
      "with one file twice",
      () => [
        [{ name: "package/a.txt" }, "1"],
        [{ name: "package/a.txt" }, "2"],
      ],
      /its archive cannot be read/,
    ],
  ];

  it.each(hostile)("%s is refused in a sentence", async (name, entries, message) => {
    const place = join(folder.path, "hostile", name.replace(/\W+/g, "-"));
    await expect(unpackArchive(await archiveOf(entries()), place)).rejects.toThrow(message);
    expect(existsSync(join(folder.path, "hostile", "escaped.txt"))).toBe(false);
    expect(existsSync("/tmp/escaped.txt")).toBe(false);
  });

  it.each([
    ["no archive at all", Buffer.from("hello")],
    ["cut off", gzipSync(randomBytes(5_000)).subarray(0, 2_000)],
  ])("that is %s is refused in a sentence", async (_, content) => {
    const file = join(folder.path, `${++archives}.tgz`);
    writeFileSync(file, content);
    await expect(unpackArchive(file, join(folder.path, "broken"))).rejects.toThrow(
      "The pack is not taken: its archive cannot be read",
    );
  });
});

it("a program that writes and writes is ended", async () => {
  const place = join(folder.path, "writer");
  mkdirSync(place);
  const endless = `const { appendFileSync } = require("fs");
    setInterval(() => appendFileSync("big", Buffer.alloc(1e6)), 5);`;
  await expect(runWatched(process.execPath, ["-e", endless], { folder: place })).rejects.toThrow(
    "The pack is not taken: it brings more than 40 MB",
  );
});

describe("a Git repository", () => {
  function repository(name: string, fill: (place: string) => void): string {
    const place = join(folder.path, name);
    mkdirSync(place);
    fill(place);
    const git = (...parameters: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...parameters], {
        cwd: place,
      });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "pack");
    return `file://${place}`;
  }

  it.each<[string, (place: string) => void, RegExp]>([
    ["huge", (place) => writeFileSync(join(place, "big.txt"), randomBytes(45_000_000)), /more than 40 MB/],
    [
      "of-many-files",
      (place) => {
        for (let index = 0; index < 5_100; index++) writeFileSync(join(place, `${index}.txt`), "");
      },
      /more than 5000 files/,
    ],
  ])("that is %s is refused in a sentence", async (name, fill, message) => {
    const address = repository(name, fill);
    await expect(withPack({ kind: "git", address }, {}, () => "taken")).rejects.toThrow(message);
  });

  it("has its links as texts, and no history, where a pack is read", async () => {
    const address = repository("links", (place) => {
      execFileSync("ln", ["-s", "/etc/passwd", join(place, "notes.txt")]);
    });
    const found = await withPack({ kind: "git", address }, {}, (fetched) => ({
      names: readdirSync(fetched.folder),
      notes: readFileSync(join(fetched.folder, "notes.txt"), "utf8"),
      commit: fetched.commit,
    }));
    expect(found).toEqual({
      names: ["notes.txt"],
      notes: "/etc/passwd",
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });
});

it.each([
  "git+https://example.org/x.git#--upload-pack=touch",
  "git+https://example.org/x.git#-b",
  "git+https://example.org/x --upload-pack=touch",
  "git+ssh://-oProxyCommand=touch/x",
  "git+ssh://git@-oProxyCommand=touch/x",
  "git+ext::sh -c touch",
  "git+https://ann:secret@example.org/x.git",
  "https://ann:secret@example.org/x.git",
  "--prefix=/tmp",
  "name@-g",
  "name@file:../x",
  "name@npm:other",
  "name@http://example.org/x.tgz",
  "green-space/../../x",
])("%s is no place of a pack", (text) => {
  expect(() => parseSource(text, folder.path)).toThrow(/There is no pack in|is no version/);
});
