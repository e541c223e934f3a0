import { describe, expect, test } from "@jest/globals";
import { fields } from "../../kernel/src/fields/build.ts";
import { fields as allFields } from "../../kernel/src/fields/index.ts";
import { recipe } from "../../kernel/src/recipe/build.ts";
import { parseRecipe } from "../../kernel/src/recipe/parse.ts";
import { isRecipe } from "../../kernel/src/recipe/recipe.ts";
import { showRecipe } from "../../kernel/src/recipe/show.ts";

const yaml = `
subjects: borough
fields:
  tube_km: { length-inside: underground-line, unit: km }
  area_km2: { area: km² }
  tube_km_per_km2: { arithmetic: tube_km / area_km2 }
`;

const typescript = recipe({
  subjects: "borough",
  fields: {
    tube_km: fields.lengthInside("underground-line", { unit: "km" }),
    area_km2: fields.area({ unit: "km²" }),
    tube_km_per_km2: fields.arithmetic("tube_km / area_km2"),
  },
});

const tube = {
  fieldClass: "length-inside",
  label: "tube_km",
  subject: { provider: "*", subjectType: "underground-line" },
  unit: "km",
  targetCRSCode: 27700,
};
const area = {
  fieldClass: "uk.org.tombolo.field.transformation.AreaField",
  label: "area_km2",
  unit: "km²",
  targetCRSCode: 27700,
};
const canonical = {
  dataset: {
    subjects: [{ provider: "*", subjectType: "borough" }],
    datasources: [],
    fields: [
      tube,
      area,
      {
        fieldClass: "uk.org.tombolo.field.transformation.ArithmeticField",
        label: "tube_km_per_km2",
        operation: "div",
        field1: tube,
        field2: area,
      },
    ],
  },
  exporter: "uk.org.tombolo.exporter.CSVExporter",
  timeStamp: true,
};

const nothing = { subjectTypes: [], attributes: [] };

