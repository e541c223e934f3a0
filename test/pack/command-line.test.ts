import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { packsIn, rankPacks } from "../../kernel/src/pack/search.ts";
import { temporaryFolder } from "../support/store.ts";

const program = new URL("../../kernel/bin/tombolo.js", import.meta.url).pathname;
const folder = temporaryFolder();
afterAll(() => folder.remove());

function tombolo(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: folder.path,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  return { status, stdout, stderr };
}

describe("packs", () => {
  const recipe = "subjects: uk.gov.ons/lsoa\nfields:\n  people: { latest-value: uk.gov.ons/population }\n";

  beforeAll(() => {
    writeFileSync(join(folder.path, "people.yaml"), recipe);
    const squares = new URL("../data/squares.geojson", import.meta.url).pathname;
    expect(tombolo("import", squares, "--as", "square", "--store", "store").status).toBe(0);
  });

  it("are made of recipes in files, and run on dummy data", () => {
    writeFileSync(
      join(folder.path, "crowd.yaml"),
      "subjects: square\nfields:\n  people: { fixed-value: people }\n",
    );
    expect(tombolo("pack", "crowd", "crowd.yaml", "--store", "store", "--title", "Crowds")).toEqual({
      status: 0,
      stdout: "packs/crowd: 9 files, no data.\n",
      stderr: "",
    });
    const used = tombolo("use", "./packs/crowd", "--output", "dummy");
    expect(used).toEqual({ status: 0, stdout: "crowd: 144 rows of dummy data.\n", stderr: "" });
    expect(existsSync(join(folder.path, "dummy", "crowd.parquet"))).toBe(true);
  });

  it("come from a Git repository at a tag, of which nothing runs", () => {
    const repository = join(folder.path, "repository");
    cpSync(join(folder.path, "packs", "crowd"), repository, { recursive: true });
    const git = (...parameters: string[]) =>
      execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.org", ...parameters], {
        cwd: repository,
      });
    git("init", "-q", "--initial-branch=main");
    git("add", ".");
    git("commit", "-qm", "pack");
    git("tag", "v1.0.0");
    writeFileSync(join(repository, "contract.json"), "broken after the tag");
    git("commit", "-qam", "broken");
    // It is in use already, from a folder.
    expect(tombolo("use", `git+file://${repository}#v1.0.0`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`pack, source: ${join(folder.path, "packs", "crowd")} → git+file:`),
    });
    const elsewhere = ["--store", "another"];
    expect(tombolo("use", `git+file://${repository}#v1.0.0`, ...elsewhere)).toMatchObject({ status: 0 });
    expect(tombolo("use", `git+file://${repository}#main`, "--store", "third").stderr).toBe(
      "contract.json of the pack is not JSON\n",
    );
    const missing = tombolo("use", `git+file://${repository}#v9`);
    expect(missing.stderr.trim().split("\n")).toHaveLength(1);
    expect(missing.stderr).toContain("cannot be fetched");
  });

  it("name what the store does not have", () => {
    const { status, stderr } = tombolo("pack", "people", "people.yaml", "--store", "store");
    expect(status).toBe(1);
    expect(stderr).toContain('no subject type "uk.gov.ons/lsoa"');
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  it("are found by words, near spellings included", () => {
    const packs = packsIn([join(folder.path, "packs")]);
    expect(rankPacks(packs, "crowds").map(({ name }) => name)).toEqual(["crowd"]);
    expect(rankPacks(packs, "crowdz").map(({ name }) => name)).toEqual(["crowd"]);
    expect(rankPacks(packs, "cycling")).toEqual([]);
  });
});

describe("release", () => {
  it("writes what may be shared of a table", () => {
    writeFileSync(join(folder.path, "visits.csv"), "label,visits\nA,7310\nB,5\nC,2407\nD,961\n");
    const { status, stdout } = tombolo("release", "visits.csv", "--preset", "nhs-hes", "--reason", "test");
    expect(stdout).toContain("**visits** is released under `nhs-hes`.");
    expect(status).toBe(0);
    expect(readFileSync(join(folder.path, "releases", "visits", "table.csv"), "utf8")).toBe(
      "label,visits\r\nA,7310\r\nB,[c]\r\nC,2405\r\nD,960\r\n",
    );
  });

  it("ends with 1 when nothing may be shared, and needs a reason", () => {
    writeFileSync(join(folder.path, "people.csv"), "label,who\nA,Ann\nB,Bob\nC,Cid\nD,Dee\n");
    expect(tombolo("release", "people.csv", "--reason", "test")).toMatchObject({ status: 1 });
    expect(tombolo("release", "visits.csv").stderr).toBe(
      'A release needs a reason, which its record keeps. Write --reason "…".\n',
    );
  });
});
