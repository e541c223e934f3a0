import { createHash } from "node:crypto";
import { DUMMY_SOURCE } from "../engine/dummy.ts";
import { tableFromRecords } from "../engine/records.ts";
import type { ManifestDraft } from "../store/manifest.ts";
import type { Store } from "../store/store.ts";
import { writeDataset } from "../store/write.ts";
import type { Contract, ContractAttribute, ContractInput } from "./contract.ts";
import { type DummySubject, dummySubjects } from "./dummy-town.ts";
import { DUMMY_TIMES, dummyNumbers, dummyTexts, Standings } from "./dummy-values.ts";
import { randomFrom } from "./random.ts";

/**
 * Fills a store with a made-up town that has all that a contract asks for. The same contract and seed give the same town;
 * no data of anyone is looked at.
 */
export async function fillDummy(store: Store, contract: Contract, seed: number): Promise<void> {
  for (const input of contract.inputs) await writeInput(store, input, seedOf(input, seed));
}

/** Each input has numbers of its own, so that one more input changes nothing in the others. */
function seedOf({ provider, subjectType }: ContractInput, seed: number): number {
  return createHash("sha256")
    .update(JSON.stringify([seed, provider, subjectType]))
    .digest()
    .readUInt32LE();
}

/** Areas that carry numbers or contain others tile the town; areas told apart by tags are patches in it. */
const tiles = ({ attributes, rank }: ContractInput): boolean =>
  rank > 0 || attributes.every(({ categories }) => categories === undefined);

async function writeInput(store: Store, input: ContractInput, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const { engine } = store;
  const subjects = dummySubjects(input, tiles(input), random);
  const fixed = input.attributes.filter(({ values }) => values === "fixed");
  const timed = input.attributes.filter(({ values }) => values === "timed");
  const tables = {
    dummy_subjects: subjects.map(({ place: _, ...subject }, position) => ({ ...subject, position })),
    dummy_fixed: fixedRows(subjects, fixed, random),
    dummy_timed: timedRows(subjects, timed, random),
  };
  try {
    for (const [name, rows] of Object.entries(tables))
      if (rows.length > 0) await engine.register(name, tableFromRecords(rows));
    await engine.register("dummy_input", tableFromRecords([inputRow(input)]));
    if (input.attributes.length > 0)
      await engine.register("dummy_attributes", tableFromRecords(attributeRows(input)));
    await writeDataset(store, manifestOf(input, subjects.length, tables), selectsOf(tables, input));
  } finally {
    for (const name of [...Object.keys(tables), "dummy_input", "dummy_attributes"])
      await engine.run(`DROP TABLE IF EXISTS temp.${name}`);
  }
}

const inputRow = ({ provider, subjectType }: ContractInput) => ({ provider, subject_type: subjectType });

const attributeRows = ({ attributes }: ContractInput) =>
  attributes.map(({ provider, label, description, unit = null, kind = null }) => ({
    provider,
    label,
    description,
    unit,
    kind,
  }));

/** A value of a subject; its dataset tells whose it is. */
const rowOf = ({ label }: DummySubject, { provider, label: attribute }: ContractAttribute) => ({
  subject_label: label,
  provider,
  attribute,
});

function fixedRows(
  subjects: readonly DummySubject[],
  attributes: readonly ContractAttribute[],
  random: () => number,
) {
  const standings = new Standings(random);
  const numbers = attributes.filter(({ type }) => type === "number");
  const texts = attributes.filter(({ type }) => type === "text");
  return subjects.flatMap((subject) => {
    const values = standings.at(subject.place, 1).flatMap((standing) => dummyNumbers(numbers, standing));
    return [
      ...numbers.map((attribute, index) => ({ ...rowOf(subject, attribute), value: String(values[index]) })),
      ...dummyTexts(texts, random).flatMap((value, index) => {
        const attribute = texts[index];
        return attribute === undefined || value === undefined
          ? []
          : [{ ...rowOf(subject, attribute), value }];
      }),
    ];
  });
}

function timedRows(
  subjects: readonly DummySubject[],
  attributes: readonly ContractAttribute[],
  random: () => number,
) {
  const standings = new Standings(random);
  return subjects.flatMap((subject) =>
    standings.at(subject.place, DUMMY_TIMES.length).flatMap((standing, time) => {
      const values = dummyNumbers(attributes, standing);
      return attributes.map((attribute, index) => ({
        ...rowOf(subject, attribute),
        timestamp: DUMMY_TIMES[time],
        value: values[index] ?? 0,
      }));
    }),
  );
}

interface DummyTables {
  readonly dummy_fixed: readonly unknown[];
  readonly dummy_timed: readonly unknown[];
}

function selectsOf({ dummy_fixed: fixed, dummy_timed: timed }: DummyTables, { attributes }: ContractInput) {
  const whose =
    "(SELECT provider FROM dummy_input) AS subject_provider, (SELECT subject_type FROM dummy_input) AS subject_type";
  return {
    subjects: `SELECT i.provider, i.subject_type, s.label, s.name, ST_GeomFromText(s.shape)::GEOMETRY('OGC:CRS84') AS shape,
      s.position::BIGINT AS position FROM dummy_subjects s, dummy_input i`,
    ...(attributes.length > 0 && {
      attributes:
        "SELECT provider, label, description, unit::VARCHAR AS unit, kind::VARCHAR AS kind FROM dummy_attributes",
    }),
    ...(fixed.length > 0 && {
      fixed_values: `SELECT ${whose}, subject_label, provider, attribute, value FROM dummy_fixed`,
    }),
    ...(timed.length > 0 && {
      timed_values: `SELECT ${whose}, subject_label, provider, attribute, timestamp::TIMESTAMP AS timestamp, value FROM dummy_timed`,
    }),
  };
}

function manifestOf(
  input: ContractInput,
  count: number,
  { dummy_fixed, dummy_timed }: DummyTables,
): ManifestDraft {
  const { provider, subjectType, title, attributes } = input;
  return {
    version: 1,
    key: `dummy ${provider}/${subjectType}`,
    importer: "dummy",
    importerVersion: 1,
    title: `Dummy ${title}`,
    access: "public",
    licence: "CC0",
    attribution: DUMMY_SOURCE,
    source: { address: "dummy:", digest: "", retrieved: new Date(0).toISOString() },
    subjectTypes: [{ provider, label: subjectType, name: title, count }],
    attributes: attributes.map(({ provider: owner, label, description, unit, kind, values }) => ({
      provider: owner,
      label,
      description,
      values,
      ...(unit !== undefined && { unit }),
      ...(kind !== undefined && { kind }),
    })),
    rows: { subjects: count, fixedValues: dummy_fixed.length, timedValues: dummy_timed.length },
  };
}