describe("three spellings, one recipe", () => {
  test("YAML, TypeScript and JSON become the same canonical recipe", () => {
    expect(parseRecipe(yaml)).toEqual(canonical);
    expect(typescript).toEqual(canonical);
    expect(parseRecipe(JSON.stringify(canonical))).toEqual(canonical);
    expect(parseRecipe(canonical)).toEqual(canonical);
    expect(isRecipe(canonical)).toBe(true);
  });

  test.each(["yaml", "json"] as const)("shown as %s it parses back to itself", (spelling) => {
    expect(parseRecipe(showRecipe(typescript, spelling, nothing))).toEqual(canonical);
  });

  test("shown as TypeScript it runs back to itself", () => {
    const run = new Function("recipe", "fields", `return ${showRecipe(typescript, "typescript", nothing)}`);
    expect(run(recipe, fields)).toEqual(canonical);
  });

  test("the JSON of 2019 may have comments, meaningless properties and numbers as text", () => {
    const text = `{ // what
      "dataset": { "subjects": [{"provider": "p", "subjectType": "lsoa"}], "datasources": [], /* none */
        "fields": [{ "fieldClass": "uk.org.tombolo.field.transformation.AreaField", "label": "a // b", "targetCRSCode": "27700", "metadata": {} }] },
      "exporter": "uk.org.tombolo.exporter.GeoJsonExporter", "timeStamp": false }`;
    expect(parseRecipe(text)).toEqual({
      dataset: {
        subjects: [{ provider: "p", subjectType: "lsoa" }],
        datasources: [],
        fields: [
          {
            fieldClass: "uk.org.tombolo.field.transformation.AreaField",
            label: "a // b",
            unit: "m²",
            targetCRSCode: 27700,
          },
        ],
      },
      exporter: "uk.org.tombolo.exporter.GeoJsonExporter",
      timeStamp: false,
    });
  });

  test("a number of JSON is taken as its text where a text is expected, and as a number elsewhere", () => {
    const text = `{ "dataset": { "subjects": [{ "provider": "a", "subjectType": "b" }], "datasources": [], "fields": [
      { "fieldClass": "ConstantField", "label": "x 1.0", "value": 3.0 },
      { "fieldClass": "ConstantField", "label": "y", "value": 1e7 },
      { "fieldClass": "ConstantField", "label": "z", "value": -12 },
      { "fieldClass": "LinearCombinationField", "label": "sum", "scalars": [0.50, 2.0],
        "fields": [{ "fieldClass": "ConstantField", "value": "1" }, { "fieldClass": "ConstantField", "value": 2 }] }
    ] }, "exporter": "csv" }`;
    const { fields } = parseRecipe(text).dataset;
    expect(fields.map(({ label, value, scalars }) => [label, value ?? scalars])).toEqual([
      ["x 1.0", "3.0"],
      ["y", "1e7"],
      ["z", "-12"],
      ["sum", [0.5, 2]],
    ]);
  });

  test("a number that a condition compares with stays one, however it is written", () => {
    const where =
      '{ "field": { "fieldClass": "value", "attribute": { "label": "rooms" } }, "is": "=", "value": 5.0 }';
    const text = `{ "dataset": { "subjects": [{ "provider": "a", "subjectType": "b", "where": { "or": [${where}] } }],
      "datasources": [], "fields": [{ "fieldClass": "ConstantField", "label": "x", "value": 5.0 }] }, "exporter": "csv" }`;
    const { subjects, fields } = parseRecipe(text).dataset;
    expect(subjects[0]?.where).toMatchObject({ or: [{ value: 5 }] });
    expect(fields[0]?.value).toBe("5.0");
  });

  test("columns stay in the order in which they are written, also those called by a year", () => {
    const short =
      "subjects: a\nfields:\n  x: { constant: 1 }\n  2015: { constant: 2 }\n  2011: { constant: 3 }\n";
    const json =
      '{ "subjects": "a", "fields": { "x": { "constant": 1 }, "2015": { "constant": 2 }, "2011": { "constant": 3 } } }';
    for (const text of [short, json])
      expect(parseRecipe(text).dataset.fields.map(({ label }) => label)).toEqual(["x", "2015", "2011"]);
  });

  test("a number of YAML is taken as its text where a text is expected", () => {
    const text = `subjects: a
fields:
  1.0: { constant: 3.0 }
  b: { constant: 007 }
  c: { attribute-matcher: [{ provider: t, label: x, values: [1.50, no] }], field: 1 }
  d: { linear-combination: [1], scalars: [0.50] }
  e: { area: ha, targetCRSCode: 0x6c34 }
`;
    const { fields } = parseRecipe(text).dataset;
    expect(fields.map(({ label }) => label)).toEqual(["1.0", "b", "c", "d", "e"]);
    expect(fields).toMatchObject([
      { value: "3.0" },
      { value: "007" },
      { attributes: [{ values: ["1.50", "no"] }] },
      { scalars: [0.5] },
      { targetCRSCode: 27700 },
    ]);
  });

  test("an unknown property in the form of 2019 is a warning", () => {
    const warnings: string[] = [];
    const field = { fieldClass: "AreaField", label: "a", valueField: 1, name: "x" };
    const attribute = { provider: "t", label: "x", lable: "y", description: "z" };
    const latest = { fieldClass: "LatestValueField", label: "b", attribute };
    parseRecipe(
      { dataset: { subjects: [], datasources: [], fields: [field, latest] }, exporter: "csv" },
      { onWarning: (sentence) => warnings.push(sentence) },
    );
    expect(warnings).toEqual([
      'dataset.fields[0].valueField: area has no property "valueField"; it is ignored. Known: "unit", "targetCRSCode".',
      'dataset.fields[1].attribute.lable: an attribute has no property "lable"; it is ignored. Did you mean "label"?',
    ]);
  });

  test("every field's example is a recipe that shows and parses back", () => {
    for (const field of allFields) {
      const text = `subjects: borough\nfields:\n  tube_km: { constant: 1 }\n  area_km2: { constant: 2 }\n  ${field.example.replace(/^(tube_km|area_km2):/, "own:")}\n`;
      const parsed = parseRecipe(text);
      expect(parsed.dataset.fields.at(-1)?.fieldClass).toBe(field.fieldClass);
      expect(parseRecipe(showRecipe(parsed, "yaml", nothing))).toEqual(parsed);
    }
  });
});

