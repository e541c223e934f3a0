import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { OwnFileOptions } from "../../kernel/src/importers/own/options.ts";
import { importDatasource } from "../../kernel/src/importers/run.ts";
import { type BindOptions, optionsOf } from "../../kernel/src/pack/bind-options.ts";
import { boundDataset, boundImporter } from "../../kernel/src/pack/bound.ts";
import { checkContract } from "../../kernel/src/pack/check-contract.ts";
import { type Contract, type ContractInput, parseContract } from "../../kernel/src/pack/contract.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
let store: Store & { remove(): void };
const opened: (typeof store)[] = [];
beforeEach(async () => {
  store = await temporaryStore();
  opened.push(store);
});
afterAll(() => {
  for (const each of opened) each.remove();
  folder.remove();
});

/** Clinics at points with people seen, the ward, and the kind of clinic; made by hand. */
const CONTRACT: Contract = parseContract({
  version: 1,
  inputs: [
    {
      provider: "local",
      subjectType: "clinic",
      title: "Clinics",
      shape: "point",
      access: "sensitive",
      unitOfRecord: "organisation",
      names: [],
      labels: ["C%"],
      rank: 0,
      attributes: [
        { provider: "local", label: "seen", description: "", values: "fixed", type: "number" },
        {
          provider: "local",
          label: "distance (km)",
          description: "",
          values: "fixed",
          type: "number",
          unit: "km",
        },
        {
          provider: "local",
          label: "kind",
          description: "",
          values: "fixed",
          type: "text",
          categories: ["hospital", "practice"],
        },
      ],
    },
  ],
});

const input = (contract = CONTRACT): ContractInput => {
  const [first] = contract.inputs;
  if (!first) throw new Error("the contract has an input");
  return first;
};

async function bind(text: string, options: OwnFileOptions = {}, file = "clinics.csv"): Promise<void> {
  const path = join(folder.path, file);
  writeFileSync(path, text);
  const { importer, reading } = boundImporter(input(), path, options);
  await importDatasource(store, importer, { ...reading, force: true });
}

const GOOD = `id,lon,lat,seen,distance (km),kind
C1,-1.5,53.8,7310,1.5,hospital
C2,-1.6,53.9,12,2.5,practice
`;

describe("a file that does not fit a contract", () => {
  const cases: [string, string, OwnFileOptions, readonly [string | undefined, string, string, RegExp][]][] = [
    ["fits it", GOOD, {}, []],
    [
      "has another name for a column",
      GOOD.replace("seen", "seeen"),
      {},
      [["seen", "numbers", "no such column; there is seeen", /--rename seen=seeen$/]],
    ],
    ["has that name with its right one", GOOD.replace("seen", "seeen"), { rename: "seen=seeen" }, []],
    [
      "has texts among its numbers",
      GOOD.replace("7310", "many"),
      {},
      [["seen", "numbers", "1 of 2 values are no numbers", /Correct these values/]],
    ],
    [
      "has another unit",
      GOOD.replace("(km)", "(m)"),
      {},
      [
        [
          "distance (km)",
          "numbers in km",
          "no such column; there is distance (m)",
          /^Convert its values to km\. Name .*--rename "distance \(km\)=distance \(m\)"$/,
        ],
      ],
    ],
    [
      "has another unit under the right name",
      GOOD.replace("(km)", "(m)"),
      { rename: "distance (km)=distance (m)" },
      [["distance (km)", "values in km", "values in m", /Convert the column to km/]],
    ],
    [
      "has none of the codes",
      GOOD.replace("hospital", "H").replace("practice", "P"),
      {},
      [["kind", "some of hospital, practice", "none of these among 2 codes", /capitals and blanks/]],
    ],
    [
      "has no coordinates",
      GOOD.replaceAll(/,-1\.\d,53\.\d/g, "").replace("lon,lat,", ""),
      {},
      [[undefined, "points", "2 rows without a place", /--x, --y and --crs/]],
    ],
    [
      "has other labels",
      GOOD.replace("C1", "H1").replace("C2", "H2"),
      {},
      [["label", "some like C%", "none of 2", /--label$/]],
    ],
    [
      "has times",
      GOOD.replace("id,", "id,date,").replace("C1,", "C1,2020-01-01,").replace("C2,", "C2,2020-01-01,"),
      { when: "date" },
      [
        ["seen", "one value a row", "values with times", /leave --when out/],
        ["distance (km)", "one value a row", "values with times", /leave --when out/],
      ],
    ],
  ];

  it.each(cases)("because it %s is told column by column", async (_, text, options, expected) => {
    await bind(text, options);
    const found = await checkContract(CONTRACT, store);
    expect(found.map(({ column, expected: wanted, found: there }) => [column, wanted, there])).toEqual(
      expected.map((each) => each.slice(0, 3)),
    );
    for (const [index, { remedy }] of found.entries()) expect(remedy).toMatch(expected[index]?.[3] ?? /^$/);
    // What is told is saved in the notebook, and holds no value.
    expect(JSON.stringify(found)).not.toMatch(/7310|many|C1|H1|53\.8/);
  });

  it("is asked for when nothing is bound", async () => {
    expect(await checkContract(CONTRACT, store)).toEqual([
      {
        input: "clinic",
        expected: "Clinics",
        found: "nothing",
        remedy: "Write %bind clinic=./your-file.csv",
      },
    ]);
  });

  it("is of another year when its areas are", async () => {
    await bind(GOOD);
    const inputs = [{ ...input(), vintage: "2011" }];
    const { subjectTypes, attributes } = store.catalogue();
    const of2021 = {
      engine: store.engine,
      datasets: () => store.datasets(),
      catalogue: () => ({
        attributes,
        subjectTypes: subjectTypes.map((type) => ({ ...type, vintage: "2021" })),
      }),
    };
    expect(await checkContract({ version: 1, inputs }, of2021)).toEqual([
      expect.objectContaining({ expected: "areas of 2011", found: "areas of 2021" }),
    ]);
  });
});

