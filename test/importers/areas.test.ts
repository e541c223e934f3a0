import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { areaKindNamed, areaKindOf } from "../../kernel/src/importers/areas/area.ts";
import { findArea, findKnownArea, knownAreaNames } from "../../kernel/src/importers/areas/find-area.ts";
import { LOCAL_AUTHORITIES, REGIONS } from "../../kernel/src/importers/areas/local-authorities.ts";
import { areasWithin, membersOf } from "../../kernel/src/importers/areas/members.ts";
import type { Store } from "../../kernel/src/store/store.ts";
import { write } from "../support/datasets.ts";
import { temporaryStore } from "../support/store.ts";

describe("the bundled table", () => {
  test("has the 361 local authorities of 2025, by country and kind", () => {
    const inForce = LOCAL_AUTHORITIES.filter(({ until }) => until === undefined);
    const counts = new Map<string, number>();
    for (const { code } of inForce) counts.set(code.slice(0, 3), (counts.get(code.slice(0, 3)) ?? 0) + 1);
    // Unitary authorities, non-metropolitan districts, metropolitan districts, London boroughs; Wales; Scotland; Northern Ireland.
    expect(Object.fromEntries(counts)).toEqual({
      E06: 63,
      E07: 164,
      E08: 36,
      E09: 33,
      W06: 22,
      S12: 32,
      N09: 11,
    });
  });

  test("has the changes of 2012 to 2023 as public programs that recode local authorities have them", () => {
    // Year, the code that took over, and those that it took over.
    const changes: readonly (readonly [number, string, string])[] = [
      [2012, "E07000240", "E07000100"],
      [2012, "E07000241", "E07000104"],
      [2013, "E06000057", "E06000048"],
      [2013, "E07000242", "E07000097"],
      [2013, "E07000243", "E07000101"],
      [2013, "E08000037", "E08000020"],
      [2018, "S12000047", "S12000015"],
      [2018, "S12000048", "S12000024"],
      [2019, "E06000058", "E06000028 E06000029 E07000048"],
      [2019, "E06000059", "E07000049 E07000050 E07000051 E07000052 E07000053"],
      [2019, "E07000244", "E07000205 E07000206"],
      [2019, "E07000245", "E07000201 E07000204"],
      [2019, "E07000246", "E07000190 E07000191"],
      [2019, "S12000049", "S12000046"],
      [2019, "S12000050", "S12000044"],
      [2020, "E06000060", "E07000004 E07000005 E07000006 E07000007"],
      [2021, "E06000061", "E07000150 E07000152 E07000153 E07000156"],
      [2021, "E06000062", "E07000151 E07000154 E07000155"],
      [2023, "E06000063", "E07000026 E07000028 E07000029"],
      [2023, "E06000064", "E07000027 E07000030 E07000031"],
      [2023, "E06000065", "E07000163 E07000164 E07000165 E07000166 E07000167 E07000168 E07000169"],
      [2023, "E06000066", "E07000187 E07000188 E07000189 E07000246"],
    ];
    const ours = new Map<string, string[]>();
    for (const { code, until, successor } of LOCAL_AUTHORITIES) {
      if (until === undefined || successor === undefined || until > 2023) continue;
      const key = `${until} ${successor}`;
      ours.set(key, [...(ours.get(key) ?? []), code]);
    }
    expect(Object.fromEntries([...ours].map(([key, codes]) => [key, codes.sort().join(" ")]))).toEqual(
      Object.fromEntries(changes.map(([year, code, before]) => [`${year} ${code}`, before])),
    );
  });

  test("agrees with itself: codes once, regions known, successors in force later", () => {
    const codes = LOCAL_AUTHORITIES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const regions = new Set(REGIONS.map(({ code }) => code));
    for (const { code, region, until, successor } of LOCAL_AUTHORITIES) {
      expect(areaKindOf(code)).toBe("localAuthority");
      expect(regions).toContain(region);
      expect(successor === undefined).toBe(until === undefined);
      if (successor === undefined) continue;
      const next = LOCAL_AUTHORITIES.find((authority) => authority.code === successor);
      expect(next?.since).toBe(until);
    }
  });
});

