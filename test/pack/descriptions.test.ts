import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { builtInModels } from "../../kernel/src/models/built-in.ts";
import type { ContractInput } from "../../kernel/src/pack/contract.ts";
import { makePack } from "../../kernel/src/pack/make-pack.ts";
import { makersIn } from "../../kernel/src/pack/makers.ts";
import { parsePackFile } from "../../kernel/src/pack/pack-file.ts";
import { type Pack, readPack } from "../../kernel/src/pack/read-pack.ts";
import { SHIPPED_PACKS } from "../../kernel/src/pack/shipped.ts";
import { openDummyStore } from "../../kernel/src/pack/use-pack.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { version } from "../../kernel/src/version.ts";
import { requireEnvironment } from "../support/environment.ts";
import { temporaryFolder, temporaryStore } from "../support/store.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const { python } = requireEnvironment("descriptions of packs are checked by published validators");
const checker = new URL("check_descriptions.py", import.meta.url).pathname;
const shipped = readdirSync(SHIPPED_PACKS);

interface Answer {
  readonly crate: readonly string[];
  readonly package: readonly string[];
  readonly rows: Readonly<Record<string, { readonly rows: number; readonly errors: readonly string[] }>>;
}

function check(places: readonly string[]): Record<string, Answer> {
  return JSON.parse(execFileSync(python, [checker, ...places], { encoding: "utf8" }));
}

/** The dummy data of a pack as files that fit its contract: one row a subject, or one for each of its times. */
async function writeRows(pack: Pack, store: Store, place: string): Promise<void> {
  mkdirSync(place);
  for (const input of pack.contract.inputs) {
    const rows = await rowsOf(input, store);
    const columns = Object.keys(rows[0] ?? {});
    const cell = (value: unknown) => (value == null ? "" : `"${String(value).replaceAll('"', '""')}"`);
    const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","));
    writeFileSync(
      join(place, `${input.subjectType.replace(/[^\w.-]+/g, "-")}.csv`),
      [columns.map(cell).join(","), ...lines].join("\n"),
    );
  }
}

async function rowsOf(
  { provider, subjectType, attributes }: ContractInput,
  { engine }: Store,
): Promise<Record<string, unknown>[]> {
  const timed = attributes.filter(({ values }) => values === "timed");
  const times =
    timed.length === 0
      ? "(SELECT NULL::TIMESTAMP AS timestamp)"
      : "(SELECT DISTINCT timestamp FROM timed_values)";
  const values = attributes.map(({ provider: owner, label, values: kind }) => {
    const its = `v.attribute = '${label.replaceAll("'", "''")}' AND v.provider = '${owner}'`;
    return `first(v.value) FILTER (${its} AND v.kind = '${kind}') AS "${label.replaceAll('"', '""')}"`;
  });
  const time = timed.length === 0 ? [] : [`strftime(t.timestamp, '%Y-%m-%dT%H:%M:%S') AS "time"`];
  const columns = [
    "s.label AS label",
    ...time,
    "s.name AS name",
    "ST_AsGeoJSON(s.shape) AS geometry",
    ...values,
  ];
  const table = await engine.query(
    `WITH v AS (
       SELECT subject_type, subject_label, provider, attribute, value::VARCHAR AS value, timestamp, 'timed' AS kind FROM timed_values
       UNION ALL SELECT subject_type, subject_label, provider, attribute, value, NULL, 'fixed' FROM fixed_values
     )
     SELECT ${columns.join(", ")} FROM subjects s CROSS JOIN ${times} t
     LEFT JOIN v ON v.subject_type = s.subject_type AND v.subject_label = s.label AND (v.timestamp IS NULL OR v.timestamp = t.timestamp)
     WHERE s.provider = ? AND s.subject_type = ? GROUP BY s.label, s.name, s.shape, t.timestamp`,
    { parameters: [provider, subjectType] },
  );
  return table.toArray().map((row) => row.toJSON());
}

/** A pack that names people and an organisation. */
async function makeByPeople(): Promise<void> {
  const shippedOne = join(SHIPPED_PACKS, "green-space");
  const { models, recipes } = readPack(shippedOne, { version, builtIn: builtInModels });
  const makers = makersIn(
    "Ann Example (https://orcid.org/0000-0002-1825-0097); Ben Example (https://orcid.org/0000-0001-5109-3700)",
    "Example City (https://ror.org/04mghma93)",
  );
  const store = await temporaryStore();
  try {
    const text = readFileSync(join(shippedOne, "tombolo.json"), "utf8");
    const file = { ...parsePackFile(JSON.parse(text), version), ...makers };
    const content = { file, recipes, models, builtIn: builtInModels };
    await makePack(store, content, join(folder.path, "people"));
  } finally {
    store.remove();
  }
}

/** A pack whose descriptions are wrong. */
function spoilOne(): void {
  const place = join(folder.path, "wrong");
  cpSync(join(SHIPPED_PACKS, "green-space"), place, { recursive: true });
  const spoil = (file: string, from: RegExp, to: string) =>
    writeFileSync(join(place, file), readFileSync(join(place, file), "utf8").replace(from, to));
  spoil("ro-crate-metadata.json", /"datePublished": "[^"]+",/, "");
  spoil("datapackage.json", /"primaryKey": \[\s*"label"\s*\]/, '"primaryKey": "label"');
}

let answers: Record<string, Answer>;

beforeAll(async () => {
  for (const name of shipped) {
    const place = join(folder.path, name);
    cpSync(join(SHIPPED_PACKS, name), place, { recursive: true });
    const pack = readPack(place, { version, builtIn: builtInModels });
    const store = await openDummyStore(pack, join(folder.path, "dummy"));
    try {
      await writeRows(pack, store, `${place}.csv`);
    } finally {
      store.close();
    }
  }
  await makeByPeople();
  spoilOne();
  // Loading the validators takes most of the time.
  answers = check([...shipped, "people", "wrong"].map((name) => join(folder.path, name)));
}, 240_000);

/** Recommended alone: how to reach people is said where a pack is published, and the project itself is not in the registry ROR. */
const UNSAID = [/contactPoint/, /versioned Bioschemas/, /SHOULD have a ROR identifier/];

describe.each(shipped)("the pack %s", (name) => {
  const answer = () => answers[join(folder.path, name)] ?? { crate: ["no answer"], package: [], rows: {} };

  it("is a research object as RO-Crate 1.2 describes them", () => {
    const issues = answer().crate.filter((issue) => !UNSAID.some((pattern) => pattern.test(issue)));
    expect(issues).toEqual([]);
  });

  it("is a data package as Frictionless describes them", () => {
    expect(answer().package).toEqual([]);
  });

  it("has dummy data that fits its table schemas", () => {
    const { inputs } = readPack(join(SHIPPED_PACKS, name), { version, builtIn: builtInModels }).contract;
    expect(Object.keys(answer().rows)).toHaveLength(inputs.length);
    for (const { rows, errors } of Object.values(answer().rows)) {
      expect(rows).toBeGreaterThan(0);
      expect(errors).toEqual([]);
    }
  });
});

it("a pack of people and an organisation is described with all that is recommended of these", () => {
  const issues = answers[join(folder.path, "people")]?.crate;
  expect(issues?.filter((issue) => !/contactPoint|versioned Bioschemas/.test(issue))).toEqual([]);
});

it("the validators find what is wrong", () => {
  const found = answers[join(folder.path, "wrong")];
  expect(found?.crate.join("\n")).toMatch(/REQUIRED .*datePublished/);
  expect(found?.package.length).toBeGreaterThan(0);
});