test("an unknown exporter is a warning: a recipe can be computed without one", () => {
  const warnings: string[] = [];
  const onWarning = (sentence: string) => warnings.push(sentence);
  parseRecipe("subjects: borough\nfields: {}\nexporter: cvs", { onWarning });
  expect(warnings).toEqual(['exporter: unknown exporter "cvs". Did you mean "csv"?']);
});

describe("a mistake is told with its line, its place and the way out", () => {
  const withFields = (text: string) => `subjects: borough\nfields:\n  ${text}\n`;
  test.each([
    ["", "The recipe is empty. It needs subjects and fields."],
    ["just text", "A recipe has subjects and fields. Such as subjects: borough"],
    ["fields: {}", "subjects: the recipe needs subjects: its rows. Such as subjects: borough"],
    ["subjects: borough", "fields: the recipe needs fields: its columns. Such as area_km2: { area: km² }"],
    [
      "subject: borough\nfields: {}",
      'Line 1, subject: a recipe has no property "subject". Did you mean "subjects"?',
    ],
    [withFields("a: { aera: km² }"), 'Line 3, fields.a.aera: unknown field "aera". Did you mean "area"'],
    [withFields("a: { area: kn² }"), 'Line 3, fields.a.unit: "kn²" is no unit for this. Known: m², ha, km².'],
    [
      withFields("a: { area: km², targetCRSCode: uk }"),
      "Line 3, fields.a.targetCRSCode: a whole number is expected.",
    ],
    [
      withFields("a: { length-inside: line, units: km }"),
      'Line 3, fields.a.units: length-inside has no property "units". Did you mean "unit"?',
    ],
    [
      withFields("a: { length-inside: }"),
      'Line 3, fields.a.subject: length-inside needs "subject": subject type of the lines.',
    ],
    [withFields("a: { arithmetic: b / c }"), 'Line 3, fields.a.field1: there is no column "b".'],
    [
      withFields("a: { arithmetic: a / a }"),
      'Line 3, fields.a.field1: the column "a" is made from itself: a → a',
    ],
    [
      withFields("a: { arithmetic: divide it }"),
      'Line 3, fields.a.arithmetic: "divide it" is not understood. Write it like this: tube_km_per_km2:',
    ],
    [
      withFields("a: { arithmetic: {operation: pow, field1: 1, field2: 2} }"),
      'Line 3, fields.a.operation: "pow" is not known. Known: add, sub, mul, div.',
    ],
    [withFields("a: { area: km², constant: 1 }"), 'a column has one field, not "area" and "constant"'],
    [
      withFields("a: km²"),
      "Line 3, fields.a: a field is written as { name: value }. Such as a: { value: km² }",
    ],
    [
      withFields("a: area"),
      "Line 3, fields.a: a field is written as { name: value }. Such as area_km2: { area: km² }",
    ],
    ["subjects: borough where constructor like 5\nfields: {}", undefined],
    ["subjects: borough where x constructor 5\nfields: {}", 'a comparison is expected after "x"'],
    [
      withFields("a: { constant: 1, value: 2 }"),
      'constant has two values for "value". Leave one of them out.',
    ],
    [
      withFields("a: length-inside line"),
      "Line 3, fields.a: a field is written as { name: value }. Such as a: { length-inside: line }",
    ],
    [
      withFields("a: { length-inside line, unit: km }"),
      'unknown field "length-inside line". A colon may be missing, as in { length-inside: line }.',
    ],
    [
      "subjects: borough\nfields:\na: { area: km² }",
      'Line 3, a: a recipe has no property "a". Columns stand below fields, each moved in by two blanks.',
    ],
    [
      "subjects: borough\nfields\n  a: { area: km² }",
      "Line 2, column 1: the recipe is not YAML: a name is followed by a colon and a blank",
    ],
    [withFields("a: { value: t/people, from: 31/12/2010 }"), '"31/12/2010" is no time. Such as 2015'],
    [withFields("a: { constant: 1, label: b }"), 'fields.a.label: the field is called "a" already.'],
    [withFields("[a, b]: { constant: 1 }"), "the recipe is not YAML: a name is a text"],
    [
      withFields("a: { constant: 1 }\n  a: { constant: 2 }"),
      "Line 4, column 3: the recipe is not YAML: this name stands here twice",
    ],
    [
      '{ "subjects": "borough", "fields": {},\n "fields": {} }',
      "Line 2, column 2: the recipe is not JSON: this name stands here twice",
    ],
    [
      "subjects: borough\nfields: {}\n---\nsubjects: lsoa\nfields: {}",
      "one recipe is expected, and another begins here",
    ],
    ["subjects: borough\nfields:\n  a: *b", "The recipe is not YAML: Unresolved alias"],
    [
      "subjects: borough\ndatasources: { a/b: London, c/d: Leeds }\nfields: {}",
      "Line 2, datasources[0].c/d: several datasources stand in a list. Such as [london/boroughs,",
    ],
    [
      withFields("a: { value: { provider: t, label: x, valeus: [1] } }"),
      'an attribute has no property "valeus". Did you mean "values"?',
    ],
    [withFields("a: { arithmetic: my col * 2 }"), "Names with blanks stand in double quotes."],
    [
      "subjects: { subjectType: a, where: { and: [x = 1], or: [x = 2] } }\nfields: {}",
      'subjects.where.or: "and" stands alone.',
    ],
    [
      "subjects: { subjectType: a, where: { field: t/x, is: present, value: 2 } }\nfields: {}",
      'subjects.where.value: a condition has no property "value"',
    ],
    [
      withFields("a: { count-within: stop, field: t/people }"),
      'Line 3, fields.a.field: "count-within" says itself what its field is. Write geographic-aggregation to say it.',
    ],
    [withFields("a: { sum: [1, 2], operation: mul }"), '"sum" says itself what its operation is'],
    [withFields("a: { quartile: 1, subjects: borough, percentileCount: 5 }"), "Write percentiles to say it."],
    [withFields("a: { area: km², targetCRSCode: 0x6c34 }"), undefined],
    [withFields('a: { area: km², targetCRSCode: "0x6c34" }'), "a whole number is expected"],
    [withFields("a: { latest-value: t/x, from: 2015-02-29 }"), '"2015-02-29" is no time.'],
    [withFields("a: { latest-value: t/x, from: 2015-04-31 }"), '"2015-04-31" is no time.'],
    [withFields("a: { latest-value: t/x, from: [2015] }"), '"[2015]" is no time.'],
    [withFields("a: { latest-value: t/x, from: 2016-02-29 }"), undefined],
    [
      withFields("a: { change: t/x, from: 2015-02-29, to: 2016 }"),
      'fields.a.from: "2015-02-29" is no period.',
    ],
    [
      withFields("a: { back-off: [1], levels: [one, two] }"),
      "2 levels do not go with 1 fields. Each field has one.",
    ],
    [
      'subjects: borough named "A%" labelled "E%"\nfields: {}',
      'Line 1, subjects: "labelled" is one rule too many. Patterns are joined by where, such as where label like',
    ],
    ['subjects: lsoa in "Leeds" in "York"\nfields: {}', "Several places are joined by or"],
    [String.raw`subjects: 'borough named "A\\"'`, "ends with a backslash that escapes nothing"],
    [String.raw`subjects: 'borough in "A\\"'`, "ends with a backslash that escapes nothing"],
    [
      "dataset: { subjects: [], datasources: [], fields: [{ fieldClass: 5, label: a }] }\nexporter: csv",
      "dataset.fields[0].fieldClass (a): a field's class is a text, not 5. Such as",
    ],
    ["subjects: borough\nfields: [ { area: km² } ]", "a field of a list needs a label"],
    ["subjects: [\nfields", "the recipe is not YAML"],
  ])("%s", (text, message) => {
    if (message === undefined) return void parseRecipe(text);
    expect(() => parseRecipe(text)).toThrow(
      expect.objectContaining({ name: "UserError", message: expect.stringContaining(message) }),
    );
  });
});