describe("words for areas", () => {
  test.each([
    ["Leeds", "E08000035"],
    ["leeds city council", "E08000035"],
    ["E08000035", "E08000035"],
    ["Bristol", "E06000023"],
    ["City of Bristol", "E06000023"],
    ["Bristol, City of", "E06000023"],
    ["Hull", "E06000010"],
    ["County Durham", "E06000047"],
    ["durham", "E06000047"],
    ["St Helens", "E08000013"],
    ["St. Helens", "E08000013"],
    ["London", "E12000007"],
    ["City of London", "E09000001"],
    ["Yorkshire & the Humber", "E12000003"],
    ["yorkshire and the humber", "E12000003"],
    ["North Yorkshire", "E06000065"],
    ["West Midlands", "E12000005"],
    ["London Borough of Camden", "E09000007"],
    ["region London", "E12000007"],
    ["Wales", "W92000004"],
    ["Folkestone and Hythe", "E07000112"],
  ])("%s", (words, code) => {
    expect(findKnownArea(words)?.code).toBe(code);
  });

  test("every name in force finds its own code", () => {
    for (const { code, name, until } of LOCAL_AUTHORITIES) {
      if (until === undefined) expect([name, findKnownArea(name)?.code]).toEqual([name, code]);
      expect(findKnownArea(code)?.code).toBe(code);
    }
    expect(new Set(knownAreaNames()).size).toBe(361 + 13);
  });

  test("a place that was reorganised is found by the codes of all years", () => {
    expect(findKnownArea("Sheffield")?.codes).toEqual(["E08000039", "E08000019"]);
    expect(findKnownArea("Buckinghamshire")?.codes).toEqual([
      "E06000060",
      "E07000004",
      "E07000005",
      "E07000006",
      "E07000007",
    ]);
    expect(findKnownArea("Somerset")?.codes).toContain("E07000190");
    expect(findKnownArea("Taunton Deane")).toMatchObject({ code: "E07000190", codes: ["E07000190"] });
  });

  test.each([
    ["Leds", /There is no area "Leds"\. Did you mean "Leeds"/],
    ["Richmond", /Did you mean "Richmond upon Thames"/],
    ["Newcastle", /"Newcastle-under-Lyme" or "Newcastle upon Tyne"/],
    ["Xyzzy", /known by name/],
  ])("%s is told with the nearest", async (words, message) => {
    await expect(findArea(words)).rejects.toThrow(message);
  });

  test.each([
    ["LSOA", "lsoa"],
    ["lsoas", "lsoa"],
    ["lsoa2021", "lsoa"],
    ["local authorities", "localAuthority"],
    ["localAuthority", "localAuthority"],
    ["local-authority2024", "localAuthority"],
    ["boroughs", "localAuthority"],
    ["englandBoundaries", "region"],
    ["wards", "ward"],
    ["bicycle", undefined],
  ])("%s is a kind of area", (word, kind) => {
    expect(areaKindNamed(word)).toBe(kind);
  });
});

describe("areas inside areas", () => {
  let store: Store & { remove(): void };
  const areas = [
    ["E01011229", "Leeds 111A"],
    ["E01033008", "Leeds 112D"],
    ["E01000001", "City of London 001A"],
    ["E01017665", "Aylesbury Vale 001A"],
    ["E01024989", "North East Lincolnshire 001A"],
  ];
  beforeAll(async () => {
    store = await temporaryStore();
    const subjects = `SELECT 'uk.gov.ons' AS provider, 'lsoa' AS subject_type, *, NULL::GEOMETRY('OGC:CRS84') AS shape, 0::BIGINT AS position
      FROM (VALUES ${areas.map(([code, name]) => `('${code}', '${name}')`).join(", ")}) area(label, name)`;
    await write(store, "lsoa", { subjects }, { subjectTypes });
  });
  afterAll(() => store.remove());
  const subjectTypes = [{ provider: "uk.gov.ons", label: "lsoa", name: "LSOA", count: areas.length }];

  const members = async (type: string, words: string) => {
    const area = await findArea(words, store);
    const { by } = membersOf(type, area, store);
    return [by, ...(await areasWithin(type, area, store)).map(({ name }) => name)];
  };

  test.each([
    ["Leeds", ["name", "Leeds 111A", "Leeds 112D"]],
    ["Yorkshire and The Humber", ["name", "Leeds 111A", "North East Lincolnshire 001A", "Leeds 112D"]],
    ["City of London", ["name", "City of London 001A"]],
    ["London", ["name", "City of London 001A"]],
    ["Buckinghamshire", ["name", "Aylesbury Vale 001A"]],
    ["Lincoln", ["name"]],
    ["Leeds 111A", ["code", "Leeds 111A"]],
    ["leeds 111a", ["code", "Leeds 111A"]],
  ])("lsoa in %s, by their names", async (words, expected) => {
    expect(await members("lsoa", words)).toEqual(expected);
  });

  test("what nothing can tell is said", async () => {
    await expect(members("ward", "Leeds")).rejects.toThrow(
      "Nothing tells which ward lie in Leeds. Import a lookup such as lookups/lsoa2021, or the boundaries of both, and select by place.",
    );
    await expect(members("school", "Leeds")).rejects.toThrow('"school" is not a type of areas with codes');
  });

  test("what the store does not have is told", async () => {
    await expect(members("msoa2021", "Leeds")).rejects.toThrow(
      "The store has no msoa2021. Import their boundaries first, such as ons/oa/lsoa or boundaries/lsoa2021.",
    );
  });

  test("an imported lookup decides before names do", async () => {
    const attributes = ["lsoa2011", "localAuthority"].map(
      (label) => ({ provider: "uk.gov.ons", label, description: "", values: "fixed" }) as const,
    );
    const values = [
      "('E01011229>E01011229', 'lsoa2011', 'E01011229')",
      "('E01011229>E01011229', 'localAuthority', 'E08000035')",
    ];
    const fixed_values = `SELECT 'uk.gov.ons' AS subject_provider, 'lsoaChange' AS subject_type, subject_label,
      'uk.gov.ons' AS provider, attribute, value FROM (VALUES ${values.join(", ")}) AS lookup(subject_label, attribute, value)`;
    const lookup = [{ provider: "uk.gov.ons", label: "lsoaChange", name: "Change", count: 1 }];
    await write(store, "lookup", { fixed_values }, { subjectTypes: lookup, attributes });
    expect(await members("lsoa", "Leeds")).toEqual(["lookup", "Leeds 111A"]);
    expect(await members("lsoa", "Yorkshire and The Humber")).toEqual(["lookup", "Leeds 111A"]);
  });
});