describe("a bound file", () => {
  it("takes the place of the one before", async () => {
    await bind(GOOD.replaceAll("C", "D"), {}, "first.csv");
    await bind(GOOD, {}, "second.csv");
    const counted = await store.engine.query(
      "SELECT label FROM subjects WHERE subject_type = 'clinic' ORDER BY label",
    );
    expect(counted.toArray().map(({ label }) => label)).toEqual(["C1", "C2"]);
    expect(boundDataset(input(), store.datasets())?.manifest.title).toBe("second.csv");
  });

  it("has the label and the unit of record of the contract", async () => {
    await bind(GOOD);
    expect(boundDataset(input(), store.datasets())?.manifest).toMatchObject({
      access: "sensitive",
      unitOfRecord: "organisation",
    });
  });
});

describe("a contract", () => {
  it.each([
    ["names a file", { path: "../../secret.csv" }, /an input has no property "path"/],
    ["has a shape that is none", { shape: "cube" }, /unknown shape/],
    [
      "has attributes with more to them",
      { attributes: [{ provider: "a", query: "SELECT 1" }] },
      /no property "query"/,
    ],
  ])("that %s is refused", (_, change, message) => {
    expect(() => parseContract({ version: 1, inputs: [{ ...input(), ...change }] })).toThrow(message);
  });
});

describe("a file for data that a provider hands out to a few", () => {
  const closed = parseContract({
    version: 1,
    inputs: [
      {
        ...{ provider: "org.example.health", subjectType: "clinic", title: "Clinics", shape: "point" },
        ...{ access: "internal", names: [], labels: [], rank: 0 },
        attributes: [
          { provider: "org.example.health", label: "seen", values: "fixed", type: "number", description: "" },
        ],
      },
    ],
  });

  it("fills the input of that provider, under the label of the contract", async () => {
    const path = join(folder.path, "handed-out.csv");
    writeFileSync(path, GOOD);
    const { importer, reading } = boundImporter(input(closed), path, {});
    await importDatasource(store, importer, { ...reading, force: true });
    expect(await checkContract(closed, store)).toEqual([]);
    const counted = await store.engine.query(
      "SELECT subject_provider, provider, value FROM fixed_values WHERE attribute = 'seen' ORDER BY value",
    );
    expect(counted.toArray().map((row) => row.toJSON())).toEqual([
      { subject_provider: "org.example.health", provider: "org.example.health", value: "12" },
      { subject_provider: "org.example.health", provider: "org.example.health", value: "7310" },
    ]);
    expect(boundDataset(input(closed), store.datasets())?.manifest).toMatchObject({ access: "internal" });
  });
});

describe("options of several files", () => {
  const inputs = ["clinic", "district"];
  it.each<[string, BindOptions, BindOptions, BindOptions]>([
    ["are those of both", { label: "id" }, { label: "id" }, { label: "id" }],
    ["name their input", { label: "clinic:id,district:code" }, { label: "id" }, { label: "code" }],
    ["name one", { crs: "EPSG:27700,district:EPSG:4326" }, { crs: "EPSG:27700" }, { crs: "EPSG:4326" }],
    [
      "have commas and colons",
      { label: "Age: all, in years" },
      { label: "Age: all, in years" },
      { label: "Age: all, in years" },
    ],
    [
      "rename columns of each",
      { rename: "area=km2,clinic:seen=n, at=place,district:people=all" },
      { rename: "area=km2,seen=n, at=place" },
      { rename: "area=km2,people=all" },
    ],
    ["leave one alone", { x: "clinic:lon", y: "clinic:lat" }, { x: "lon", y: "lat" }, {}],
  ])("%s", (_, options, clinic, district) => {
    expect(optionsOf("clinic", options, inputs)).toEqual(clinic);
    expect(optionsOf("district", options, inputs)).toEqual(district);
  });
});