test("all mistakes are told at once, each with its place, and each once", () => {
  const text = `subjects: borough named
fields:
  a: { aera: km² }
  b: { area: furlong }
  c: { arithmetic: b / a }
  d: { quartile: { series: 1 }, subjects: borough }
`;
  expect(() => parseRecipe(text)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^Line 1, subjects: a pattern is expected[^\n]*\nLine 3, fields\.a\.aera: unknown field "aera"[^\n]*\nLine 4, fields\.b\.unit: "furlong" is no unit for this[^\n]*\nLine 6, fields\.d[^\n]*$/,
      ),
    }),
  );
  const parts = JSON.stringify({ name: "x", dataset: { subjects: {}, datasources: [], colour: 1 } });
  expect(() => parseRecipe(parts)).toThrow(
    /^Line 1, name: [^\n]*\n[^\n]*dataset\.colour: [^\n]*\n[^\n]*dataset\.subjects: [^\n]*\n[^\n]*dataset\.fields: [^\n]*\n[^\n]*exporter: /,
  );
  const series = "{ timeseries: p/x }";
  const two = `subjects: borough\nfields:\n  a: { arithmetic: { operation: add, field1: ${series}, field2: 1 } }\n  name: { constant: 1 }\n`;
  expect(() => parseRecipe(two)).toThrow(
    /^Line 3, fields\.a\.field1: timeseries has no single value[^\n]*\nLine 4, fields\.name: "name" is a column that every result has/,
  );
});

