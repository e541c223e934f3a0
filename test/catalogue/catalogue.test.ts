import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { catalogueJson, catalogueText } from "../../kernel/src/catalogue/catalogue.ts";
import { catalogueDcat } from "../../kernel/src/catalogue/dcat.ts";
import { findDatasources } from "../../kernel/src/catalogue/find.ts";
import { listDatasources } from "../../kernel/src/catalogue/listing.ts";
import {
  attributeNames,
  datasourceIds,
  datasourceWords,
  geographyNames,
} from "../../kernel/src/catalogue/names.ts";
import { parseQuestion } from "../../kernel/src/catalogue/question.ts";
import { unitOrReason } from "../../kernel/src/catalogue/unit.ts";
import { preparedCatalogue } from "../../kernel/src/catalogue/word-index.ts";
import { columnMetadata } from "../../kernel/src/engine/columns.ts";
import { datasourceOf, loadImporter, requestOf } from "../../kernel/src/importers/find.ts";
import { rowsOf } from "../support/store.ts";

const found = async (words: string) =>
  rowsOf(await findDatasources(words)).map(({ import: word }) => String(word));

test("what the build has prepared for %find is what the importers say", async () => {
  const path = join(import.meta.dirname, "..", "..", "kernel", "dist", "catalogue", "prepared.json");
  const { search, ...prepared } = JSON.parse(readFileSync(path, "utf8"));
  const { search: made, ...now } = JSON.parse(await preparedCatalogue());
  expect(prepared).toEqual(now);
  expect(search.documentCount).toBe(made.documentCount);
  expect(search.index.length).toBe(made.index.length);
});

describe("the catalogue", () => {
  test("has a word for each datasource that leads back to it", async () => {
    const listed = await listDatasources();
    expect(new Set(listed.map(({ word }) => word)).size).toBe(listed.length);
    for (const { word, importer, datasource } of listed) {
      const request = requestOf([word]);
      expect([word, request?.importerClass]).toEqual([word, importer.id]);
      const loaded = await loadImporter(request?.importerClass ?? "");
      expect(datasourceOf(loaded, request?.datasourceId ?? "").id).toBe(datasource.id);
    }
  });

  test("leaves nothing empty: attributes or things, each measurement's unit or why it has none, kind, areas, years", async () => {
    for (const { word, importer, datasource, entry, subjects, years } of await listDatasources()) {
      const facts = {
        word,
        title: importer.title,
        doc: importer.doc,
        licence: importer.licence,
        attribution: importer.attribution,
        years,
      };
      for (const [name, fact] of Object.entries(facts))
        expect([word, name, fact]).not.toEqual([word, name, ""]);
      expect([word, entry.provider.label && entry.provider.name]).not.toEqual([word, ""]);
      expect([word, subjects.length]).not.toEqual([word, 0]);
      // Boundaries and places bring things with shapes; everything else brings measurements.
      expect([word, datasource.attributes.length + datasource.subjectTypes.length]).not.toEqual([word, 0]);
      expect([word, datasource.name || importer.title]).not.toEqual([word, ""]);
      for (const attribute of datasource.attributes) {
        const { label, description, kind } = attribute;
        expect([word, label && description]).not.toEqual([word, ""]);
        expect([word, label, kind, unitOrReason(attribute)]).toEqual([
          word,
          label,
          kind,
          expect.stringMatching(/./),
        ]);
      }
    }
  });

  test("has the shape of 2019", async () => {
    const entries = await catalogueJson();
    for (const entry of entries) {
      expect(Object.keys(entry)).toEqual([
        "id",
        "importerClass",
        "name",
        "description",
        "url",
        "provider",
        "subjectTypes",
        "timedValueAttributes",
        "fixedValueAttributes",
      ]);
    }
    const osm = entries.filter(
      ({ importerClass }) => importerClass === "uk.org.tombolo.importer.osm.OSMImporter",
    );
    expect(osm.map(({ fixedValueAttributes }) => fixedValueAttributes.length)).toEqual([
      3, 3, 1, 1, 1, 1, 1, 1,
    ]);
    expect(JSON.parse(await catalogueText("json"))).toHaveLength(entries.length);
  });

  test("is DCAT: every dataset with publisher, licence, rights and an identifier of its own", async () => {
    const catalogue = await catalogueDcat();
    const datasets: unknown = catalogue["dcat:dataset"];
    if (!Array.isArray(datasets)) throw new Error("no datasets");
    expect(datasets).toHaveLength((await listDatasources()).length);
    expect(new Set(datasets.map((dataset) => dataset["@id"])).size).toBe(datasets.length);
    for (const dataset of datasets) {
      expect(dataset).toMatchObject({
        "@type": "dcat:Dataset",
        "dct:title": expect.stringMatching(/./),
        "dct:description": expect.stringMatching(/./),
        "dct:publisher": { "foaf:name": expect.stringMatching(/./) },
        "dct:accessRights": { "@id": expect.stringMatching(/^http/) },
      });
      expect(dataset["dct:license"]).toBeTruthy();
    }
    const greenspace = datasets.find((dataset) => dataset["dct:identifier"] === "os/open-greenspace");
    expect(greenspace).toMatchObject({
      "dct:license": { "@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" },
      "dct:spatial": expect.arrayContaining([expect.objectContaining({ "dct:title": "Scotland" })]),
      "dcat:distribution": [{ "dcat:accessURL": { "@id": expect.stringContaining("OpenGreenspace") } }],
    });
  });
});

