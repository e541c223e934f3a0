import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { isForced, namesOfNone } from "../../kernel/src/importers/forced.ts";
import { journalKey } from "../../kernel/src/importers/journal.ts";
import { parseTimestamp } from "../../kernel/src/importers/timestamp.ts";

describe("times as publishers write them", () => {
  test.each([
    ["2015-03-04T10:33:44", "2015-03-04T10:33:44"],
    ["2013", "2013-12-31T23:59:59"],
    ["2013 - 15", "2015-12-31T23:59:59"],
    ["2014/15", "2015-12-31T23:59:59"],
    ["1999/00", "2000-12-31T23:59:59"],
    ["Feb-15", "2015-02-28T23:59:59"],
    ["Feb-16", "2016-02-29T23:59:59"],
    ["Oct-16", "2016-10-31T23:59:59"],
    ["August 2017", "2017-08-31T23:59:59"],
    ["May 1999", "1999-05-31T23:59:59"],
    ["Oct 2016-Sep 2017", "2017-09-30T23:59:59"],
  ])("%s", (text, time) => expect(parseTimestamp(text)).toBe(time));

  test.each([
    "bla",
    "",
    "2015-03-04",
    "2015-03-04T10:33:44Z",
    "2015-02-30T00:00:00",
    "2015-03-04T25:00:00",
    "Foo-15",
    "August  2017",
    "Sept 2017",
    "Foo 2016-Sep 2017",
    " 2013",
    "2013/2014",
  ])("not %p", (text) =>
    expect(() => parseTimestamp(text)).toThrow(
      expect.objectContaining({ name: "UserError", message: `Unparsable timestamp: ${text}` }),
    ),
  );
});

describe("the key of a finished import", () => {
  const id = "datasource-id";
  test.each([
    [null, null, null, undefined],
    [[], [], null, undefined],
    [["geo"], null, null, "geo||"],
    [[], ["time"], null, "|time|"],
    [["geo"], ["time"], null, "geo|time|"],
    [["geo"], ["time"], ["data"], "geo|time|data"],
    [["one", "two"], ["three"], ["four"], "one\ttwo|three|four"],
    [["one"], ["two", "three"], ["four"], "one|three\ttwo|four"],
    [["one"], ["three", "two"], ["four"], "one|three\ttwo|four"],
  ])("%j %j %j", (geographyScope, temporalScope, localData, hashed) => {
    const digest = hashed === undefined ? "" : `:${createHash("md5").update(hashed).digest("hex")}`;
    expect(journalKey({ datasourceId: id, geographyScope, temporalScope, localData })).toBe(id + digest);
  });

  test("has the digest that others have recorded", () => {
    expect(journalKey({ datasourceId: id, temporalScope: ["time"] })).toBe(
      "datasource-id:725750f23011a993f5971f2078a18a89",
    );
  });
});

describe("what is imported again", () => {
  test.each([
    ["com.MatchMe", "com.MatchMe", true],
    ["com.MatchMe", "com.DontMatchMe", false],
    ["com.MatchMe, com.MatchMeToo", "com.MatchMe", true],
    ["com.MatchMe, com.MatchMeToo", "com.MatchMeToo", true],
    ["com.MatchMe:one", "com.MatchMe", true],
    ["com.MatchMe:two", "com.MatchMe", false],
    [null, "com.MatchMe", false],
    ["", "com.MatchMe", false],
    ["None", "com.MatchMe", false],
  ])("%j names %s: %s", (list, importerClass, forced) =>
    expect(isForced(list, { importerClass, datasourceId: "one" })).toBe(forced),
  );

  test("names of nothing that is imported are found", () => {
    const datasource = { importerClass: "a.Importer", datasourceId: "one" };
    expect(namesOfNone(" a.Importer:one , a.Importr,, a.Importer:two", [datasource])).toEqual([
      "a.Importr",
      "a.Importer:two",
    ]);
    expect(namesOfNone("None", [datasource])).toEqual([]);
  });
});