describe("mistakes in the form of 2019", () => {
  const wrong = (change: Record<string, unknown>) => ({
    dataset: {
      subjects: [],
      datasources: [],
      fields: [
        {
          fieldClass: "uk.org.tombolo.field.transformation.PercentilesField",
          label: "quartile",
          subjects: [{ provider: "p", subjectType: "t" }],
          percentileCount: 4,
          field: { fieldClass: "uk.org.tombolo.field.value.ConstantField", value: "1" },
          ...change,
        },
      ],
    },
    exporter: "csv",
  });
  const nested = { fieldClass: "uk.org.tombolo.field.value.LatestValueField" };

  test.each([
    [
      wrong({ percentileCount: 0 }),
      "dataset.fields[0].percentileCount (quartile): a number from 1 to 1000 is expected, not 0. It is: number of buckets.",
    ],
    [
      wrong({ field: nested }),
      /^dataset\.fields\[0\]\.field\.attribute \(quartile\): latest-value needs "attribute"/,
    ],
    [
      wrong({ label: "name" }),
      'dataset.fields[0]: "name" is a column that every result has. Give the field another label, such as "the_name".',
    ],
  ])("name the column: %#", (recipe, message) => {
    expect(() => parseRecipe(recipe)).toThrow(message);
  });

  test.each([
    ['{"dataset": {"subjects": [}', /^Line 1, column 27: the recipe is not JSON: Unexpected token/],
    [
      '{"dataset": {\n"subjects": [] "fields": {}}}',
      /^Line 2, column 16: the recipe is not JSON: Expected ',' or '}'/,
    ],
    ['{"dataset": {', /^Line 1, column 14: the recipe is not JSON: Expected property name/],
  ])("in JSON are told as JSON has it: %s", (text, message) => {
    expect(() => parseRecipe(text)).toThrow(message);
    expect(() => parseRecipe(text)).not.toThrow(/flow|indent|YAML/i);
  });
});