describe("%find", () => {
  test.each([
    ["cycling lsoa leeds", { words: ["cycling"], kinds: ["lsoa"], areas: ["Leeds"] }],
    ["green space in", { words: ["green", "space", "in"], kinds: [], areas: [] }],
    [
      "Local authorities, Yorkshire and The Humber",
      { words: [], kinds: ["localAuthority"], areas: ["Yorkshire and The Humber"] },
    ],
    ["pay City of London", { words: ["pay"], kinds: [], areas: ["City of London"] }],
  ])("%s is taken apart", (text, expected) => {
    const { words, kinds, areas } = parseQuestion(text);
    expect({ words, kinds, areas: areas.map(({ name }) => name) }).toEqual(expected);
  });

  test.each([
    ["cycling lsoa leeds", ["osm/cycling", "census2021/ts061"]],
    ["bicycle", ["osm/cycling"]],
    ["parks bristol", ["os/open-greenspace", "osm/greenspace"]],
    ["crime", ["police/crimes"]],
    ["deprivation", ["mhclg/iod2019", "mhclg/iod2025"]],
    ["schools", ["dfe/gias"]],
    ["tenure msoa", ["census2021/ts054"]],
    ["travel to work", ["census2021/ts061"]],
    ["traffic scotland", ["dft/aadf"]],
    ["boundaries lsoa", ["boundaries/lsoa2021"]],
    ["london tube", ["tfl/stop-points"]],
    ["pubs", ["osm/gastronomy"]],
    ["cyclng", ["osm/cycling"]],
  ])("%s", async (words, wanted) => {
    const best = (await found(words)).slice(0, 6);
    for (const word of wanted) expect(best).toContain(word);
  });

  test("what only mentions the matter comes after what measures it, and other areas after those asked for", async () => {
    const best = await found("cycling lsoa leeds");
    const place = (word: string) => (best.includes(word) ? best.indexOf(word) : best.length);
    for (const other of [
      "ons/census/qs605ew",
      "dft/accessibility/acs0506",
      "dft/active-people/activePeopleCycle",
    ])
      for (const wanted of ["osm/cycling", "ons/census/qs701ew", "census2021/ts061"])
        expect([other, wanted, place(wanted) < place(other)]).toEqual([other, wanted, true]);
    expect((await found("noise"))[0]).toBe("london/phof");
    expect((await found("wages by borough"))[0]).toBe("ons/wages");
  });

  test.each([
    ["borough", "london/boroughs"],
    ["lsoa", "boundaries/lsoa2021"],
    ["wards", "boundaries/ward2024"],
    ["region", "boundaries/region2024"],
  ])("%s alone asks for the areas themselves", async (word, wanted) => {
    expect((await found(word))[0]).toBe(wanted);
  });

  test("what is about another place comes last or not at all", async () => {
    const stations = await found("stations leeds");
    expect(stations.slice(0, 3)).not.toContain("tfl/stop-points");
  });

  test("answers with what one needs to choose", async () => {
    const table = await findDatasources("pedal cycles", { rows: 10 });
    expect(table.schema.fields.map(({ name }) => name)).toEqual([
      "import",
      "name",
      "measures",
      "unit",
      "kind",
      "areas",
      "years",
      "licence",
      "checked",
    ]);
    expect(table.schema.fields.map((field) => columnMetadata(field).access)).toEqual(Array(9).fill("public"));
    const aadf = rowsOf(table).find((row) => row.import === "dft/aadf");
    expect(aadf).toMatchObject({
      measures: expect.stringMatching(/^Pedal cycles in an average day/),
      unit: expect.stringMatching("vehicles/day"),
      years: "2000–2024",
      licence: "Open Government Licence v3.0",
      checked: "not yet",
    });
  });

  test("what nothing is known about is told", async () => {
    await expect(findDatasources("xyzzy")).rejects.toThrow(
      'Nothing is known about "xyzzy". Try other words;',
    );
  });
});

describe("names for completion", () => {
  test("datasources, attributes and places", async () => {
    expect(await datasourceWords()).toEqual(
      expect.arrayContaining(["osm/cycling", "census2021/ts061", "london/boroughs"]),
    );
    expect(await datasourceIds("osm")).toContain("OSMLanduse");
    expect(await datasourceIds("nothing/such")).toEqual([]);
    expect(await attributeNames()).toEqual(expect.arrayContaining(["pedal_cycles", "income_score"]));
    expect(await geographyNames("osm/cycling")).toContain("europe/united-kingdom/england/rutland");
    expect(await geographyNames("dfe/gias")).toContain("Leeds");
  });
});
